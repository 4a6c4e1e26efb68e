//! Encodes a request once per call, so that all attempts have the same idempotency token.
//!
//! This file is independent of HTTP.

use bytes::Bytes;

use crate::client::error::cause::Cause;
use crate::client::request::host_prefix::HostPrefix;
use crate::client::uuid::uuid;
use crate::protocol::json;
use crate::{Config, EndpointContext, Operation, ValidationError, validate};

/// The body of a request, and the parts of the request that decide where it is sent.
pub(crate) struct EncodedRequest<'a> {
    pub(crate) body: Bytes,
    pub(crate) context: EndpointContext<'a>,
    /// Boxed, because it is rare and would enlarge the future of every call.
    pub(crate) host_prefix: Option<Box<HostPrefix>>,
}

/// Encodes `request`, and validates it if the configuration enables validation.
pub(crate) fn encode<'a, O: Operation>(
    request: &'a O,
    config: &Config,
) -> Result<EncodedRequest<'a>, Cause> {
    let with_token = request.with_idempotency_token(uuid);
    let sent = with_token.as_ref().unwrap_or(request);
    if config.validates_requests() {
        validate(sent).map_err(Cause::Validation)?;
    }
    let body = json::encode(sent).map(Bytes::from).map_err(Cause::Encode)?;
    let host_prefix = HostPrefix::of(sent, config)
        .map_err(|violation| Cause::Validation(ValidationError::one(violation)))?;
    Ok(EncodedRequest { body, context: request.endpoint_context(), host_prefix })
}
