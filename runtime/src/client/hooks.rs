//! Calls the hooks of interceptors.
//!
//! Without interceptors, nothing here allocates or makes a virtual call.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use http::Request;

use crate::client::attempt_summary::AttemptSummary;
use crate::client::error::cause::Cause;
use crate::client::operation_info::OperationInfo;
use crate::client::response::service_response::ServiceResponse;
use crate::clock::Stopwatch;
use crate::interceptor::attempt::{AttemptEnd, AttemptRequest};
use crate::interceptor::call::{CallEnd, CallInfo};
use crate::interceptor::headers::Headers;
use crate::interceptor::interceptor::{HookResult, Interceptor};
use crate::interceptor::outcome::Outcome;
use crate::{Config, RequestBody};

/// The interceptors of a call, and the data that identifies the call.
#[derive(Clone, Copy)]
pub(crate) struct Hooks<'a> {
    interceptors: &'a [Arc<dyn Interceptor>],
    config: &'a Config,
    operation: &'static OperationInfo,
    id: u64,
}

/// A hook for the request of an attempt.
type RequestHook = fn(&dyn Interceptor, &mut AttemptRequest<'_>) -> HookResult;

impl<'a> Hooks<'a> {
    fn new(config: &'a Config, operation: &'static OperationInfo) -> Self {
        static CALLS: AtomicU64 = AtomicU64::new(0);
        let interceptors = config.interceptors();
        let id = if interceptors.is_empty() { 0 } else { CALLS.fetch_add(1, Ordering::Relaxed) };
        Self { interceptors, config, operation, id }
    }

    fn call(&self) -> CallInfo<'a> {
        let OperationInfo { service, name, .. } = *self.operation;
        CallInfo { id: self.id, service: service.id, operation: name, region: self.config.region() }
    }

    pub(crate) fn before_signing(
        &self,
        number: u32,
        request: &mut Request<RequestBody>,
    ) -> Result<(), Cause> {
        let hook: RequestHook = |interceptor, attempt| interceptor.before_signing(attempt);
        self.before(number, request, ("before_signing", hook))
    }

    pub(crate) fn before_sending(
        &self,
        number: u32,
        request: &mut Request<RequestBody>,
    ) -> Result<(), Cause> {
        let hook: RequestHook = |interceptor, attempt| interceptor.before_sending(attempt);
        self.before(number, request, ("before_sending", hook))
    }

    fn before(
        &self,
        number: u32,
        request: &mut Request<RequestBody>,
        (hook, run): (&'static str, RequestHook),
    ) -> Result<(), Cause> {
        if self.interceptors.is_empty() {
            return Ok(());
        }
        let mut attempt = AttemptRequest { call: self.call(), number, request };
        let mut interceptors = self.interceptors.iter();
        let result = interceptors.try_for_each(|interceptor| run(&**interceptor, &mut attempt));
        result.map_err(|error| Cause::Interceptor { hook, error })
    }
}

/// A call whose end is reported to its interceptors, even if it is canceled.
pub(crate) struct ObservedCall<'a> {
    pub(crate) hooks: Hooks<'a>,
    pub(crate) summary: AttemptSummary,
    pub(crate) started: Stopwatch,
    /// The number of interceptors whose `call_started` was called, but not yet `call_ended`.
    observers: usize,
}

impl<'a> ObservedCall<'a> {
    pub(crate) fn new(config: &'a Config, operation: &'static OperationInfo) -> Self {
        let (hooks, summary) = (Hooks::new(config, operation), AttemptSummary::default());
        Self { hooks, summary, started: Stopwatch::start(), observers: 0 }
    }

    /// Calls the hooks for the start of the call.
    pub(crate) fn start(&mut self) -> Result<(), Cause> {
        for interceptor in self.hooks.interceptors {
            self.observers += 1;
            let result = interceptor.call_started(&self.hooks.call());
            result.map_err(|error| Cause::Interceptor { hook: "call_started", error })?;
        }
        Ok(())
    }

    /// Calls the hooks for the end of the call.
    pub(crate) fn end(mut self, error: Option<&Cause>) {
        self.report(error.map_or(Outcome::Success, |cause| Outcome::Failure(cause.failure())));
    }

    fn report(&mut self, outcome: Outcome<'_>) {
        let observers = std::mem::take(&mut self.observers);
        if observers == 0 {
            return;
        }
        let (attempts, duration) = (self.summary.attempts, self.started.elapsed());
        let end = CallEnd { call: self.hooks.call(), attempts, duration, outcome };
        for interceptor in &self.hooks.interceptors[..observers] {
            interceptor.call_ended(&end);
        }
    }
}

impl Drop for ObservedCall<'_> {
    fn drop(&mut self) {
        // If a hook panicked during unwinding, the program would abort.
        if !thread::panicking() {
            self.report(Outcome::Canceled);
        }
    }
}

/// An attempt whose end is reported to the interceptors, even if it is canceled.
pub(crate) struct ObservedAttempt<'a> {
    hooks: Hooks<'a>,
    number: u32,
    started: Stopwatch,
    ended: bool,
}

impl<'a> ObservedAttempt<'a> {
    pub(crate) fn new(hooks: Hooks<'a>, number: u32, started: Stopwatch) -> Self {
        Self { hooks, number, started, ended: hooks.interceptors.is_empty() }
    }

    /// Calls the hooks for the end of the attempt.
    pub(crate) fn end(mut self, result: &Result<ServiceResponse, Cause>) {
        if self.ended {
            return;
        }
        let end = self.canceled();
        let end = match result {
            Ok(response) => AttemptEnd {
                status: Some(response.status.as_u16()),
                request_id: response.request_id(),
                headers: Some(self.headers(response)),
                outcome: response
                    .error
                    .as_ref()
                    .map_or(Outcome::Success, |error| Outcome::Failure(error.failure())),
                ..end
            },
            Err(cause) => AttemptEnd {
                status: cause.status(),
                request_id: cause.request_id(),
                outcome: Outcome::Failure(cause.failure()),
                ..end
            },
        };
        self.report(&end);
    }

    fn headers<'r>(&self, response: &'r ServiceResponse) -> Headers<'r> {
        let hidden = self.hooks.operation.hidden_members(response.error.is_some());
        Headers::new(&response.headers, hidden)
    }

    /// Describes the attempt as canceled, without a response.
    fn canceled<'e>(&self) -> AttemptEnd<'e>
    where
        'a: 'e,
    {
        AttemptEnd {
            call: self.hooks.call(),
            number: self.number,
            duration: self.started.elapsed(),
            status: None,
            request_id: None,
            headers: None,
            outcome: Outcome::Canceled,
        }
    }

    fn report(&mut self, end: &AttemptEnd<'_>) {
        self.ended = true;
        self.hooks.interceptors.iter().for_each(|interceptor| interceptor.attempt_ended(end));
    }
}

impl Drop for ObservedAttempt<'_> {
    fn drop(&mut self) {
        // If a hook panicked during unwinding, the program would abort.
        if !self.ended && !thread::panicking() {
            self.report(&self.canceled());
        }
    }
}
