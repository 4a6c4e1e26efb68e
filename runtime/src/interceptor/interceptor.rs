//! The trait of interceptors.

use std::fmt;
use std::sync::Arc;

use crate::http::box_error::BoxError;
use crate::interceptor::attempt::{AttemptEnd, AttemptRequest};
use crate::interceptor::call::{CallEnd, CallInfo};

/// The result of a hook that can end its call.
pub type HookResult = Result<(), BoxError>;

/// Observes the calls of a client, and can add headers to their requests.
///
/// Implement the hooks that you need, and pass the interceptor to
/// [`ConfigBuilder::interceptor`](crate::ConfigBuilder::interceptor). The default implementations do
/// nothing. A later version may add hooks, which will have default implementations as well.
///
/// # Order
/// The hooks of a call are:
///
/// 1. [`call_started`](Self::call_started)
/// 2. for each attempt, [`before_signing`](Self::before_signing),
///    [`before_sending`](Self::before_sending) and [`attempt_ended`](Self::attempt_ended)
/// 3. [`call_ended`](Self::call_ended)
///
/// If there are several interceptors, each hook is called for all of them, in the order in which
/// they were added to the configuration, before the next hook is called.
///
/// Hooks run on the thread that polls the call, so they must not block. Calls run concurrently;
/// hooks of the same call have the same [`CallInfo::id`].
///
/// # Errors and panics
/// If one of the first three hooks returns an error, the call ends with an error of kind
/// [`Interceptor`](crate::ErrorKind::Interceptor). The attempt is not sent, and the call is not
/// retried. The last two hooks only observe.
///
/// A panic in a hook propagates to the code that made the call. No other hook of this call is
/// called, and nothing more is sent. Hooks are also not called for calls that are dropped while
/// their thread unwinds because of any other panic.
///
/// # Secrets
/// A hook has no access to credentials, signatures, bodies, paths, queries, or headers that may
/// hold a secret; see [`Headers`](crate::intercept::Headers). An interceptor cannot change or
/// remove what a request already contains.
///
/// # Calls without hooks
/// No hooks are called for requests of the default credential chain, for example to STS or to the
/// instance metadata service.
///
/// ```
/// use longshore_runtime::intercept::{AttemptRequest, CallEnd, HookResult, Interceptor, Outcome};
///
/// /// Adds a header to every request, and prints how calls end.
/// #[derive(Debug)]
/// struct Tenant(&'static str);
///
/// impl Interceptor for Tenant {
///     fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
///         Ok(attempt.add_header("x-tenant", self.0)?)
///     }
///
///     fn call_ended(&self, end: &CallEnd<'_>) {
///         let (operation, duration) = (end.call().operation(), end.duration());
///         match end.outcome() {
///             Outcome::Failure(failure) => {
///                 println!("{operation} failed after {duration:?}: {:?}", failure.code());
///             }
///             _ => println!("{operation} took {duration:?}"),
///         }
///     }
/// }
///
/// let config = longshore_runtime::Config::builder().interceptor(Tenant("blue")).build();
/// # let _ = config;
/// ```
pub trait Interceptor: fmt::Debug + Send + Sync + 'static {
    /// Called when a call starts, after its request was encoded.
    ///
    /// # Errors
    /// An error ends the call before anything is sent. Interceptors that were added later are not
    /// called.
    fn call_started(&self, call: &CallInfo<'_>) -> HookResult {
        let _ = call;
        Ok(())
    }

    /// Called for each attempt before its request is signed. Headers that are added here are
    /// covered by the signature, except those that are never signed, such as `x-amzn-trace-id`.
    /// This hook is also called for unsigned operations. In the adaptive retry mode, it is called
    /// after the wait for the rate limit.
    ///
    /// # Errors
    /// An error ends the call, and the attempt is not sent.
    fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        let _ = attempt;
        Ok(())
    }

    /// Called for each attempt after its request was signed and before it is sent. Headers that are
    /// added here are not covered by the signature.
    ///
    /// # Errors
    /// An error ends the call, and the attempt is not sent.
    fn before_sending(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        let _ = attempt;
        Ok(())
    }

    /// Called exactly once for each attempt that was sent: after the response or the failure of the
    /// transport, or when the attempt is canceled. The decision whether to retry is made afterward.
    fn attempt_ended(&self, end: &AttemptEnd<'_>) {
        let _ = end;
    }

    /// Called exactly once for each call whose [`call_started`](Self::call_started) was called:
    /// after the response was decoded, after an error, or when the call is canceled.
    fn call_ended(&self, end: &CallEnd<'_>) {
        let _ = end;
    }
}

/// Allows sharing an interceptor, for example with code that reads its counters.
impl<T: Interceptor + ?Sized> Interceptor for Arc<T> {
    fn call_started(&self, call: &CallInfo<'_>) -> HookResult {
        T::call_started(self, call)
    }

    fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        T::before_signing(self, attempt)
    }

    fn before_sending(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        T::before_sending(self, attempt)
    }

    fn attempt_ended(&self, end: &AttemptEnd<'_>) {
        T::attempt_ended(self, end);
    }

    fn call_ended(&self, end: &CallEnd<'_>) {
        T::call_ended(self, end);
    }
}
