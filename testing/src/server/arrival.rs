//! A request as it came, before anybody knows what it asks for.

use std::io::Read;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Method};
use serde_core::de::IgnoredAny;

use super::call::Head;

/// How many members are named of a request whose type nobody knows.
const NAMED: usize = 32;

/// A request that has come to its end.
pub(super) struct Arrival {
    pub(super) head: std::sync::Arc<Head>,
    /// The body, or why it cannot be read.
    pub(super) body: Result<Bytes, &'static str>,
}

impl Arrival {
    pub(super) fn new(head: http::request::Parts, body: Bytes) -> Self {
        let body = decoded(&head.headers, body);
        Self { head: Head::new(head).into(), body }
    }

    /// The `X-Amz-Target` of a call; `None` where it is none.
    pub(super) fn target(&self) -> Option<&str> {
        self.head.header("x-amz-target")
    }

    /// Whether somebody downloads.
    pub(super) fn is_download(&self) -> bool {
        self.target().is_none() && matches!(self.head.method, Method::GET | Method::HEAD)
    }

    /// What is wrong with a call of a service that wants this content type, and a signature if
    /// `signed`.
    pub(super) fn flaw(&self, content_type: &str, signed: bool) -> Option<Flaw> {
        let Head { method, path, .. } = &*self.head;
        if method != Method::POST || path != "/" {
            // What stands behind a question mark may be a signature.
            let shown = match path.split_once('?') {
                Some((path, _)) => format!("{path}?.."),
                None => path.clone(),
            };
            return Some(Flaw::of(format!("with {method} {shown:?} instead of POST \"/\"")));
        }
        match self.head.header(CONTENT_TYPE.as_str()) {
            Some(sent) if sent == content_type => {}
            Some(sent) => {
                return Some(Flaw::of(format!(
                    "with the content type {sent:?} instead of {content_type:?}"
                )));
            }
            None => return Some(Flaw::of("without a content type".to_owned())),
        }
        if signed && self.head.header("authorization").is_none() {
            let code = "MissingAuthenticationTokenException";
            return Some(Flaw { code, what: "without a signature".to_owned() });
        }
        None
    }

    /// The names of the members of a body whose type nobody knows. No value is among them.
    pub(super) fn members(&self) -> Option<String> {
        let body = self.body.as_ref().ok()?;
        let members: std::collections::BTreeMap<String, IgnoredAny> =
            serde_json::from_slice(body).ok()?;
        let names: Vec<_> =
            members.keys().map(String::as_str).filter(|name| is_name(name)).collect();
        let more = if names.len() > NAMED { ", .." } else { "" };
        let shown = &names[..names.len().min(NAMED)];
        (!shown.is_empty()).then(|| shown.join(", ") + more)
    }
}

/// Why a service would refuse a call whatever it asks for.
pub(super) struct Flaw {
    pub(super) code: &'static str,
    /// What stands behind "was called".
    pub(super) what: String,
}

impl Flaw {
    fn of(what: String) -> Self {
        Self { code: super::reply::UNEXPECTED, what }
    }
}

/// A body without its encoding.
fn decoded(headers: &HeaderMap, body: Bytes) -> Result<Bytes, &'static str> {
    match headers.get(CONTENT_ENCODING).map(|encoding| encoding.as_bytes()) {
        None | Some(b"identity") => Ok(body),
        Some(b"gzip") => unzipped(&body),
        Some(_) => Err("its encoding is not gzip"),
    }
}

fn unzipped(body: &[u8]) -> Result<Bytes, &'static str> {
    let mut plain = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(body).take(LONGEST);
    match reader.read_to_end(&mut plain) {
        Ok(_) if reader.limit() == 0 => Err("it is too long"),
        Ok(_) => Ok(plain.into()),
        Err(_) => Err("it is not gzip, as its header says"),
    }
}

/// The longest body that is made of a compressed one.
const LONGEST: u64 = 1024 * 1024 * 1024;

/// The longest name that is printed.
const NAME: usize = 64;

/// Whether it can be the name of a member, and may be shown.
fn is_name(key: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    key.len() <= NAME
        && key.starts_with(letter)
        && key.chars().all(|c| letter(c) || c.is_ascii_digit())
}
