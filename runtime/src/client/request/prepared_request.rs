//! The request of a call before it is signed. It is built once; each attempt adds its number.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};

use crate::client::operation_info::OperationInfo;
use crate::client::request::destination::Destination;
use crate::protocol::compression::EncodedBody;
use crate::sigv4::sign::payload_hash;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

/// How many headers a call, an attempt and a signature add to those of the destination.
const ADDED_HEADERS: usize = 8;

/// The parts of the request that all attempts of a call have in common.
pub(crate) struct PreparedRequest {
    request: Request<Bytes>,
    /// The hash of the body for the signature; `None` if the operation is not signed.
    pub(crate) payload_hash: Option<String>,
    max_attempts: u32,
}

impl PreparedRequest {
    pub(crate) fn new(
        operation: &'static OperationInfo,
        destination: &Destination,
        call_id: String,
        (body, encoding): EncodedBody,
        max_attempts: u32,
    ) -> Result<Self, http::Error> {
        let payload_hash = operation.signed.then(|| payload_hash(&body));
        let mut headers = headers(operation, destination, call_id, body.len())?;
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
    pub(crate) fn for_attempt(&self, number: u32) -> Result<Request<Bytes>, http::Error> {
        let mut request = self.request.clone();
        let attempt = format!("attempt={number}; max={}", self.max_attempts);
        request.headers_mut().insert(ATTEMPT, attempt.try_into()?);
        Ok(request)
    }
}

fn headers(
    operation: &'static OperationInfo,
    destination: &Destination,
    call_id: String,
    length: usize,
) -> Result<HeaderMap, http::Error> {
    let mut headers = HeaderMap::with_capacity(destination.headers.len() + ADDED_HEADERS);
    for (name, value) in &destination.headers {
        headers.append(name.clone(), value.clone());
    }
    // Otherwise the transport would add this header after signing, but the signature must cover it.
    headers.insert(CONTENT_LENGTH, length.into());
    let target = [operation.service.target_prefix, ".", operation.name].concat();
    headers.insert(TARGET, target.try_into()?);
    headers.insert(INVOCATION_ID, call_id.try_into()?);
    Ok(headers)
}

/// Appends the encoding of the body to the encodings that the headers already contain.
fn add_encoding(headers: &mut HeaderMap, encoding: &str) -> Result<(), http::Error> {
    let before = headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes);
    let all: Vec<_> = before.chain([encoding.as_bytes()]).collect();
    headers.insert(CONTENT_ENCODING, all.join(b", ".as_slice()).try_into()?);
    Ok(())
}
