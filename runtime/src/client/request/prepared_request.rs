//! The request of a call before it is signed. It is built once; each attempt adds its number and its
//! destination.

use std::io::Write;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, uri};

use crate::RequestBody;
use crate::client::request::destination::Destination;
use crate::protocol::wire::WireRequest;
use crate::sigv4::PayloadHash;

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

/// The parts of the request that all attempts of a call have in common.
pub(crate) struct PreparedRequest {
    request: WireRequest,
    call_id: HeaderValue,
    /// The name of the content encoding if the body was compressed.
    encoding: Option<&'static str>,
    /// The hash of the body for the signature; `None` if the operation is not signed.
    pub(crate) payload_hash: Option<PayloadHash>,
    max_attempts: u32,
}

impl PreparedRequest {
    /// Prepares an encoded request. The second part of `encoded` is the name of the content encoding
    /// if the body was compressed.
    pub(crate) fn new(
        encoded: (WireRequest, Option<&'static str>),
        call_id: String,
        signed: bool,
        max_attempts: u32,
    ) -> Result<Self, http::Error> {
        let (request, encoding) = encoded;
        let call_id = call_id.try_into()?;
        let payload_hash = signed.then(|| PayloadHash::of_body(&request.body));
        Ok(Self { request, call_id, encoding, payload_hash, max_attempts })
    }

    /// The request of an attempt, counted from 1, to this destination. The body is shared, not
    /// copied.
    pub(crate) fn for_attempt(
        &self,
        number: u32,
        destination: &Destination,
    ) -> Result<Request<RequestBody>, http::Error> {
        let WireRequest { method, path_and_query, body, .. } = &self.request;
        let mut request = Request::new(body.clone());
        *request.method_mut() = method.clone();
        *request.uri_mut() = join(&destination.url, path_and_query)?;
        *request.headers_mut() = self.headers(number, destination)?;
        Ok(request)
    }

    /// The headers of the encoded request, the destination, the call and the attempt.
    fn headers(&self, number: u32, destination: &Destination) -> Result<HeaderMap, http::Error> {
        let WireRequest { method, headers: encoded, body, .. } = &self.request;
        // A clone would have no spare capacity.
        let mut headers = HeaderMap::with_capacity(encoded.capacity());
        for (name, value) in encoded.iter().chain(&destination.headers) {
            headers.append(name.clone(), value.clone());
        }
        // Otherwise the transport would add this header after signing, but the signature must cover
        // it.
        if !body.is_empty() || needs_length(method) {
            headers.insert(CONTENT_LENGTH, body.len().into());
        }
        headers.insert(INVOCATION_ID, self.call_id.clone());
        if let Some(encoding) = self.encoding {
            add_encoding(&mut headers, encoding)?;
        }
        headers.insert(ATTEMPT, self.attempt(number)?);
        Ok(headers)
    }

    /// The value of the header that numbers the attempts.
    fn attempt(&self, number: u32) -> Result<HeaderValue, http::Error> {
        // Long enough for two numbers of ten digits.
        let mut text = [0; 40];
        let mut rest = &mut text[..];
        // Writing to a slice fails only if it is full.
        let _ = write!(rest, "attempt={number}; max={}", self.max_attempts);
        let unused = rest.len();
        Ok(HeaderValue::from_bytes(&text[..text.len() - unused])?)
    }
}

/// Returns true if a request without a body must have a `Content-Length` of 0 (RFC 9110, section
/// 8.6).
fn needs_length(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}

/// Appends the path and the query of a request to the URL of the endpoint.
fn join(url: &Uri, path_and_query: &str) -> Result<Uri, http::Error> {
    if path_and_query == "/" {
        return Ok(url.clone());
    }
    let base = url.path().strip_suffix('/').unwrap_or(url.path());
    let mut parts = uri::Parts::from(url.clone());
    parts.path_and_query = Some([base, path_and_query].concat().try_into()?);
    Ok(Uri::from_parts(parts)?)
}

/// Appends the encoding of the body to the encodings that the headers already contain.
fn add_encoding(headers: &mut HeaderMap, encoding: &str) -> Result<(), http::Error> {
    let before = headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes);
    let all: Vec<_> = before.chain([encoding.as_bytes()]).collect();
    headers.insert(CONTENT_ENCODING, all.join(b", ".as_slice()).try_into()?);
    Ok(())
}
