//! The body of an answer as one piece of memory, no larger than it may be.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};

use crate::http::read_limit::ReadLimit;
use crate::http::transport::{TransportError, TransportErrorKind as Kind};

/// The most that is set aside for a body because its header says so.
const PREPARED: u64 = 16 * 1024 * 1024;

/// The length of a body that its head states.
pub(crate) fn declared(headers: &HeaderMap, body: &Incoming) -> Option<u64> {
    headers.contains_key(CONTENT_LENGTH).then(|| body.size_hint().lower())
}

/// Reads a body to its end.
pub(crate) async fn read_all(
    mut body: Incoming,
    declared: Option<u64>,
    limit: usize,
    waits: &mut ReadLimit,
) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::new(Kind::TooLarge, format!("more than {limit} bytes"));
    if declared.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let Some(first) = next(&mut body, waits).await? else {
        return Ok(Bytes::new());
    };
    // What came in one piece is not copied.
    if declared == Some(first.len() as u64) {
        return end(body, waits).await.map(|()| first);
    }
    let prepared = declared.unwrap_or(0).min(PREPARED) as usize;
    let mut all = Vec::with_capacity(prepared.max(first.len()));
    let mut piece = Some(first);
    while let Some(data) = piece {
        if all.len() + data.len() > limit {
            return Err(too_large());
        }
        all.extend_from_slice(&data);
        piece = next(&mut body, waits).await?;
    }
    Ok(all.into())
}

/// The next piece of a body.
async fn next(body: &mut Incoming, waits: &mut ReadLimit) -> Result<Option<Bytes>, TransportError> {
    loop {
        let frame = waits.keep(body.frame()).await.map_err(|passed| passed.into_error())?;
        let Some(frame) = frame else {
            return Ok(None);
        };
        let frame = frame.map_err(|error| TransportError::new(Kind::Body, error))?;
        // Trailers are no part of it.
        if let Ok(data) = frame.into_data() {
            return Ok(Some(data));
        }
    }
}

/// Waits until a body whose bytes are all here has ended, so that its connection is free again.
async fn end(mut body: Incoming, waits: &mut ReadLimit) -> Result<(), TransportError> {
    while next(&mut body, waits).await?.is_some() {}
    Ok(())
}

/// Reads what there is of a body. That the rest does not come is no reason to lose the status and
/// the headers, which say more than a broken connection would.
pub(crate) async fn read_beginning(
    mut body: Incoming,
    limit: usize,
    waits: &mut ReadLimit,
) -> Bytes {
    let mut beginning = Vec::new();
    while beginning.len() < limit {
        let Ok(Some(data)) = next(&mut body, waits).await else {
            break;
        };
        let room = limit - beginning.len();
        beginning.extend_from_slice(&data[..data.len().min(room)]);
    }
    beginning.into()
}
