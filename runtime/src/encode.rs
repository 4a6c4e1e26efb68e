//! From a request to the body that every attempt of its call sends.
//!
//! Once a call, so that all attempts have the same idempotency token. Nothing here knows HTTP.

use bytes::Bytes;

use crate::cause::Cause;
use crate::uuid::uuid;
use crate::{Operation, json, validate};

/// Fills in the idempotency token, checks what is to be sent where `validates` asks for it, and
/// writes it. The caller's own request stays as it is.
pub(crate) fn encode<O: Operation>(request: &O, validates: bool) -> Result<Bytes, Cause> {
    let filled = request.with_idempotency_token(uuid);
    let request = filled.as_ref().unwrap_or(request);
    if validates {
        validate(request).map_err(Cause::Validation)?;
    }
    json::encode(request).map(Bytes::from).map_err(Cause::Encode)
}
