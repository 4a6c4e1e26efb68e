//! Received requests before their operation is known: decompression, and the checks that every
//! service makes.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Method};
use serde_core::de::IgnoredAny;

use super::call::RequestHead;
use super::response::UNEXPECTED_CALL;

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
    pub(super) fn new(head: http::request::Parts, body: Bytes) -> Self {
        let body = decompressed(&head.headers, body);
        Self { head: RequestHead::new(head).into(), body }
    }

    /// The `X-Amz-Target` header, which names service and operation.
    pub(super) fn target(&self) -> Option<&str> {
        self.head.header("x-amz-target")
    }

    pub(super) fn is_download(&self) -> bool {
        self.target().is_none() && matches!(self.head.method, Method::GET | Method::HEAD)
    }

    /// Checks method, path, content type and, if `signed`, that there is a signature.
    pub(super) fn check(&self, content_type: &str, signed: bool) -> Result<(), InvalidRequest> {
        self.check_target()?;
        match self.head.header(CONTENT_TYPE.as_str()) {
            Some(sent) if sent == content_type => {}
            Some(sent) => {
                return Err(InvalidRequest::new(format!(
                    "with the content type {sent:?} instead of {content_type:?}"
                )));
            }
            None => return Err(InvalidRequest::new("without a content type")),
        }
        if signed && self.head.header("authorization").is_none() {
            let code = "MissingAuthenticationTokenException";
            return Err(InvalidRequest { code, ..InvalidRequest::new("without a signature") });
        }
        Ok(())
    }

    fn check_target(&self) -> Result<(), InvalidRequest> {
        let RequestHead { method, path, .. } = &*self.head;
        if method == Method::POST && path == "/" {
            return Ok(());
        }
        // The query string may contain a signature.
        let path = match path.split_once('?') {
            Some((path, _)) => format!("{path}?.."),
            None => path.clone(),
        };
        Err(InvalidRequest::new(format!("with {method} {path:?} instead of POST \"/\"")))
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

/// Why a service would reject a request regardless of its operation.
pub(super) struct InvalidRequest {
    pub(super) code: &'static str,
    /// Completes the sentence "PutImage was called ...".
    pub(super) problem: String,
}

impl InvalidRequest {
    fn new(problem: impl Into<String>) -> Self {
        Self { code: UNEXPECTED_CALL, problem: problem.into() }
    }
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
