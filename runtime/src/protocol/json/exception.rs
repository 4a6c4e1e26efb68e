//! Lenient decoding of exceptions.

use std::borrow::Cow;

use crate::Structure;
use crate::protocol::json;
use crate::protocol::json::error_body::{message_only_body, to_parsable_json};

/// Decodes an exception. If its members cannot be decoded, the result has only the message; if
/// there is no message, it has no members.
pub(crate) fn read<T: Structure>(body: &[u8]) -> T {
    REPAIRS.iter().find_map(|repair| json::read(&repair(body)).ok()).unwrap_or_else(T::empty)
}

/// Converts the body of a response to a body to decode.
type Repair = fn(&[u8]) -> Cow<'_, [u8]>;

/// The repairs in order, each of which keeps less of the original than the one before.
const REPAIRS: [Repair; 3] = [
    |body| body.into(),
    |body| to_parsable_json(body).into_owned().into_bytes().into(),
    |body| message_only_body(&to_parsable_json(body)).into(),
];
