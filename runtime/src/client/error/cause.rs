//! The cause of a failed call, other than an exception of its operation, and its text on one line.
//!
//! Nothing here is generic, so it is compiled only once.

use std::fmt::{self, Write};

use crate::client::error::print;
use crate::client::error::timeout_error::TimeoutScope;
use crate::client::response::error_response::ErrorResponse;
use crate::display::error_chain::messages;
use crate::display::one_line::OneLine;
use crate::http::box_error::BoxError;
use crate::interceptor::error_kind::ErrorKind;
use crate::interceptor::outcome::Failure;
use crate::protocol::error_class::ErrorClass;
use crate::random::NoRandomness;
use crate::{
    ConfigError, CredentialsError, DecodeError, TimeoutError, TransportError, ValidationError,
};

/// Why a call failed. The exception of the operation is not part of it.
#[derive(Debug)]
pub(crate) enum Cause {
    Config(ConfigError),
    Credentials(CredentialsError),
    Validation(ValidationError),
    Encode(BoxError),
    Sign(BoxError),
    Transport {
        error: TransportError,
        host: String,
    },
    Decode(DecodeError),
    Service(ErrorResponse),
    Timeout {
        error: TimeoutError,
        host: String,
    },
    Pagination,
    /// An interceptor hook returned an error.
    Interceptor {
        hook: &'static str,
        error: BoxError,
    },
}

impl Cause {
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Config(_) => ErrorKind::Config,
            Self::Credentials(_) => ErrorKind::Credentials,
            Self::Validation(_) => ErrorKind::Validation,
            Self::Encode(_) => ErrorKind::Encode,
            Self::Sign(_) => ErrorKind::Sign,
            Self::Transport { .. } => ErrorKind::Transport,
            Self::Decode(_) => ErrorKind::Decode,
            Self::Service(_) => ErrorKind::Service,
            Self::Timeout { error, .. } => match error.scope() {
                TimeoutScope::Attempt => ErrorKind::AttemptTimeout,
                TimeoutScope::Operation => ErrorKind::OperationTimeout,
            },
            Self::Pagination => ErrorKind::Pagination,
            Self::Interceptor { .. } => ErrorKind::Interceptor,
        }
    }

    /// The cause of a call whose IDs could not be generated.
    pub(crate) fn no_randomness(error: NoRandomness) -> Self {
        Self::Encode(error.into())
    }

    /// Returns the failure in the form that interceptors receive.
    pub(crate) fn failure(&self) -> Failure<'_> {
        match self {
            Self::Service(response) => response.failure(),
            _ => Failure {
                kind: self.kind(),
                code: None,
                is_retryable: self.is_retryable(),
                is_throttling: false,
                is_timeout: self.is_timeout(),
            },
        }
    }

    /// Returns true if the same call may succeed later.
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { error, .. } => error.is_retryable(),
            Self::Service(response) => response.class != ErrorClass::Permanent,
            Self::Timeout { .. } => true,
            _ => false,
        }
    }

    /// Returns true if a time limit was exceeded.
    pub(crate) fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout { .. } => true,
            Self::Transport { error, .. } => error.is_timeout(),
            _ => false,
        }
    }

    /// The HTTP status of the response, if there was one.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Service(response) => Some(response.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport { error, .. } => error.status(),
            _ => None,
        }
    }

    /// The request ID, if there was a response that has one.
    pub(crate) fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(response) => response.request_id.as_deref(),
            Self::Decode(error) => error.request_id.as_deref(),
            Self::Transport { error, .. } => error.request_id(),
            _ => None,
        }
    }

    pub(crate) fn error_response(&self) -> Option<&ErrorResponse> {
        match self {
            Self::Service(response) => Some(response),
            _ => None,
        }
    }

    /// The error of the step that failed; `None` for a repeated page token, and for an error
    /// response, whose exception is stored next to the cause.
    pub(crate) fn error(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Config(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::Validation(error) => Some(error),
            Self::Encode(error) | Self::Sign(error) | Self::Interceptor { error, .. } => {
                Some(&**error)
            }
            Self::Transport { error, .. } => Some(error),
            Self::Decode(error) => Some(error),
            Self::Service(_) | Self::Pagination => None,
            Self::Timeout { error, .. } => Some(error),
        }
    }

    /// Prints everything except the operation, the exception and the attempts.
    pub(crate) fn fmt(&self, f: &mut OneLine<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => write!(f, "{error}"),
            Self::Credentials(error) => with_causes(f, "no credentials", error),
            Self::Validation(error) => write!(f, "{error}"),
            Self::Encode(error) => with_causes(f, "the request cannot be encoded", &**error),
            Self::Sign(error) => with_causes(f, "the request cannot be signed", &**error),
            Self::Transport { error, host } => {
                write!(f, "{error}")?;
                chain(f, std::error::Error::source(error))?;
                write_host(f, host)?;
                match error.status() {
                    Some(status) => print::response(f, status, error.request_id()),
                    None => Ok(()),
                }
            }
            Self::Decode(error) => write!(f, "{error}"),
            Self::Service(response) => {
                print::response(f, response.status, response.request_id.as_deref())
            }
            Self::Timeout { error, host } => {
                write!(f, "{error}")?;
                write_host(f, host)
            }
            Self::Interceptor { hook, error } => {
                write!(f, "the interceptor hook {hook} failed")?;
                chain(f, Some(&**error))
            }
            Self::Pagination => f.write_str(
                "the service returned the token of an earlier page again, so the pages would not end",
            ),
        }
    }
}

fn with_causes(
    f: &mut OneLine<'_>,
    what: &str,
    error: &(dyn std::error::Error + 'static),
) -> fmt::Result {
    f.write_str(what)?;
    chain(f, Some(error))
}

/// Prints an error and its causes.
fn chain(f: &mut OneLine<'_>, error: Option<&(dyn std::error::Error + 'static)>) -> fmt::Result {
    messages(error).iter().try_for_each(|text| write!(f, ": {text}"))
}

/// Prints the host, if it is known.
fn write_host(f: &mut OneLine<'_>, host: &str) -> fmt::Result {
    if host.is_empty() { Ok(()) } else { write!(f, " (host {host})") }
}
