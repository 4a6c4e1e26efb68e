//! The request of a call before it is signed. It is made once; an attempt adds its number.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::uri::Scheme;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use crate::Service;
use crate::call::Call;
use crate::destination::Destination;
use crate::sign::payload_hash;
use crate::uuid::uuid;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const INVOCATION: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

/// What is the same for all attempts of a call.
pub(crate) struct Prepared {
    request: Request<Bytes>,
    /// The hash of the body as a signature has it.
    pub(crate) payload_hash: String,
    max_attempts: u32,
}

impl Prepared {
    pub(crate) fn new(
        call: Call,
        destination: &Destination,
        body: Bytes,
        max_attempts: u32,
    ) -> Result<Self, http::Error> {
        let payload_hash = payload_hash(&body);
        let headers = headers(call, destination, body.len())?;
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

fn headers(call: Call, to: &Destination, length: usize) -> Result<HeaderMap, http::Error> {
    let mut headers = to.headers.clone();
    headers.reserve(12);
    headers.insert(HOST, host(&to.url)?);
    // The transport would add it, but behind the signature, which covers every header that stays.
    headers.insert(CONTENT_LENGTH, length.into());
    let protocol = call.service.protocol;
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(protocol.content_type()));
    let target = format!("{}.{}", call.service.target_prefix, call.operation);
    headers.insert(TARGET, target.try_into()?);
    headers.insert(USER_AGENT, agent(call.service).try_into()?);
    headers.insert(INVOCATION, uuid().try_into()?);
    Ok(headers)
}

fn agent(service: &Service) -> String {
    let program = concat!("longshore/", env!("CARGO_PKG_VERSION"));
    format!("{program} {}/{}", service.signing_name, service.api_version)
}

/// The `Host` header: a port only where it is not the scheme's own. The signature covers it, so
/// that it is not left to the transport.
fn host(url: &Uri) -> Result<HeaderValue, http::Error> {
    let name = url.host().unwrap_or_default();
    let usual = if url.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    Ok(match url.port_u16() {
        Some(port) if port != usual => format!("{name}:{port}").try_into()?,
        _ => HeaderValue::try_from(name)?,
    })
}
