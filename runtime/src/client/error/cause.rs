//! Why a call failed, apart from the exception of its operation, and how that is said in one line.
//!
//! None of it is generic, so it is compiled once.

use std::fmt::{self, Write};

use aws_credential_types::provider::error::CredentialsError;

use crate::client::answer::Failure;
use crate::client::error::timeout_error::Limited;
use crate::display::error_chain::texts;
use crate::display::one_line::{Clipped, OneLine};
use crate::http::transport::BoxError;
use crate::{ConfigError, DecodeError, TimeoutError, TransportError, ValidationError};

/// Where in a call an error happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The region, the endpoint or another setting is missing or wrong; the source is a [`ConfigError`].
    Config,
    /// There are no credentials; the source is a
    /// [`CredentialsError`](crate::CredentialsError).
    Credentials,
    /// The request breaks rules of its model, where the configuration asks for that to be checked, or
    /// a member that becomes part of the host name cannot; the source is a [`ValidationError`].
    /// Nothing was sent.
    Validation,
    /// The request could not be written.
    Encode,
    /// The request could not be signed.
    Sign,
    /// The request got no answer; the source is a [`TransportError`].
    Transport,
    /// The service did what it was asked for, and its answer could not be read; the source is a
    /// [`DecodeError`].
    Decode,
    /// The service answered with an error; [`Error::service`](crate::Error::service) is it.
    Service,
    /// The limit of an attempt passed; the source is a [`TimeoutError`].
    AttemptTimeout,
    /// The limit of the whole call passed; the source is a [`TimeoutError`].
    OperationTimeout,
    /// The service gave a token for the next page that it had given before.
    Pagination,
}

/// What went wrong, apart from the exception, so that most of this file is compiled once.
#[derive(Debug)]
pub(crate) enum Cause {
    Config(ConfigError),
    Credentials(CredentialsError),
    Validation(ValidationError),
    Encode(serde_json::Error),
    Sign(BoxError),
    Transport { error: TransportError, host: String },
    Decode(DecodeError),
    Service(Failure),
    Timeout { error: TimeoutError, host: String },
    Pagination,
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
            Self::Timeout { error, .. } => match error.what() {
                Limited::Attempt => ErrorKind::AttemptTimeout,
                Limited::Operation => ErrorKind::OperationTimeout,
            },
            Self::Pagination => ErrorKind::Pagination,
        }
    }

    pub(crate) fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Service(failure) => Some(failure),
            _ => None,
        }
    }

    pub(crate) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Config(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::Validation(error) => Some(error),
            Self::Encode(error) => Some(error),
            Self::Sign(error) => Some(&**error),
            Self::Transport { error, .. } => Some(error),
            Self::Decode(error) => Some(error),
            Self::Service(_) | Self::Pagination => None,
            Self::Timeout { error, .. } => Some(error),
        }
    }

    /// Prints everything but the exception and what was asked of whom.
    pub(crate) fn fmt(&self, f: &mut OneLine<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => write!(f, "{error}"),
            Self::Credentials(error) => no_credentials(f, error),
            Self::Validation(error) => write!(f, "{error}"),
            Self::Encode(error) => causes(f, "the request cannot be written", error),
            Self::Sign(error) => causes(f, "the request cannot be signed", &**error),
            Self::Transport { error, host } => {
                write!(f, "{error}")?;
                chain(f, std::error::Error::source(error))?;
                asked(f, host)?;
                match error.status() {
                    Some(status) => answered(f, status, error.request_id()),
                    None => Ok(()),
                }
            }
            Self::Decode(error) => write!(f, "{error}"),
            Self::Service(failure) => answered(f, failure.status, failure.request_id.as_deref()),
            Self::Timeout { error, host } => {
                write!(f, "{error}")?;
                asked(f, host)
            }
            Self::Pagination => f.write_str(
                "the service repeated the token of a page, so that the pages would never end",
            ),
        }
    }
}

fn causes(
    f: &mut OneLine<'_>,
    what: &str,
    error: &(dyn std::error::Error + 'static),
) -> fmt::Result {
    f.write_str(what)?;
    chain(f, Some(error))
}

/// A place that has none says itself what it is that is missing; its error's own line, that it is not
/// enabled, would only stand between.
fn no_credentials(f: &mut OneLine<'_>, error: &CredentialsError) -> fmt::Result {
    f.write_str("no credentials")?;
    match std::error::Error::source(error) {
        Some(source) if matches!(error, CredentialsError::CredentialsNotLoaded(_)) => {
            chain(f, Some(source))
        }
        _ => chain(f, Some(error)),
    }
}

/// Prints an error and its causes.
fn chain(f: &mut OneLine<'_>, error: Option<&(dyn std::error::Error + 'static)>) -> fmt::Result {
    texts(error).iter().try_for_each(|text| write!(f, ": {text}"))
}

/// Prints who was asked, where that is known.
fn asked(f: &mut OneLine<'_>, host: &str) -> fmt::Result {
    if host.is_empty() { Ok(()) } else { write!(f, " (host {host})") }
}

pub(crate) fn answered(f: &mut dyn Write, status: u16, request_id: Option<&str>) -> fmt::Result {
    match request_id {
        Some(id) => write!(f, " (status {status}, request id {})", Clipped(id)),
        None => write!(f, " (status {status})"),
    }
}
