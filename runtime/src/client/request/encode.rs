//! Encodes a request once per call, so that all attempts have the same idempotency token.
//!
//! This file is independent of protocols.

use crate::client::error::cause::Cause;
use crate::client::request::host_prefix::HostPrefix;
use crate::protocol::wire::WireRequest;
use crate::random::{NoRandomness, uuid};
use crate::{Config, EndpointContext, Operation, ValidationError, validate_with};

/// An encoded request, and the parts of the request that determine where it is sent.
pub(crate) struct EncodedRequest<'a> {
    pub(crate) request: WireRequest,
    pub(crate) context: EndpointContext<'a>,
    /// Boxed, because it is rare and would enlarge the future of every call.
    pub(crate) host_prefix: Option<Box<HostPrefix>>,
}

/// Encodes `request`, and validates it if the configuration enables validation.
pub(crate) fn encode<'a, O: Operation>(
    request: &'a O,
    config: &Config,
) -> Result<EncodedRequest<'a>, Cause> {
    let with_token = with_token(request, uuid).map_err(Cause::no_randomness)?;
    let sent = with_token.as_ref().unwrap_or(request);
    if let Some(validation) = config.validation() {
        validate_with(sent, validation).map_err(Cause::Validation)?;
    }
    let encoded = sent.encode().map_err(|error| Cause::Encode(error.into_reason()))?;
    let host_prefix = HostPrefix::of(sent, config)
        .map_err(|violation| Cause::Validation(ValidationError::one(violation)))?;
    Ok(EncodedRequest { request: encoded, context: request.endpoint_context(), host_prefix })
}

/// A copy of the request with an idempotency token from `generate`, if it needs one.
fn with_token<O: Operation>(
    request: &O,
    generate: impl FnOnce() -> Result<String, NoRandomness>,
) -> Result<Option<O>, NoRandomness> {
    let mut failure = None;
    let token = || generate().unwrap_or_else(|error| failure.insert(error).to_string());
    let with_token = request.with_idempotency_token(token);
    failure.map_or(Ok(with_token), Err)
}

#[cfg(test)]
mod tests {
    use crate::{Service, Unmodeled};

    use super::*;

    #[derive(Clone)]
    struct StartRequest {
        token: Option<String>,
    }

    crate::structure!(StartRequest, Request, {
        "clientToken" => some(token),
    });

    enum StartError {
        Unmodeled(Unmodeled),
    }
    crate::operation_error!(StartError, Unmodeled, {});

    impl Operation for StartRequest {
        const NAME: &'static str = "Start";
        const SERVICE: &'static Service = &Service::new("Test");
        type Output = ();
        type Error = StartError;

        fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
            self.token.is_none().then(|| Self { token: Some(token()) })
        }
    }

    #[test]
    fn a_request_that_needs_a_token_is_not_sent_without_randomness() {
        let failing = || Err(NoRandomness);
        let error = with_token(&StartRequest { token: None }, failing).expect_err("an error");
        let error = crate::Error::<StartError>::new(
            "Start",
            Default::default(),
            Cause::no_randomness(error),
        );
        assert_eq!(
            error.to_string(),
            "Start: the request cannot be encoded: the operating system provided no random bytes"
        );
        let own = StartRequest { token: Some("mine".to_owned()) };
        own.validate().expect("no constraints");
        assert!(with_token(&own, failing).expect("no token is needed").is_none());
    }
}
