//! Reads a document with both implementations and compares the results.

use std::fmt::Debug;

use serde_core::de::DeserializeOwned;
use serde_json::error::Category;

use crate::format::json::position::line_and_column;
use crate::format::json::reader::{Failure, FailureKind, Reader};
use crate::protocol::decode_problem;

/// The result of reading a document: the value, or the kind of the error, its description, and its
/// position.
type Outcome = Result<String, (FailureKind, Option<String>, (usize, usize))>;

/// Panics if the results differ.
pub(super) fn compare<T: DeserializeOwned + Debug>(input: &[u8]) {
    let (ours, theirs) = (ours::<T>(input), theirs::<T>(input));
    assert!(
        ours == theirs || is_known_difference(&ours, &theirs, input),
        "{} as {}: {ours:?}, but serde_json: {theirs:?}",
        String::from_utf8_lossy(input),
        std::any::type_name::<T>(),
    );
}

fn ours<T: DeserializeOwned + Debug>(input: &[u8]) -> Outcome {
    let mut reader = Reader::new(input);
    let value = T::deserialize(&mut reader);
    let value = reader.finish(value);
    let value = value.map(|value| format!("{value:?}"));
    value.map_err(|error| {
        let Failure { kind, offset } = reader.failure();
        let text =
            (kind == FailureKind::Mismatch).then(|| decode_problem::describe(&error.to_string()));
        (kind, text, line_and_column(input, offset))
    })
}

fn theirs<T: DeserializeOwned + Debug>(input: &[u8]) -> Outcome {
    let value = serde_json::from_slice::<T>(input).map(|value| format!("{value:?}"));
    value.map_err(|error| {
        let text = error.to_string();
        let position = (error.line(), error.column());
        match error.classify() {
            Category::Eof | Category::Io => (FailureKind::Truncated, None, position),
            Category::Syntax if text.starts_with("recursion limit") => {
                (FailureKind::TooDeep, None, position)
            }
            Category::Syntax if text.starts_with("number out of range") => {
                (FailureKind::OutOfRange, None, position)
            }
            Category::Syntax => (FailureKind::Syntax, None, position),
            Category::Data => {
                (FailureKind::Mismatch, Some(decode_problem::describe(&text)), position)
            }
        }
    })
}

/// If `serde_json` skips a truncated number, it reports an invalid number. It reports an exponent
/// that is too large before the end of the number, and errors of a whole document without a
/// position.
fn is_known_difference(ours: &Outcome, theirs: &Outcome, input: &[u8]) -> bool {
    let (Err(ours), Err(theirs)) = (ours, theirs) else {
        return false;
    };
    let end = line_and_column(input, input.len());
    let is_truncated_number =
        ours.0 == FailureKind::Truncated && theirs.0 == FailureKind::Syntax && theirs.2 == end;
    let is_exponent = (ours.0, theirs.0) == (FailureKind::OutOfRange, FailureKind::OutOfRange);
    let is_unlocated = theirs.2 == (0, 0) && (&ours.0, &ours.1) == (&theirs.0, &theirs.1);
    is_truncated_number || is_exponent || is_unlocated
}
