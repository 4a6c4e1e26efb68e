//! Why a body could not be decoded, and where.
//!
//! The description contains names and kinds, but no values, because they may be secret.

use serde_core::de::IgnoredAny;
use serde_json::error::Category;

use crate::protocol::decode_problem::{self, DecodeProblem};
use crate::protocol::json::{path, without_byte_order_mark};
use crate::shape::structure;

/// Describes an error. `error` must be the result of decoding `body`.
pub(crate) fn find(body: &[u8], error: &serde_json::Error) -> DecodeProblem {
    let body = without_byte_order_mark(body);
    let top_level_error = top_level_syntax_error(body);
    let error = top_level_error.as_ref().unwrap_or(error);
    let (line, column) = (error.line(), error.column());
    let end = path::offset(body, line, column);
    let text = error.to_string();
    let (problem, end) = match error.classify() {
        Category::Io | Category::Eof => (TOO_SHORT.to_owned(), end),
        // The last byte that was read is the invalid one, so it is not part of the path.
        Category::Syntax => (syntax_problem(&text).to_owned(), end.saturating_sub(1)),
        Category::Data => (data_problem(&text, end == body.len()), end),
    };
    let (is_syntax_error, has_begun_object) = (problem == NOT_JSON, body[..end].contains(&b':'));
    let path = match (&top_level_error, structure::secret_member(&text)) {
        (Some(_), _) => None,
        // The keys of a sensitive map are sensitive as well.
        (None, Some((secret, _))) => {
            path::path(body, end).and_then(|path| path::prefix_through(&path, secret))
        }
        (None, None) => path::path(body, end),
    };
    DecodeProblem { line, column, path, problem, is_syntax_error, has_begun_object }
}

/// Returns the syntax error of a body that does not begin like an object. A text such as `404 page
/// not found` begins with a JSON value, so decoding fails at that value, which is not an object,
/// before it reaches the syntax error.
fn top_level_syntax_error(body: &[u8]) -> Option<serde_json::Error> {
    if body.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    serde_json::from_slice::<IgnoredAny>(body).err()
}

/// The description of a body that ends inside a value.
const TOO_SHORT: &str = "it ends too early";

/// The description of a body whose syntax is wrong.
const NOT_JSON: &str = "it is not JSON";

/// Describes an error of the category `Syntax`, which includes the limits of the parser.
fn syntax_problem(text: &str) -> &'static str {
    if text.starts_with("recursion limit exceeded") {
        "values are nested more than 127 levels deep"
    } else if text.starts_with("number out of range") {
        "expected a number, found a number out of range"
    } else {
        NOT_JSON
    }
}

/// Describes an error of the category `Data`. `is_at_end` is true if the whole body was read.
fn data_problem(text: &str, is_at_end: bool) -> String {
    if let Some((_, rest)) = structure::secret_member(text) {
        // The error of a secret member replaces an error of any category.
        let other = if is_at_end { TOO_SHORT } else { decode_problem::MISMATCH };
        return rest.strip_prefix(": ").unwrap_or(other).to_owned();
    }
    decode_problem::describe(text)
}
