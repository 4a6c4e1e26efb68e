//! The error of a call.
//!
//! There is one type for all operations, generic only over the exceptions of the operation. It has
//! the size of a pointer, because it is in the `Result` of every call.

pub(crate) mod cause;
pub(crate) mod decode_error;
pub(crate) mod print;
pub(crate) mod service_error;
pub(crate) mod timeout_error;

use std::fmt::{self, Write};

use crate::client::attempt_summary::AttemptSummary;
use crate::client::error::cause::Cause;
use crate::client::response::error_response::ErrorResponse;
use crate::display::error_chain;
use crate::display::one_line::{Clipped, OneLine};
use crate::protocol::error_class::ErrorClass;
use crate::{ErrorKind, OperationError, TransportError};

/// A call that failed. `E` is the error enum of the operation.
///
/// `Display` prints one line: the operation and what happened, including all causes. If the service
/// responded, the line also has the error code, the message, the status and the request ID, and if
/// there were several attempts, their number. Because the line is complete,
/// [`source`](std::error::Error::source) returns `None`: a report that prints an error with all of
/// its sources, such as that of `anyhow`, prints nothing twice. To inspect a cause, use
/// [`cause`](Self::cause) or [`find_cause`](Self::find_cause).
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    operation: &'static str,
    summary: AttemptSummary,
    cause: Cause,
    exception: Option<E>,
}

impl<E> Error<E> {
    pub(crate) fn new(operation: &'static str, summary: AttemptSummary, cause: Cause) -> Self {
        Self(Box::new(Inner { operation, summary, cause, exception: None }))
    }

    /// Creates the error of a call that could not be made.
    pub(crate) fn not_sent(operation: &'static str, error: TransportError) -> Self {
        let cause = Cause::Transport { error, host: String::new() };
        Self::new(operation, AttemptSummary::default(), cause)
    }

    pub(crate) fn from_service(
        operation: &'static str,
        summary: AttemptSummary,
        response: ErrorResponse,
        exception: E,
    ) -> Self {
        let cause = Cause::Service(response);
        Self(Box::new(Inner { operation, summary, cause, exception: Some(exception) }))
    }

    /// Creates the error of a call whose first attempt failed with `error`, for tests of code that
    /// handles errors.
    ///
    /// ```
    /// # use longshore_runtime::{Error, OperationError, Unmodeled};
    /// # enum PutImageError { Unmodeled(Unmodeled) }
    /// # longshore_runtime::operation_error!(PutImageError, Unmodeled, {});
    /// let mut response = Unmodeled::new(400);
    /// response.code = Some("ThrottlingException".to_owned());
    /// let error = Error::service_error("PutImage", 400, PutImageError::Unmodeled(response));
    /// assert!(error.is_throttling());
    /// assert_eq!(error.to_string(), "PutImage: ThrottlingException (status 400)");
    /// ```
    #[must_use]
    pub fn service_error(operation: &'static str, status: u16, error: E) -> Self
    where
        E: OperationError,
    {
        let response = ErrorResponse {
            status,
            request_id: None,
            code: error.code().map(str::to_owned),
            json_code: None,
            message: error.message().map(str::to_owned),
            class: ErrorClass::of(error.code(), status, E::RETRYABLE),
            message_in_exception: true,
        };
        let response = response.without_secrets(&error);
        Self::from_service(operation, AttemptSummary::one_attempt(), response, error)
    }

    /// The stage of the call at which the error happened.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.cause.kind()
    }

    /// The operation's name, `PutImage`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// How many times the request was sent; 0 if the call failed before that.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.summary.attempts
    }

    /// The exception, if the service returned an error.
    #[must_use]
    pub fn service(&self) -> Option<&E> {
        self.0.exception.as_ref()
    }

    /// Returns the exception, if the service returned an error.
    #[must_use]
    pub fn into_service(self) -> Option<E> {
        self.0.exception
    }

    /// Converts the exception.
    pub(crate) fn map_service<X>(self, convert: impl FnOnce(E) -> X) -> Error<X> {
        let Inner { operation, summary, cause, exception } = *self.0;
        let exception = exception.map(convert);
        Error(Box::new(Inner { operation, summary, cause, exception }))
    }

    /// The cause, without the exception.
    pub(crate) fn untyped_cause(&self) -> &Cause {
        &self.0.cause
    }

    /// The cause as a value. Its type depends on the [`kind`](Self::kind): a
    /// [`ConfigError`](crate::ConfigError), a [`TransportError`](crate::TransportError) or the
    /// error of another step of the call. If the service returned an error, the cause is the
    /// structure of the exception or an [`Unmodeled`](crate::Unmodeled).
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn std::error::Error + 'static)>
    where
        E: OperationError,
    {
        match &self.0.exception {
            Some(exception) => Some(exception.exception()),
            None => self.0.cause.error(),
        }
    }

    /// Returns the [`cause`](Self::cause) and its sources, outermost first, including errors
    /// wrapped in an [`io::Error`](std::io::Error).
    ///
    /// ```
    /// # use longshore_runtime::{Error, OperationError};
    /// # fn example<E: OperationError>(error: &Error<E>) {
    /// for cause in error.causes() {
    ///     eprintln!("caused by: {cause}");
    /// }
    /// # }
    /// ```
    pub fn causes(&self) -> impl Iterator<Item = &(dyn std::error::Error + 'static)>
    where
        E: OperationError,
    {
        error_chain::errors(self.cause())
    }

    /// Finds an error by its type among the [`causes`](Self::causes).
    ///
    /// ```
    /// # use longshore_runtime::{Error, OperationError};
    /// # fn example<E: OperationError>(error: &Error<E>) -> bool {
    /// use std::io;
    ///
    /// let io_error = error.find_cause::<io::Error>();
    /// io_error.is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
    /// # }
    /// ```
    #[must_use]
    pub fn find_cause<T: std::error::Error + 'static>(&self) -> Option<&T>
    where
        E: OperationError,
    {
        self.causes().find_map(|error| error.downcast_ref())
    }

    /// The error code that the service returned. A service that previously used the query protocol
    /// may use several codes for one exception.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.cause.error_response()?.code.as_deref()
    }

    /// All error codes that the service returned.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.cause.error_response().into_iter().flat_map(ErrorResponse::codes)
    }

    /// The error message of the service.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.cause.error_response()?.message.as_deref()
    }

    /// The HTTP status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.cause.status()
    }

    /// The request ID, if there was a response that has one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.cause.request_id()
    }

    /// Returns true if the same call may succeed later. The client has already retried it as often
    /// as the configuration allows.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.cause.is_retryable()
    }

    /// Returns true if the service rejected the request because there were too many requests.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        let response = self.0.cause.error_response();
        response.is_some_and(|response| response.class == ErrorClass::Throttling)
    }

    /// Returns true if a time limit was exceeded: that of the call, of its last attempt, for
    /// connecting or for reading.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.cause.is_timeout()
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine(f);
        write!(line, "{}: ", self.0.operation)?;
        if let Some(exception) = &self.0.exception {
            write!(line, "{exception}")?;
        }
        if let Some(message) =
            self.0.cause.error_response().and_then(ErrorResponse::unprinted_message)
        {
            write!(line, ": {}", Clipped(message))?;
        }
        self.0.cause.fmt(&mut line)?;
        self.0.summary.fmt(&mut line)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.summary.attempts)
            .field("cause", &self.0.cause)
            .field("service", &self.0.exception)
            .finish()
    }
}

/// There is no source, because the text of the error contains its causes.
impl<E: std::error::Error> std::error::Error for Error<E> {}
