//! The request and the end of an attempt, as passed to hooks.

use std::fmt;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Method, Request};

use crate::RequestBody;
use crate::http::authority::host_and_port;
use crate::interceptor::added_header::{self, AddHeaderError};
use crate::interceptor::call::CallInfo;
use crate::interceptor::headers::Headers;
use crate::interceptor::outcome::Outcome;

/// The request of an attempt before it is sent.
pub struct AttemptRequest<'a> {
    pub(crate) call: CallInfo<'a>,
    pub(crate) number: u32,
    pub(crate) request: &'a mut Request<RequestBody>,
}

impl<'a> AttemptRequest<'a> {
    /// The call of the attempt.
    #[must_use]
    pub fn call(&self) -> &CallInfo<'a> {
        &self.call
    }

    /// The number of the attempt. The first one is 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The host that the request is sent to, with the port if it is not the default one.
    #[must_use]
    pub fn host(&self) -> &str {
        host_and_port(self.request.uri()).unwrap_or_default()
    }

    /// The length of the body, in bytes.
    #[must_use]
    pub fn body_len(&self) -> u64 {
        self.request.body().len()
    }

    /// The headers of the request, without those that may hold a secret.
    #[must_use]
    pub fn headers(&self) -> Headers<'_> {
        Headers::of_request(self.request.headers())
    }

    /// Adds a header to this attempt. Other attempts are not affected.
    ///
    /// To hide the value from other interceptors, mark it with
    /// [`HeaderValue::set_sensitive`](http::HeaderValue::set_sensitive).
    ///
    /// # Errors
    /// Returns an error if the name or the value is not valid, if the request already has this
    /// header, or if the header is reserved: it would change the identity of the caller, the
    /// signature or the framing of the message.
    pub fn add_header<N, V>(&mut self, name: N, value: V) -> Result<(), AddHeaderError>
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        added_header::add(self.request.headers_mut(), name, value)
    }
}

impl fmt::Debug for AttemptRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptRequest")
            .field("call", &self.call)
            .field("number", &self.number)
            .field("method", self.method())
            .field("host", &self.host())
            .field("headers", &self.headers())
            .finish_non_exhaustive()
    }
}

/// The end of an attempt that was sent.
#[derive(Debug, Clone, Copy)]
pub struct AttemptEnd<'a> {
    pub(crate) call: CallInfo<'a>,
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<&'a str>,
    pub(crate) headers: Option<Headers<'a>>,
    pub(crate) outcome: Outcome<'a>,
}

impl<'a> AttemptEnd<'a> {
    /// The call of the attempt.
    #[must_use]
    pub fn call(&self) -> &CallInfo<'a> {
        &self.call
    }

    /// The number of the attempt. The first one is 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The time since the request was passed to the transport.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The ID that the service assigned to the request, if a response with one was received.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        self.request_id
    }

    /// The headers of the response, without those that may hold a secret. `None` if there was no
    /// complete response.
    #[must_use]
    pub fn headers(&self) -> Option<Headers<'a>> {
        self.headers
    }

    /// How the attempt ended. An attempt with a successful response is a success even if its body
    /// cannot be decoded.
    #[must_use]
    pub fn outcome(&self) -> Outcome<'a> {
        self.outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_has_no_default_port() {
        for (url, expected) in [
            ("https://a.example:443/", "a.example"),
            ("http://a.example:80/", "a.example"),
            ("https://a.example:8443/", "a.example:8443"),
        ] {
            let mut request = Request::new(RequestBody::from(Vec::new()));
            *request.uri_mut() = url.parse().expect("a URL");
            let call = CallInfo { id: 0, service: "Test", operation: "Ping", region: None };
            let attempt = AttemptRequest { call, number: 1, request: &mut request };
            assert_eq!(attempt.host(), expected, "{url}");
        }
    }
}
