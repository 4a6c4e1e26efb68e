//! What a call can end with, other than its answer.
//!
//! One type for all operations, generic only over the operation's own exceptions, and as small as
//! a pointer, because it is in the `Result` of every call.

pub(crate) mod cause;
pub(crate) mod decode_error;
pub(crate) mod timeout_error;

use std::fmt::{self, Write};

use crate::client::answer::Failure;
use crate::client::call::Effort;
use crate::client::error::cause::Cause;
use crate::display::one_line::{Clipped, OneLine};
use crate::protocol::error_class::ErrorClass;
use crate::{ErrorKind, OperationError};

/// A call that failed. `E` is the error enum of the operation.
///
/// `Display` is one line with the operation, what happened and, where a service answered, the
/// code, the message, the status and the request's identifier, and the number of attempts where
/// there were several. It is the whole story: the causes are in it, each of them once.
/// [`source`](std::error::Error::source) gives the same causes as values, for those who look for
/// one by its type; a report that prints an error and then all of its sources says them again.
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    operation: &'static str,
    effort: Effort,
    cause: Cause,
    service: Option<E>,
}

impl<E> Error<E> {
    pub(crate) fn new(operation: &'static str, effort: Effort, cause: Cause) -> Self {
        Self(Box::new(Inner { operation, effort, cause, service: None }))
    }

    pub(crate) fn from_service(
        operation: &'static str,
        effort: Effort,
        failure: Failure,
        error: E,
    ) -> Self {
        let cause = Cause::Service(failure);
        Self(Box::new(Inner { operation, effort, cause, service: Some(error) }))
    }

    /// An error as a service would answer it, for tests of code that handles errors. Code and message
    /// are those of `error`, and it was the first attempt.
    ///
    /// ```
    /// # use longshore_runtime::{Error, OperationError, Unmodelled};
    /// # #[derive(Debug)]
    /// # enum PutImageError { Unmodelled(Unmodelled) }
    /// # longshore_runtime::operation_error!(PutImageError, Unmodelled, {});
    /// let mut answer = Unmodelled::new(400);
    /// answer.code = Some("ThrottlingException".to_owned());
    /// let error = Error::service_error("PutImage", 400, PutImageError::Unmodelled(answer));
    /// assert!(error.is_throttling());
    /// assert_eq!(error.to_string(), "PutImage: ThrottlingException (status 400)");
    /// ```
    #[must_use]
    pub fn service_error(operation: &'static str, status: u16, error: E) -> Self
    where
        E: OperationError,
    {
        let failure = Failure {
            status,
            request_id: None,
            code: error.code().map(str::to_owned),
            kind: None,
            message: error.message().map(str::to_owned),
            class: ErrorClass::of(error.code(), status, E::RETRYABLE),
            said: true,
        };
        Self::from_service(operation, Effort::once(), failure.discreet(&error), error)
    }

    /// Where in the call the error happened.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.cause.kind()
    }

    /// The operation's name, `PutImage`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// How many times the request was sent; none where it did not come to that.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.effort.attempts
    }

    /// The error of the service, where one answered with an error.
    #[must_use]
    pub fn service(&self) -> Option<&E> {
        self.0.service.as_ref()
    }

    /// The error of the service, taken out.
    #[must_use]
    pub fn into_service(self) -> Option<E> {
        self.0.service
    }

    /// The error code of the service. A service that once spoke the query protocol may name the same
    /// exception by several codes; this is the one it has said.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.cause.failure()?.code.as_deref()
    }

    /// All that the service has called the error.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.cause.failure().into_iter().flat_map(Failure::codes)
    }

    /// The message of the service.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.cause.failure()?.message.as_deref()
    }

    /// The HTTP status of the answer, where one began.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.0.cause {
            Cause::Service(failure) => Some(failure.status),
            Cause::Decode(error) => Some(error.status),
            Cause::Transport { error, .. } => error.status(),
            _ => None,
        }
    }

    /// The identifier of the request at the service, where there was an answer that names it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.cause {
            Cause::Service(failure) => failure.request_id.as_deref(),
            Cause::Decode(error) => error.request_id.as_deref(),
            Cause::Transport { error, .. } => error.request_id(),
            _ => None,
        }
    }

    /// Whether the same call may succeed when it is made again. It has been made again already, as
    /// often as the configuration of retries says.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0.cause {
            Cause::Transport { error, .. } => error.is_retryable(),
            Cause::Service(failure) => failure.class != ErrorClass::Final,
            Cause::Timeout { .. } => true,
            _ => false,
        }
    }

    /// Whether the service said that there were too many requests.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.0.cause.failure().is_some_and(|failure| failure.class == ErrorClass::Throttling)
    }

    /// Whether the call ended because a limit of time passed: for the whole of it, for its last
    /// attempt, for a connection or for bytes to come.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match &self.0.cause {
            Cause::Timeout { .. } => true,
            Cause::Transport { error, .. } => error.is_timeout(),
            _ => false,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine(f);
        write!(line, "{}: ", self.0.operation)?;
        if let Some(error) = &self.0.service {
            write!(line, "{error}")?;
        }
        if let Some(message) = self.0.cause.failure().and_then(Failure::unsaid) {
            write!(line, ": {}", Clipped(message))?;
        }
        self.0.cause.fmt(&mut line)?;
        self.0.effort.fmt(&mut line)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.effort.attempts)
            .field("cause", &self.0.cause)
            .field("service", &self.0.service)
            .finish()
    }
}

/// The source of a service's error is the exception itself, that of any other error its typed cause.
impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.service {
            Some(error) => error.source(),
            None => self.0.cause.source(),
        }
    }
}
