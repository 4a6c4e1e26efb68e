//! Why a body could not be decoded, and where.
//!
//! The description contains names and kinds, but no values, because they may be secret.

use crate::format::error::FormatError;
use crate::format::json::position::line_and_column;
use crate::format::json::reader::{Failure, FailureKind, Reader, TOO_SHORT};
use crate::protocol::decode_problem::{self, DecodeProblem};
use crate::protocol::json::path;
use crate::shape::secret_error;

/// Returns the value if decoding succeeded and nothing follows it in the body. Otherwise, describes
/// the problem.
pub(super) fn finish<T>(
    mut reader: Reader<'_>,
    value: Result<T, FormatError>,
) -> Result<T, DecodeProblem> {
    reader.finish(value).map_err(|error| find(reader.input, reader.failure(), &error))
}

/// Describes the error and the failure that result from reading `body`.
fn find(body: &[u8], failure: Failure, error: &FormatError) -> DecodeProblem {
    let top_level_failure = top_level_failure(body);
    let failure = top_level_failure.unwrap_or(failure);
    let text = error.to_string();
    let secret = secret_error::secret_member(&text).filter(|_| top_level_failure.is_none());
    let problem = match (secret, failure.kind.problem()) {
        (Some((_, rest)), _) => secret_problem(rest, failure.offset == body.len()),
        (None, Some(problem)) => problem.to_owned(),
        (None, None) => decode_problem::describe(&text),
    };
    // The last byte that was read is the invalid one, so it is not part of the path.
    let ends_with_invalid_byte =
        secret.is_none() && !matches!(failure.kind, FailureKind::Mismatch | FailureKind::Truncated);
    let end = failure.offset.saturating_sub(usize::from(ends_with_invalid_byte));
    let path = if top_level_failure.is_some() { None } else { path::path(body, end) };
    // The keys of a sensitive map are sensitive as well.
    let path = match secret {
        Some((member, _)) => path.and_then(|path| path::prefix_through(&path, member)),
        None => path,
    };
    let (line, column) = line_and_column(body, failure.offset);
    let is_syntax_error = secret.is_none() && failure.kind == FailureKind::Syntax;
    let has_begun = has_begun(&body[..end]);
    DecodeProblem { line, column, path, problem, is_syntax_error, has_begun }
}

/// Returns true if the text before a syntax error contains a part of a member, an element or a
/// string. A page can begin like a document, for example `404 not found` or `[error] no route`.
fn has_begun(before: &[u8]) -> bool {
    match before.trim_ascii_start() {
        [b'{' | b'[', content @ ..] => !content.trim_ascii().is_empty(),
        [first, ..] => *first == b'"',
        [] => false,
    }
}

/// Returns the failure of a body that does not begin like an object. A text such as `404 page not
/// found` begins with a JSON value, so decoding fails at that value, which is not an object, before
/// it reaches the syntax error.
fn top_level_failure(body: &[u8]) -> Option<Failure> {
    if body.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let mut reader = Reader::new(body);
    match reader.skip_value().and_then(|()| reader.end()) {
        Ok(()) => None,
        Err(_) => Some(reader.failure()),
    }
}

/// Describes a problem of a secret member. `kinds` is the rest of its error.
fn secret_problem(kinds: &str, is_at_end: bool) -> String {
    // The error of a secret member replaces an error of any kind.
    let other = if is_at_end { TOO_SHORT } else { decode_problem::MISMATCH };
    kinds.strip_prefix(": ").unwrap_or(other).to_owned()
}
