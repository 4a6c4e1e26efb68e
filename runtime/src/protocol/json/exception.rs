//! Lenient decoding of exceptions.

use std::borrow::Cow;

use crate::Structure;
use crate::protocol::json::error_body::{message_only_body, to_parsable_json};
use crate::protocol::json::read_with;
use crate::shape::structure;

/// Decodes an exception. If its members cannot be decoded, the result has only the message; if
/// there is no message, it has no members.
pub(crate) fn read<T: Structure>(body: &[u8]) -> T {
    REPAIRS.iter().find_map(|repair| read_repaired(&repair(body))).unwrap_or_else(T::empty)
}

/// Decodes the result of a repair. Returns `None` if it is empty or cannot be decoded.
fn read_repaired<T: Structure>(body: &[u8]) -> Option<T> {
    let mut exception = None;
    let result = read_with(body, &mut |reader| {
        exception = Some(structure::deserialize(reader)?);
        Ok(())
    });
    exception.filter(|_| result.is_ok())
}

/// Converts the body of a response to a body to decode.
type Repair = fn(&[u8]) -> Cow<'_, [u8]>;

/// The repairs in order, each of which keeps less of the original than the one before.
const REPAIRS: [Repair; 3] = [
    |body| body.into(),
    |body| to_parsable_json(body).into_owned().into_bytes().into(),
    |body| message_only_body(&to_parsable_json(body)).into(),
];
