//! The attempts of a call: sign, send, read the response, and retry until the call ends.
//!
//! `retry` decides whether there is another attempt, and `error_class` classifies error codes.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{Request, header};
use tokio::time::Instant;
use tracing::{Instrument, Span};

use crate::client::attempt_summary::{AttemptSummary, NotRetried};
use crate::client::error::cause::Cause;
use crate::client::error::timeout_error::TimeoutScope;
use crate::client::hooks::{Hooks, ObservedAttempt};
use crate::client::operation_info::OperationInfo;
use crate::client::rate_limit::rate_limiter::{NoPermit, Permit};
use crate::client::rate_limit::send_rate::Feedback;
use crate::client::request::destination::Destination;
use crate::client::request::prepared_request::PreparedRequest;
use crate::client::request::route::Route;
use crate::client::response::service_response::ServiceResponse;
use crate::client::retry::clock_skew::{self, ClockUpdate};
use crate::client::retry::retries::{Retries, RetryDecision, RetryReason, parse_retry_after};
use crate::client::state::ClientState;
use crate::client::timeout::{Unfinished, time_left, within};
use crate::client::trace;
use crate::client::waits::{Waits, check_wait, wait};
use crate::clock::{self, Stopwatch};
use crate::protocol::error_class::{ErrorClass, may_be_clock_skew};
use crate::sigv4::{Keys, Scope, SigningOptions, sign_with_cache};
use crate::{
    Config, Credentials, NewConnection, RequestBody, TransportError, TransportErrorKind, random,
};

/// The values that all attempts of a call share.
pub(crate) struct Exchange<'a> {
    pub(crate) config: &'a Config,
    pub(crate) state: &'a ClientState,
    pub(crate) operation: &'static OperationInfo,
    pub(crate) route: Route<'a>,
    pub(crate) destination: Arc<Destination>,
    pub(crate) request: &'a PreparedRequest,
    pub(crate) hooks: Hooks<'a>,
}

/// What an attempt needs before its request is signed.
struct AttemptStart<'a> {
    /// `None` if the operation is not signed.
    credentials: Option<Credentials>,
    /// Given back if the request is not sent.
    permit: Permit<'a>,
    /// Why the previous attempt is retried, if there was one.
    last_reason: Option<RetryReason>,
}

/// Why an attempt is not made.
enum NotStarted {
    /// The call fails with this error.
    Failed(Cause),
    /// The call ends with the result of the previous attempt. If another attempt might have helped,
    /// this is the reason why there is none.
    NotRetried(Option<NotRetried>),
}

/// The request of one attempt, and the values that it was signed with.
struct SignedRequest {
    request: Request<RequestBody>,
    /// The local time.
    time: SystemTime,
    /// The correction of the local clock, in seconds.
    correction: i64,
}

type AttemptResult = Result<ServiceResponse, Cause>;

impl Exchange<'_> {
    /// Makes attempts until one succeeds, fails for good, or may not be retried.
    pub(crate) async fn run(
        &mut self,
        deadline: Option<Instant>,
        summary: &mut AttemptSummary,
    ) -> AttemptResult {
        let (config, state) = (self.config.retry(), self.state);
        let mut retries = Retries::new(config, &state.tokens);
        let waits = Waits { limiter: state.rate_limiter(config), deadline };
        let permit = async {
            let permit = waits.first_permit().await;
            permit.map_err(|reason| no_permit(reason, self.destination.host()))
        };
        let mut start = self.start(None, permit).await?;
        loop {
            let span = trace::attempt_span(summary.attempts + 1);
            let attempt = self.attempt(summary, &mut retries, start, span.clone());
            let (result, reason) = attempt.instrument(span).await;
            let Some(reason) = reason else {
                if result.as_ref().is_ok_and(|response| response.error.is_none()) {
                    retries.succeeded();
                }
                return result;
            };
            let next = summary.attempts + 1;
            match self.start_retry(next, reason, &result, &mut retries, waits).await {
                Ok(next_start) => start = next_start,
                Err(NotStarted::Failed(cause)) => return Err(cause),
                Err(NotStarted::NotRetried(not_retried)) => {
                    summary.not_retried = not_retried;
                    return result;
                }
            }
        }
    }

    /// Decides whether the call is retried for `reason`. If so, waits for the delay, and then starts
    /// the retry. `attempt` is the number of the retry, and `result` is the result of the previous
    /// attempt.
    async fn start_retry<'p>(
        &self,
        attempt: u32,
        reason: RetryReason,
        result: &AttemptResult,
        retries: &mut Retries<'_>,
        waits: Waits<'p>,
    ) -> Result<AttemptStart<'p>, NotStarted> {
        let (requested, time_left) = (retry_after(result), time_left(waits.deadline));
        let delay = match retries.decide(reason, requested, time_left, random::fraction()) {
            RetryDecision::RetryAfter(delay) => delay,
            RetryDecision::Stop(not_retried) => return Err(NotStarted::NotRetried(not_retried)),
        };
        check_wait(delay)?;
        trace::retrying(attempt, reason, delay, result);
        wait(delay).await;
        let permit = async { Ok(waits.retry_permit(attempt).await?) };
        self.start(Some(reason), permit).await
    }

    /// Gets the credentials and then the permit of an attempt. In the opposite order, calls that
    /// wait for the same credentials would collect permits and then send their requests at once.
    async fn start<'p, E: From<Cause>>(
        &self,
        last_reason: Option<RetryReason>,
        permit: impl Future<Output = Result<Permit<'p>, E>>,
    ) -> Result<AttemptStart<'p>, E> {
        let mut credentials = self.credentials().await?;
        let permit = permit.await?;
        let expires = |credentials: &Credentials| credentials.expires_soon(clock::now());
        if permit.waited() && credentials.as_ref().is_some_and(expires) {
            credentials = self.credentials().await?;
        }
        Ok(AttemptStart { credentials, permit, last_reason })
    }

    /// The credentials of an attempt, if the operation is signed. They are requested for each
    /// attempt, because they may have expired since the last one.
    async fn credentials(&self) -> Result<Option<Credentials>, Cause> {
        if self.request.payload_hash.is_none() {
            return Ok(None);
        }
        let credentials = self.config.credentials().provide_credentials().await;
        credentials.map(Some).map_err(Cause::Credentials)
    }

    /// Makes one attempt. Returns the result and, if another attempt may help, the reason.
    async fn attempt(
        &mut self,
        summary: &mut AttemptSummary,
        retries: &mut Retries<'_>,
        start: AttemptStart<'_>,
        span: Span,
    ) -> (AttemptResult, Option<RetryReason>) {
        let AttemptStart { credentials, permit, last_reason } = start;
        let mut signed = match self.signed_request(summary.attempts + 1, credentials) {
            Ok(signed) => signed,
            Err(cause) => return (Err(cause), None),
        };
        if last_reason == Some(RetryReason::StaleConnection) {
            signed.request.extensions_mut().insert(NewConnection);
        }
        permit.consume();
        retries.attempt_made();
        summary.attempts += 1;
        let started = Stopwatch::start();
        let observed = ObservedAttempt::new(self.hooks, summary.attempts, started);
        let (result, reason) = self.send_signed(signed, started, span).await;
        self.update_send_rate(&result, reason);
        observed.end(&result);
        (result, reason)
    }

    /// Informs the rate limiter, if there is one, about the result of an attempt.
    fn update_send_rate(&self, result: &AttemptResult, reason: Option<RetryReason>) {
        let Some(limiter) = self.state.rate_limiter(self.config.retry()) else { return };
        if let Some(rate) = limiter.attempt_ended(feedback(result, reason)) {
            trace::throttled(rate);
        }
    }

    /// Sends the request of an attempt and reads the response. Returns the result and, if another
    /// attempt may help, the reason.
    async fn send_signed(
        &self,
        signed: SignedRequest,
        started: Stopwatch,
        span: Span,
    ) -> (AttemptResult, Option<RetryReason>) {
        let SignedRequest { request, time, correction } = signed;
        let mut response = match self.send(request).await {
            Ok(response) => response,
            Err(cause) => {
                if let Some(status) = cause.status() {
                    trace::record_response(&span, status, cause.request_id());
                }
                let reason = reason_of_cause(&cause);
                return (Err(cause), reason);
            }
        };
        trace::record_response(&span, response.status.as_u16(), response.request_id());
        if self.operation.signed
            && self.update_clock(&mut response, correction, time, started.elapsed())
        {
            return (Ok(response), Some(RetryReason::Clock));
        }
        let reason = reason_of_response(&response);
        (Ok(response), reason)
    }

    /// Builds the request of an attempt and signs it if the operation is signed. If the credentials
    /// belong to another account than the destination, the destination is replaced.
    fn signed_request(
        &mut self,
        attempt: u32,
        credentials: Option<Credentials>,
    ) -> Result<SignedRequest, Cause> {
        if let Some(credentials) = &credentials
            && let Some(destination) = self.route.change_account(credentials)?
        {
            self.destination = destination;
        }
        let request = self.request.for_attempt(attempt, &self.destination);
        let mut request = request.map_err(|error| Cause::Encode(error.into()))?;
        let correction = self.state.clock_skew.correction();
        let (Some(payload_hash), Some(credentials)) = (&self.request.payload_hash, credentials)
        else {
            self.hooks.before_signing(attempt, &mut request)?;
            self.hooks.before_sending(attempt, &mut request)?;
            return Ok(SignedRequest { request, time: clock::now(), correction });
        };
        self.hooks.before_signing(attempt, &mut request)?;
        let time = clock::now();
        let Destination { signing_region, signing_name, .. } = &*self.destination;
        let scope = Scope {
            region: signing_region,
            service: signing_name,
            time: clock_skew::corrected(time, correction),
        };
        let keys = Keys::from(&credentials);
        let (options, cache) = (SigningOptions::new(), Some(&self.state.signing_keys));
        sign_with_cache(&mut request, payload_hash, &keys, &scope, &options, cache)
            .map_err(|error| Cause::Sign(error.into()))?;
        self.hooks.before_sending(attempt, &mut request)?;
        Ok(SignedRequest { request, time, correction })
    }

    async fn send(&self, request: Request<RequestBody>) -> AttemptResult {
        let limit = self.config.timeouts().get_attempt();
        let work = self.config.transport().send_body(request);
        match within(TimeoutScope::Attempt, limit, work).await {
            Ok(Ok(response)) => Ok(ServiceResponse::new(response, self.operation)),
            Ok(Err(error)) => Err(Cause::Transport { error, host: self.destination.host() }),
            Err(reason) => Err(unfinished(reason, self.destination.host())),
        }
    }

    /// Compares the local clock with the service's clock if the service rejected a signature.
    /// Returns true if the next attempt will be signed with a different time.
    fn update_clock(
        &self,
        response: &mut ServiceResponse,
        correction: i64,
        sent: SystemTime,
        elapsed: Duration,
    ) -> bool {
        let Some(error) = &mut response.error else { return false };
        if !error.codes().any(may_be_clock_skew) {
            return false;
        }
        let date = response.headers.get(header::DATE).and_then(|date| date.to_str().ok());
        let Some(skew) = date.and_then(|date| clock_skew::measure(date, sent, elapsed)) else {
            return false;
        };
        let update = self.state.clock_skew.update(correction, skew);
        if update == ClockUpdate::Corrected {
            trace::clock_corrected(skew);
        }
        if update == ClockUpdate::Unchanged {
            return false;
        }
        // Even if no further attempt is allowed, the caller then sees that the error is retryable.
        error.class = ErrorClass::Transient;
        true
    }
}

impl From<Cause> for NotStarted {
    fn from(cause: Cause) -> Self {
        Self::Failed(cause)
    }
}

impl From<NotRetried> for NotStarted {
    fn from(reason: NotRetried) -> Self {
        Self::NotRetried(Some(reason))
    }
}

/// The cause of a call or an attempt that did not finish.
pub(crate) fn unfinished(reason: Unfinished, host: String) -> Cause {
    match reason {
        Unfinished::TimedOut(error) => Cause::Timeout { error, host },
        Unfinished::NoTimers(missing) => {
            let problem = format!("a timeout is set, but {missing}");
            let error = TransportError::new(TransportErrorKind::Unusable, problem);
            Cause::Transport { error, host }
        }
    }
}

/// The cause of a call that cannot wait for the permit of its first attempt.
fn no_permit(reason: NoPermit, host: String) -> Cause {
    let problem = format!("the adaptive retry mode has to delay the request, but {reason}");
    let error = TransportError::new(TransportErrorKind::Unusable, problem);
    Cause::Transport { error, host }
}

fn reason_of_response(response: &ServiceResponse) -> Option<RetryReason> {
    match response.error.as_ref()?.class {
        ErrorClass::Permanent => None,
        ErrorClass::Transient => Some(RetryReason::Server),
        ErrorClass::Throttling => Some(RetryReason::Throttling),
    }
}

fn reason_of_cause(cause: &Cause) -> Option<RetryReason> {
    match cause {
        Cause::Timeout { .. } => Some(RetryReason::Timeout),
        Cause::Transport { error, .. } if !error.is_retryable() => None,
        Cause::Transport { error, .. } if error.is_timeout() => Some(RetryReason::Timeout),
        Cause::Transport { error, .. } if error.kind() == TransportErrorKind::StaleConnection => {
            Some(RetryReason::StaleConnection)
        }
        Cause::Transport { .. } => Some(RetryReason::Connection),
        _ => None,
    }
}

/// What the result of an attempt means for the send rate.
fn feedback(result: &AttemptResult, reason: Option<RetryReason>) -> Feedback {
    match result {
        _ if reason == Some(RetryReason::Throttling) => Feedback::Throttling,
        Ok(response) if response.error.is_none() => Feedback::Success,
        _ => Feedback::OtherFailure,
    }
}

/// The delay that the service requests.
fn retry_after(result: &AttemptResult) -> Option<Duration> {
    let value = result.as_ref().ok()?.headers.get("x-amz-retry-after")?;
    parse_retry_after(value.as_bytes())
}
