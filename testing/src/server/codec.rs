//! The awsJson bodies of requests and answers.

use std::fmt;

use longshore_runtime::{Structure, private};

/// Why the body of a request cannot be read. No value of it is shown.
pub(super) struct Unread(String);

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The request in a body.
pub(super) fn decode<T: Structure>(body: &[u8]) -> Result<T, Unread> {
    private::decode_request(body).map_err(Unread)
}

/// The body of a structure.
pub(super) fn encode<T: Structure>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    private::encode(value)
}
