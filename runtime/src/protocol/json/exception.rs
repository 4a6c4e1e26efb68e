//! Lenient decoding of exceptions.

use std::borrow::Cow;

use crate::Structure;
use crate::protocol::json;
use crate::protocol::json::error_body::{message_only_body, to_parsable_json};

/// Decodes an exception. If its members cannot be decoded, the result has only the message; if
/// there is no message, it has no members.
pub(crate) fn read<T: Structure>(body: &[u8]) -> T {
    for attempt in ATTEMPTS {
        if let Ok(exception) = json::read(&attempt(body)) {
            return exception;
        }
    }
    T::empty()
}

/// The bodies to decode, each with less of the original than the one before.
const ATTEMPTS: [fn(&[u8]) -> Cow<'_, [u8]>; 3] = [
    |body| body.into(),
    |body| to_parsable_json(body).into_owned().into_bytes().into(),
    |body| message_only_body(&to_parsable_json(body)).into(),
];
