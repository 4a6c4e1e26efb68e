//! The part of a call that does not depend on the types of its operation.
//!
//! It resolves the destination, prepares the request and makes the attempts, all within the
//! operation timeout.

use tokio::time::Instant;
use tracing::Instrument;

use crate::Config;
use crate::client::error::cause::Cause;
use crate::client::error::timeout_error::TimeoutScope;
use crate::client::exchange::{Exchange, unfinished};
use crate::client::hooks::ObservedCall;
use crate::client::operation_info::OperationInfo;
use crate::client::request::encode::EncodedRequest;
use crate::client::request::prepared_request::PreparedRequest;
use crate::client::request::route::Route;
use crate::client::response::service_response::ServiceResponse;
use crate::client::state::ClientState;
use crate::client::timeout::within;
use crate::client::trace;
use crate::http::transport::BoxFuture;
use crate::protocol::checksum::CONTENT_MD5;
use crate::protocol::compression::compress;
use crate::protocol::wire::WireRequest;
use crate::random::uuid;

/// The result of a call, before it is decoded.
pub(crate) struct CallResult<'a> {
    pub(crate) call: ObservedCall<'a>,
    pub(crate) result: Result<ServiceResponse, Cause>,
}

/// Sends an encoded request and returns the response. An encoding error is the result of the call,
/// so that the end of the call is logged in this case as well.
pub(crate) async fn run<'a>(
    config: &'a Config,
    state: &ClientState,
    operation: &'static OperationInfo,
    request: Result<EncodedRequest<'_>, Cause>,
) -> CallResult<'a> {
    let mut call = ObservedCall::new(config, operation);
    let limit = config.timeouts().get_operation();
    let region = config.region();
    let span = trace::call_span(operation, region);
    let work = async {
        // Without a tokio runtime, the limit is an error, and this is not reached. On some targets,
        // `Instant::now` would panic.
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        call.start()?;
        let EncodedRequest { request, context, host_prefix } = request?;
        let (route, destination) =
            Route::find(config, state, operation, context, host_prefix).await?;
        if region.is_none() {
            trace::record_region(&span, config.region());
        }
        let request = &prepare(config, operation, request)?;
        let hooks = call.hooks;
        let mut exchange =
            Exchange { config, state, operation, route, destination, request, hooks };
        exchange.run(deadline, &mut call.summary).await
    };
    // The box keeps the callers' futures small and avoids moving this one.
    let work: BoxFuture<'_, _> = Box::pin(work.instrument(span.clone()));
    let result = match within(TimeoutScope::Operation, limit, work).await {
        Ok(result) => result,
        Err(reason) => Err(unfinished(reason, String::new())),
    };
    let (attempts, duration) = (call.summary.attempts, call.started.elapsed());
    span.in_scope(|| trace::call_ended(operation, attempts, &result, duration));
    CallResult { call, result }
}

/// Prepares the request that all attempts send.
fn prepare(
    config: &Config,
    operation: &'static OperationInfo,
    mut request: WireRequest,
) -> Result<PreparedRequest, Cause> {
    // An invalid threshold is an error only of calls that would compress their body.
    let threshold = match operation.compression {
        Some(_) => config.compression_threshold().map_err(Cause::Config)?,
        None => None,
    };
    // A checksum set by a member is that of the uncompressed body, so do not compress it.
    let has_checksum = request.headers.contains_key(CONTENT_MD5);
    let compression = operation.compression.filter(|_| !has_checksum);
    let (body, encoding) = compress(request.body, compression, threshold);
    request.body = body;
    if let Some(checksum) = operation.checksum.filter(|_| !has_checksum) {
        let value = checksum.header_value(&request.body);
        request.headers.insert(CONTENT_MD5, value.map_err(|error| Cause::Encode(error.into()))?);
    }
    let call_id = uuid().map_err(Cause::no_randomness)?;
    let max_attempts = config.retry().get_max_attempts();
    let (signed, encoded) = (operation.signed, (request, encoding));
    let request = PreparedRequest::new(encoded, call_id, signed, max_attempts);
    request.map_err(|error| Cause::Encode(error.into()))
}

#[cfg(test)]
#[path = "untyped_call_tests.rs"]
mod tests;
