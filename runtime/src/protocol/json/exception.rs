//! Lenient decoding of exceptions.

use crate::Structure;
use crate::protocol::json;
use crate::protocol::json::error_body::{message_only_body, to_parsable_json};

/// Decodes an exception. If its members cannot be decoded, the result has only the message; if
/// there is no message, it has no members.
pub(crate) fn read<T: Structure>(body: &[u8]) -> T {
    json::read(body)
        .or_else(|_| json::read(to_parsable_json(body).as_bytes()))
        .or_else(|_| json::read(&message_only_body(&to_parsable_json(body))))
        .unwrap_or_else(|_| T::empty())
}
