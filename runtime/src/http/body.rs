//! Reads the body of a response into memory, up to a size limit.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};

use crate::http::read_limit::ReadLimit;
use crate::http::tls::fault::{Peer, explain};
use crate::http::transport_error::{TransportError, TransportErrorKind as Kind};

/// The maximum number of bytes that are allocated in advance for a body with a `Content-Length`.
const MAX_PREALLOCATION: u64 = 16 * 1024 * 1024;

/// Returns the length that the `Content-Length` header states.
pub(crate) fn content_length(headers: &HeaderMap, body: &Incoming) -> Option<u64> {
    headers.contains_key(CONTENT_LENGTH).then(|| body.size_hint().lower())
}

/// Reads a body to its end. Returns an error if it is longer than `limit` bytes.
pub(crate) async fn read_to_end(
    mut body: Incoming,
    content_length: Option<u64>,
    limit: usize,
    read_limit: &mut ReadLimit,
) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::new(Kind::TooLarge, format!("more than {limit} bytes"));
    if content_length.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let Some(first) = next_chunk(&mut body, read_limit).await? else {
        return Ok(Bytes::new());
    };
    // A body that arrives in one chunk is not copied.
    if content_length == Some(first.len() as u64) {
        return drain(body, read_limit).await.map(|()| first);
    }
    let capacity = content_length.unwrap_or(0).min(MAX_PREALLOCATION) as usize;
    let mut bytes = Vec::with_capacity(capacity.max(first.len()));
    let mut chunk = Some(first);
    while let Some(data) = chunk {
        if bytes.len() + data.len() > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&data);
        chunk = next_chunk(&mut body, read_limit).await?;
    }
    Ok(bytes.into())
}

/// Returns the next data chunk of a body.
async fn next_chunk(
    body: &mut Incoming,
    read_limit: &mut ReadLimit,
) -> Result<Option<Bytes>, TransportError> {
    loop {
        let frame = read_limit.apply(body.frame()).await?;
        let Some(frame) = frame else {
            return Ok(None);
        };
        let frame =
            frame.map_err(|error| TransportError::new(Kind::Body, explain(error, Peer::Server)))?;
        // Trailers are not part of the body.
        if let Ok(data) = frame.into_data() {
            return Ok(Some(data));
        }
    }
}

/// Waits for the end of a body whose bytes were all received, so that its connection can be reused.
async fn drain(mut body: Incoming, read_limit: &mut ReadLimit) -> Result<(), TransportError> {
    while next_chunk(&mut body, read_limit).await?.is_some() {}
    Ok(())
}

/// Reads up to `limit` bytes of a body. If the rest cannot be read, the result is what was
/// received, because the status and headers are more useful than a connection error.
pub(crate) async fn read_prefix(
    mut body: Incoming,
    limit: usize,
    read_limit: &mut ReadLimit,
) -> Bytes {
    let mut prefix = Vec::new();
    while prefix.len() < limit {
        let Ok(Some(data)) = next_chunk(&mut body, read_limit).await else {
            break;
        };
        let remaining = limit - prefix.len();
        prefix.extend_from_slice(&data[..data.len().min(remaining)]);
    }
    prefix.into()
}
