//! Lenient decoding of exceptions.

use std::borrow::Cow;

use crate::Structure;
use crate::protocol::json::error_body::{message_only_body, to_parsable_json};
use crate::protocol::json::{ReadValue, read_with};
use crate::shape::structure;

/// Decodes an exception. If its members cannot be decoded, the result has only the message; if
/// there is no message, it has no members.
pub(crate) fn read<T: Structure>(body: &[u8]) -> T {
    let mut exception = None;
    let is_read = read_any(body, &mut |reader| {
        exception = None;
        exception = Some(structure::deserialize(reader)?);
        Ok(())
    });
    exception.filter(|_| is_read).unwrap_or_else(T::empty)
}

/// Returns true if `read` succeeded for one of the [`ATTEMPTS`].
fn read_any(body: &[u8], read: &mut ReadValue<'_>) -> bool {
    ATTEMPTS.iter().any(|attempt| read_with(&attempt(body), read).is_ok())
}

/// Converts the body of a response to a body to decode.
type Attempt = fn(&[u8]) -> Cow<'_, [u8]>;

/// The attempts in order, each of which keeps less of the original than the one before.
const ATTEMPTS: [Attempt; 3] = [
    |body| body.into(),
    |body| to_parsable_json(body).into_owned().into_bytes().into(),
    |body| message_only_body(&to_parsable_json(body)).into(),
];
