//! Received requests: decompression, and the member names that messages list.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use http::{HeaderMap, Method};
use serde_core::de::IgnoredAny;

use super::protocol;
use super::request_head::RequestHead;

/// How many members of a request are listed in a message.
const MAX_LISTED_MEMBERS: usize = 32;

/// The longest member name that is listed, in bytes.
const MAX_MEMBER_NAME: usize = 64;

/// The largest body after decompression, in bytes.
const MAX_DECOMPRESSED: u64 = 1024 * 1024 * 1024;

/// A request that was received completely.
pub(super) struct ReceivedRequest {
    pub(super) head: Arc<RequestHead>,
    /// The decompressed body, or why it cannot be decompressed.
    pub(super) body: Result<Bytes, &'static str>,
}

impl ReceivedRequest {
    /// `body` is `None` if it is longer than [`MAX_BODY`](super::body::MAX_BODY).
    pub(super) fn new(head: http::request::Parts, body: Option<Bytes>) -> Self {
        let body = body.ok_or("it has more than 1 GiB");
        let body = body.and_then(|body| decompressed(&head.headers, body));
        let address = protocol::address(&head.headers, body.as_deref().unwrap_or_default());
        Self { head: RequestHead::new(head, address).into(), body }
    }

    pub(super) fn is_download(&self) -> bool {
        !self.head.is_call() && matches!(self.head.method, Method::GET | Method::HEAD)
    }

    /// The names of the members of the body, without their values.
    pub(super) fn member_names(&self) -> Option<String> {
        let body = self.body.as_ref().ok()?;
        let members: BTreeMap<String, IgnoredAny> = serde_json::from_slice(body).ok()?;
        let names: Vec<_> =
            members.keys().map(String::as_str).filter(|name| is_member_name(name)).collect();
        let more = if names.len() > MAX_LISTED_MEMBERS { ", .." } else { "" };
        let listed = &names[..names.len().min(MAX_LISTED_MEMBERS)];
        (!listed.is_empty()).then(|| listed.join(", ") + more)
    }
}

/// Returns `true` for identifiers. Other keys may be data of a map, which messages must not show.
fn is_member_name(key: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    key.len() <= MAX_MEMBER_NAME
        && key.starts_with(is_letter)
        && key.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

fn decompressed(headers: &HeaderMap, body: Bytes) -> Result<Bytes, &'static str> {
    match headers.get(CONTENT_ENCODING).map(|encoding| encoding.as_bytes()) {
        None | Some(b"identity") => Ok(body),
        Some(b"gzip") => gunzip(&body),
        Some(_) => Err("its content encoding is not gzip"),
    }
}

fn gunzip(body: &[u8]) -> Result<Bytes, &'static str> {
    let mut decompressed = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(body).take(MAX_DECOMPRESSED);
    match reader.read_to_end(&mut decompressed) {
        Ok(_) if reader.limit() == 0 => Err("it decompresses to 1 GiB or more"),
        Ok(_) => Ok(decompressed.into()),
        Err(_) => Err("its content encoding is gzip, but its content is not"),
    }
}
