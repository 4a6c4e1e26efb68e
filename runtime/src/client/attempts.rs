//! The middle of a call: its attempts, one after the other, until one is what the call ends with.
//!
//! None of it is generic. Whether there is another attempt is decided in
//! `retry`, and what an error means in `error_class`; here is the order in which things happen.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::{Request, header};
use tokio::runtime::Handle;
use tokio::time::Instant;
use tracing::{Instrument, Span};

use crate::client::answer::Answer;
use crate::client::call::{Call, Effort, Message, Outcome};
use crate::client::clock_skew::{self, Learnt};
use crate::client::destination::Destination;
use crate::client::error::cause::Cause;
use crate::client::error::timeout_error::{Ended, Limited, within};
use crate::client::request::Prepared;
use crate::client::retry::{self, GivenUp, Next, Reason, Retries};
use crate::client::trace;
use crate::http::transport::BoxFuture;
use crate::protocol::compression::compress;
use crate::protocol::error_class::{ErrorClass, may_be_the_clock};
use crate::sigv4::sign::{Scope, sign};
use crate::{Client, ConfigError, EndpointContext, TransportError, TransportErrorKind};

/// The part of a call that is the same for all operations.
pub(crate) async fn exchange(
    client: &Client,
    call: &'static Call,
    message: Message<'_>,
) -> Outcome {
    let mut effort = Effort::default();
    let limit = client.config.timeouts().operation();
    let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
    let named = client.config.region();
    let span = trace::call(call, named);
    let work = async {
        let Message { body, context, host_prefix } = message;
        let mut destination = destination(client, call, context).await.map_err(Cause::Config)?;
        if named.is_none() {
            trace::found(&span, client.config.region());
        }
        if let Some(prefix) = host_prefix {
            let prefixed = destination.with_prefix(&prefix).map_err(Cause::Config)?;
            destination = Arc::new(prefixed);
        }
        let prepared = prepare(client, call, &destination, body)?;
        attempts(client, call, &destination, &prepared, deadline, &mut effort).await
    };
    // In a box of its own, so that nobody's future grows by it and none of it is moved again.
    let work: BoxFuture<'_, _> = Box::pin(work.instrument(span.clone()));
    let result = match within(Limited::Operation, limit, work).await {
        Ok(result) => result,
        Err(ended) => Err(unfinished(ended, String::new)),
    };
    Outcome { effort, result }
}

async fn attempts(
    client: &Client,
    call: &'static Call,
    destination: &Destination,
    prepared: &Prepared,
    deadline: Option<Instant>,
    effort: &mut Effort,
) -> Result<Answer, Cause> {
    let mut retries = Retries::new(client.config.retry(), &client.learnt.tokens);
    loop {
        let span = trace::attempt(effort.attempts + 1);
        let attempt = attempt(client, call, destination, prepared, effort, span.clone());
        let (result, reason) = attempt.instrument(span).await;
        let Some(reason) = reason else {
            if result.as_ref().is_ok_and(|answer| answer.failure.is_none()) {
                retries.succeeded();
            }
            return result;
        };
        let left = deadline.map(|deadline| deadline.duration_since(Instant::now()));
        match retries.next(reason, asked(&result), left, fastrand::f64()) {
            Next::After(delay) if can_wait(delay) => {
                trace::retry(effort.attempts + 1, reason, delay);
                wait(delay).await;
            }
            Next::After(_) => {
                effort.given_up = Some(GivenUp::Runtime);
                return result;
            }
            Next::End(given_up) => {
                effort.given_up = given_up;
                return result;
            }
        }
    }
}

/// Where the attempts go. A region that nobody has named is found out, unless the call needs none:
/// it has no signature and its endpoint has no region.
async fn destination(
    client: &Client,
    call: &'static Call,
    context: EndpointContext<'_>,
) -> Result<Arc<Destination>, ConfigError> {
    let (config, all) = (&client.config, &client.learnt.destinations);
    if !call.signed && config.region().is_none() {
        match all.find(config, call.service, context.clone(), false) {
            Err(ConfigError::MissingRegion { .. }) => {}
            found => return found,
        }
    }
    config.find_region().await?;
    all.find(config, call.service, context, call.signed)
}

/// What is the same for all attempts.
fn prepare(
    client: &Client,
    call: &'static Call,
    destination: &Destination,
    body: Bytes,
) -> Result<Prepared, Cause> {
    let body = compress(body, call.compression, &client.config).map_err(Cause::Config)?;
    let most = client.config.retry().max_attempts();
    let prepared = Prepared::new(call, destination, body, most);
    prepared.map_err(|error| Cause::Sign(error.into()))
}

/// One attempt, and why it may be worth another one.
async fn attempt(
    client: &Client,
    call: &'static Call,
    destination: &Destination,
    prepared: &Prepared,
    effort: &mut Effort,
    span: Span,
) -> (Result<Answer, Cause>, Option<Reason>) {
    let correction = client.learnt.skew.correction();
    let (request, now) = match signed(client, destination, prepared, effort, correction).await {
        Ok(signed) => signed,
        Err(cause) => return (Err(cause), None),
    };
    effort.attempts += 1;
    let started = std::time::Instant::now();
    let mut answer = match send(client, call, destination, request).await {
        Ok(answer) => answer,
        Err(cause) => {
            if let Cause::Transport { error, .. } = &cause
                && let Some(status) = error.status()
            {
                trace::answered(&span, status, error.request_id());
            }
            let reason = reason_of_cause(&cause);
            return (Err(cause), reason);
        }
    };
    trace::answered(&span, answer.status.as_u16(), answer.request_id.as_deref());
    if call.signed && learn_time(client, &mut answer, correction, now, started.elapsed()) {
        return (Ok(answer), Some(Reason::Clock));
    }
    let reason = reason_of_answer(&answer);
    (Ok(answer), reason)
}

/// The request of the next attempt, signed if it is to be, and the time of this machine then.
/// Credentials may have expired since the last attempt, so they are asked for each time.
async fn signed(
    client: &Client,
    destination: &Destination,
    prepared: &Prepared,
    effort: &Effort,
    correction: i64,
) -> Result<(Request<Bytes>, SystemTime), Cause> {
    let request = prepared.attempt(effort.attempts + 1);
    let mut request = request.map_err(|error| Cause::Sign(error.into()))?;
    let Some(payload_hash) = &prepared.payload_hash else {
        return Ok((request, SystemTime::now()));
    };
    let provider = client.config.credentials();
    let credentials = provider.provide_credentials().await.map_err(Cause::Credentials)?;
    let now = SystemTime::now();
    let time = clock_skew::corrected(now, correction);
    let Destination { signing_region: region, signing_name, .. } = destination;
    let scope = Scope { region, service: signing_name, time };
    sign(&mut request, payload_hash, credentials, &scope).map_err(Cause::Sign)?;
    Ok((request, now))
}

async fn send(
    client: &Client,
    call: &'static Call,
    destination: &Destination,
    request: Request<Bytes>,
) -> Result<Answer, Cause> {
    let limit = client.config.timeouts().attempt();
    let work = client.config.transport().send(request);
    match within(Limited::Attempt, limit, work).await {
        Ok(Ok(response)) => Ok(Answer::new(response, call)),
        Ok(Err(error)) => Err(Cause::Transport { error, host: destination.host() }),
        Err(ended) => Err(unfinished(ended, || destination.host())),
    }
}

/// The cause of a call that a limit has ended, or that could not have one.
fn unfinished(ended: Ended, host: impl FnOnce() -> String) -> Cause {
    match ended {
        Ended::Late(error) => Cause::Timeout { error, host: host() },
        Ended::NoRuntime => {
            let problem = "there is no tokio runtime here, which a limit of time needs";
            let error = TransportError::new(TransportErrorKind::Unusable, problem);
            Cause::Transport { error, host: host() }
        }
    }
}

/// Compares clocks where a signature was refused. Tells whether the next one has another time.
fn learn_time(
    client: &Client,
    answer: &mut Answer,
    used: i64,
    sent: SystemTime,
    took: Duration,
) -> bool {
    let Some(failure) = &mut answer.failure else { return false };
    if !failure.codes().any(may_be_the_clock) {
        return false;
    }
    let date = answer.headers.get(header::DATE).and_then(|date| date.to_str().ok());
    let Some(measured) = date.and_then(|date| clock_skew::measure(date, sent, took)) else {
        return false;
    };
    let learnt = client.learnt.skew.learn(used, measured);
    if learnt == Learnt::First {
        trace::clock(measured);
    }
    if learnt != Learnt::Nothing {
        // Also for whoever gets to see the error, because no further attempt is allowed.
        failure.class = ErrorClass::Transient;
    }
    learnt != Learnt::Nothing
}

fn reason_of_answer(answer: &Answer) -> Option<Reason> {
    match answer.failure.as_ref()?.class {
        ErrorClass::Final => None,
        ErrorClass::Transient => Some(Reason::Server),
        ErrorClass::Throttling => Some(Reason::Throttling),
    }
}

fn reason_of_cause(cause: &Cause) -> Option<Reason> {
    match cause {
        Cause::Timeout { .. } => Some(Reason::Timeout),
        Cause::Transport { error, .. } if !error.is_retryable() => None,
        Cause::Transport { error, .. } if error.is_timeout() => Some(Reason::Timeout),
        Cause::Transport { .. } => Some(Reason::Connection),
        _ => None,
    }
}

/// The delay that a service asks for.
fn asked(result: &Result<Answer, Cause>) -> Option<Duration> {
    let value = result.as_ref().ok()?.headers.get("x-amz-retry-after")?;
    retry::asked(value.as_bytes())
}

/// Timers are the runtime's. A transport of one's own may work without one.
fn can_wait(delay: Duration) -> bool {
    delay.is_zero() || Handle::try_current().is_ok()
}

async fn wait(delay: Duration) {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
}

#[cfg(test)]
#[path = "attempts_tests.rs"]
mod tests;
