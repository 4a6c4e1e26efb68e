//! Encodes and decodes awsJson bodies with the codec of the runtime.

use std::fmt;

use longshore_runtime::{Structure, private};

/// The body of a request that cannot be decoded. The message contains no values of it.
pub(super) struct UnreadableBody(String);

impl fmt::Display for UnreadableBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Decodes the body of a request.
pub(super) fn decode<T: Structure>(body: &[u8]) -> Result<T, UnreadableBody> {
    private::decode_request(body).map_err(UnreadableBody)
}

/// Encodes a structure as a body.
pub(super) fn encode<T: Structure>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    private::encode(value)
}
