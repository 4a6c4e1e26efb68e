//! The typed parts of a call: encoding the request, and decoding the response into an output or an
//! error.
//!
//! Only this code depends on the types of an operation. The rest of a call, in `untyped_call`, is
//! compiled once for all operations.

use std::fmt;
use std::sync::Arc;

use crate::client::attempt_summary::AttemptSummary;
use crate::client::error::cause::Cause;
use crate::client::operation_info::OperationInfo;
use crate::client::request::encode::encode;
use crate::client::response::service_response::ServiceResponse;
use crate::client::state::ClientState;
use crate::client::untyped_call::{self, CallResult};
use crate::{Config, DecodeError, Error, Operation, Structure};

/// Calls operations of any service. A generated client wraps it and has a method for each
/// operation.
///
/// Clones share the state of the client: the rate of recent failures, which limits retries, the
/// rate limit of the adaptive retry mode, and the difference between the local clock and the clock
/// of the service.
#[derive(Clone)]
pub struct Client {
    config: Config,
    state: Arc<ClientState>,
}

impl Client {
    /// Creates a client with this configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { config: config.clone(), state: Arc::default() }
    }

    /// Calls the operation of `request`.
    ///
    /// Transient failures are retried as [`RetryConfig`](crate::RetryConfig) specifies. Dropping
    /// the future cancels the call and closes the connection on which it was waiting.
    ///
    /// # Errors
    /// Returns an [`Error`], which distinguishes exceptions of the service from all other failures.
    pub async fn call<O: Operation>(&self, request: &O) -> Result<O::Output, Error<O::Error>> {
        let operation = const { &OperationInfo::of::<O>() };
        let encoded = encode(request, &self.config);
        let call = untyped_call::run(&self.config, &self.state, operation, encoded);
        let CallResult { call, result } = call.await;
        let result = match result {
            Ok(response) => decode::<O>(response, call.summary),
            Err(cause) => Err(Error::new(O::NAME, call.summary, cause)),
        };
        call.end(result.as_ref().err().map(Error::untyped_cause));
        result
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}

/// Decodes the output or the exception of the operation.
fn decode<O: Operation>(
    mut response: ServiceResponse,
    summary: AttemptSummary,
) -> Result<O::Output, Error<O::Error>> {
    if let Some(error) = response.error.take() {
        let (error, exception) = response.decode_error::<O>(error);
        return Err(Error::from_service(O::NAME, summary, error, exception));
    }
    O::decode(&response.wire()).map_err(|problem| {
        let has_secrets = O::SECRET_OUTPUT || !O::Output::SECRET.is_empty();
        let error = DecodeError::new(response, problem, has_secrets);
        Error::new(O::NAME, summary, Cause::Decode(error))
    })
}
