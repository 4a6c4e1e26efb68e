//! The method, path and headers of a received request, and the operation that it calls.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, Method};
use longshore_runtime::Operation;
use longshore_runtime::private::server::ReceivedRequest;
use longshore_runtime::wire::Framing;

use super::invalid_request::InvalidRequest;

/// The longest operation name that appears in messages, in characters.
const MAX_NAME: usize = 100;

/// A received request without its body.
pub(super) struct RequestHead {
    pub(super) method: Method,
    /// The path with its query string.
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) address: Address,
    /// The registered operation that the request matches.
    route: OnceLock<(RouteKey, ProtocolKind)>,
    /// The status of the response; 0 until it is sent.
    status: AtomicU16,
}

/// How a request names the operation that it calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// In the header `X-Amz-Target` (awsJson).
    Target { service: String, operation: String },
    /// In the form fields `Action` and `Version` (awsQuery).
    Action { operation: String, version: String },
    /// Only by its method and path (restJson1).
    Path,
}

/// The protocols of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProtocolKind {
    AwsJson,
    RestJson,
    AwsQuery,
}

/// An operation of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RouteKey {
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
}

impl RouteKey {
    pub(super) fn of<O: Operation>() -> Self {
        let service = match O::FRAMING {
            Framing::AwsJson => O::SERVICE.target_prefix,
            _ => O::SERVICE.id,
        };
        Self { service, operation: O::NAME }
    }
}

impl RequestHead {
    pub(super) fn new(parts: http::request::Parts, address: Address) -> Self {
        let path = parts.uri.path_and_query().map_or("", |path| path.as_str()).to_owned();
        Self {
            method: parts.method,
            path,
            headers: parts.headers,
            address,
            route: OnceLock::new(),
            status: AtomicU16::new(0),
        }
    }

    /// Sets the registered operation that the request matches.
    pub(super) fn set_route(&self, route: (RouteKey, ProtocolKind)) {
        // Fails only if the route is already set; it never changes.
        let _ = self.route.set(route);
    }

    pub(super) fn route(&self) -> Option<RouteKey> {
        self.route.get().map(|(key, _)| *key)
    }

    /// The protocol of the matching operation, or else the one that the address implies.
    pub(super) fn protocol(&self) -> ProtocolKind {
        let of_address = match self.address {
            Address::Target { .. } => ProtocolKind::AwsJson,
            Address::Action { .. } => ProtocolKind::AwsQuery,
            Address::Path => ProtocolKind::RestJson,
        };
        self.route.get().map_or(of_address, |(_, kind)| *kind)
    }

    /// The request in the form that protocols decode.
    pub(super) fn with_body<'a>(&'a self, body: &'a Bytes) -> ReceivedRequest<'a> {
        ReceivedRequest { path_and_query: &self.path, headers: &self.headers, body }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(super) fn status(&self) -> u16 {
        self.status.load(Ordering::Relaxed)
    }

    pub(super) fn set_status(&self, status: u16) {
        self.status.store(status, Ordering::Relaxed);
    }

    /// The path without its query string, which may contain a signature.
    fn path_without_query(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// The service of the operation; empty if unknown.
    pub(super) fn service(&self) -> &str {
        match (self.route(), &self.address) {
            (Some(route), _) => route.service,
            (None, Address::Target { service, .. }) => service,
            (None, _) => "",
        }
    }

    /// The service for messages that must distinguish operations with the same name.
    pub(super) fn shown_service(&self) -> String {
        match (self.route(), &self.address) {
            (None, Address::Action { version, .. }) => format!("version {version}"),
            _ => self.service().to_owned(),
        }
    }

    /// The name of the operation; empty if unknown.
    pub(super) fn operation(&self) -> &str {
        match (self.route(), &self.address) {
            (Some(route), _) => route.operation,
            (None, Address::Target { operation, .. } | Address::Action { operation, .. }) => {
                operation
            }
            (None, Address::Path) => "",
        }
    }

    /// The name of the request in messages: the operation, or the method and path if it is unknown.
    pub(super) fn name(&self) -> String {
        match self.operation() {
            "" => format!("{} {:?}", self.method, self.path_without_query()),
            operation => operation.escape_debug().take(MAX_NAME).collect(),
        }
    }

    /// Returns true for a call of an operation, even if the operation is not registered. A
    /// signature in the `Authorization` header marks a call; downloads do not have one.
    pub(super) fn is_call(&self) -> bool {
        self.route().is_some() || self.address != Address::Path || self.is_signed()
    }

    /// Returns true if the `Authorization` header contains an AWS signature.
    pub(super) fn is_signed(&self) -> bool {
        self.header(AUTHORIZATION.as_str()).is_some_and(|value| value.starts_with("AWS4-"))
    }

    /// Checks that the request is sent to `/` with `POST`.
    pub(super) fn check_target(&self) -> Result<(), InvalidRequest> {
        let Self { method, path, .. } = self;
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

    pub(super) fn check_content_type(&self, expected: &str) -> Result<(), InvalidRequest> {
        match self.header(CONTENT_TYPE.as_str()) {
            Some(sent) if sent == expected => Ok(()),
            Some(sent) => Err(InvalidRequest::new(format!(
                "with the content type {sent:?} instead of {expected:?}"
            ))),
            None => Err(InvalidRequest::new("without a content type")),
        }
    }

    /// The signing name in the `Authorization` header; `None` if it contains none.
    pub(super) fn signing_name(&self) -> Option<&str> {
        let (_, credential) = self.header(AUTHORIZATION.as_str())?.split_once("Credential=")?;
        // The access key ID may contain slashes.
        credential.split(',').next()?.trim_end().rsplit('/').nth(1)
    }

    /// Returns true if the user agent contains this product.
    pub(super) fn has_product(&self, product: &str) -> bool {
        let user_agent = self.header(USER_AGENT.as_str()).unwrap_or_default();
        user_agent.split(' ').any(|part| part == product)
    }

    pub(super) fn check_signed(&self) -> Result<(), InvalidRequest> {
        match self.header(AUTHORIZATION.as_str()) {
            Some(_) => Ok(()),
            None => Err(InvalidRequest::without_signature()),
        }
    }
}
