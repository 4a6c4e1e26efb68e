//! Writes the body of a request. Large blobs are not copied. They are base64-encoded when
//! the body is sent.

use bytes::Bytes;
use serde_core::ser::Serialize;

use crate::RequestBody;
use crate::format::error::FormatError;
use crate::format::json::writer::{Blobs, to_text_and_blobs};
use crate::http::request_body::Segment;

/// Serializes a value as JSON.
pub(crate) fn write(value: &(impl Serialize + ?Sized)) -> Result<RequestBody, FormatError> {
    to_text_and_blobs(value).map(|(text, blobs)| with_blobs(text, blobs))
}

/// Returns the body with the blobs at their positions in the text.
fn with_blobs(text: Vec<u8>, blobs: Blobs) -> RequestBody {
    if blobs.is_empty() {
        return text.into();
    }
    let mut segments = Vec::with_capacity(2 * blobs.len() + 1);
    let (mut text, mut written) = (Bytes::from(text), 0);
    for (position, bytes) in blobs {
        segments.push(Segment::Plain(text.split_to(position - written)));
        segments.push(Segment::Base64(bytes));
        written = position;
    }
    segments.push(Segment::Plain(text));
    RequestBody::from_segments(segments)
}
