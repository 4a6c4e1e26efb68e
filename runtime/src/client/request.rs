//! The request of a call before it is signed. It is made once; an attempt adds its number.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};

use crate::client::call::Call;
use crate::client::destination::Destination;
use crate::client::uuid::uuid;
use crate::protocol::compression::Encoded;
use crate::sigv4::sign::payload_hash;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const INVOCATION: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

/// How many headers a call, its attempt and its signature add to those of the destination.
const OWN: usize = 8;

/// What is the same for all attempts of a call.
pub(crate) struct Prepared {
    request: Request<Bytes>,
    /// The hash of the body as a signature has it; none where there is to be no signature.
    pub(crate) payload_hash: Option<String>,
    max_attempts: u32,
}

impl Prepared {
    pub(crate) fn new(
        call: &'static Call,
        destination: &Destination,
        (body, encoding): Encoded,
        max_attempts: u32,
    ) -> Result<Self, http::Error> {
        let payload_hash = call.signed.then(|| payload_hash(&body));
        let mut headers = headers(call, destination, body.len())?;
        if let Some(encoding) = encoding {
            add_encoding(&mut headers, encoding)?;
        }
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = destination.url.clone();
        *request.headers_mut() = headers;
        Ok(Self { request, payload_hash, max_attempts })
    }

    /// The request of an attempt, counted from 1. The body is shared, not copied.
    pub(crate) fn attempt(&self, number: u32) -> Result<Request<Bytes>, http::Error> {
        let mut request = self.request.clone();
        let attempt = format!("attempt={number}; max={}", self.max_attempts);
        request.headers_mut().insert(ATTEMPT, attempt.try_into()?);
        Ok(request)
    }
}

fn headers(call: &'static Call, to: &Destination, length: usize) -> Result<HeaderMap, http::Error> {
    let mut headers = HeaderMap::with_capacity(to.headers.len() + OWN);
    for (name, value) in &to.headers {
        headers.append(name.clone(), value.clone());
    }
    // The transport would add it, but behind the signature, which covers every header that stays.
    headers.insert(CONTENT_LENGTH, length.into());
    let target = [call.service.target_prefix, ".", call.operation].concat();
    headers.insert(TARGET, target.try_into()?);
    headers.insert(INVOCATION, uuid().try_into()?);
    Ok(headers)
}

/// Says how the body is encoded, behind what is said of it already.
fn add_encoding(headers: &mut HeaderMap, encoding: &str) -> Result<(), http::Error> {
    let before = headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes);
    let all: Vec<_> = before.chain([encoding.as_bytes()]).collect();
    headers.insert(CONTENT_ENCODING, all.join(b", ".as_slice()).try_into()?);
    Ok(())
}
