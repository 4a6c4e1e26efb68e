//! From a request to what every attempt of its call sends.
//!
//! Once a call, so that all attempts have the same idempotency token. Nothing here knows HTTP.

use bytes::Bytes;

use crate::client::call::Message;
use crate::client::error::cause::Cause;
use crate::client::host_prefix::HostPrefix;
use crate::client::uuid::uuid;
use crate::protocol::json;
use crate::{Config, Operation, validate};

/// What there is to be sent of a request.
pub(crate) fn message<'a, O: Operation>(
    request: &'a O,
    config: &Config,
) -> Result<Message<'a>, Cause> {
    // The caller's own request stays as it is.
    let filled = request.with_idempotency_token(uuid);
    let sent = filled.as_ref().unwrap_or(request);
    let body = encode(sent, config.validates())?;
    let host_prefix = HostPrefix::of(sent, config)?;
    Ok(Message { body, context: request.endpoint_context(), host_prefix })
}

/// Checks what is to be sent where `validates` asks for it, and writes it.
fn encode<O: Operation>(request: &O, validates: bool) -> Result<Bytes, Cause> {
    if validates {
        validate(request).map_err(Cause::Validation)?;
    }
    json::encode(request).map(Bytes::from).map_err(Cause::Encode)
}
