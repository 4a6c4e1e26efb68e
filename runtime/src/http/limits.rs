//! The limits of time that a transport keeps itself, and how it is said that one passed.
//!
//! What they are limits of is known elsewhere: here are numbers and sentences.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use crate::http::transport::{TransportError, TransportErrorKind};

/// A limit of time that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passed {
    /// There was no connection in this time.
    Connect(Duration),
    /// No byte came in this time, nor could one be sent.
    Read(Duration),
}

impl Passed {
    pub(crate) fn into_error(self) -> TransportError {
        TransportError::new(TransportErrorKind::Timeout, self)
    }
}

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(limit) => {
                write!(f, "no connection within {} s (connect limit)", limit.as_secs_f64())
            }
            Self::Read(limit) => {
                write!(f, "nothing was received for {} s (read limit)", limit.as_secs_f64())
            }
        }
    }
}

impl std::error::Error for Passed {}

/// What `connecting` ends with, unless the limit for a connection passes before.
pub(crate) async fn connected_within<T, E: From<Passed>>(
    limit: Option<Duration>,
    connecting: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let Some(limit) = limit else {
        return connecting.await;
    };
    match tokio::time::timeout(limit, connecting).await {
        Ok(connected) => connected,
        Err(_) => Err(Passed::Connect(limit).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_named_with_its_seconds() {
        for (passed, text) in [
            (
                Passed::Connect(Duration::from_millis(3100)),
                "no connection within 3.1 s (connect limit)",
            ),
            (Passed::Read(Duration::from_secs(5)), "nothing was received for 5 s (read limit)"),
            (
                Passed::Read(Duration::from_micros(1500)),
                "nothing was received for 0.0015 s (read limit)",
            ),
        ] {
            assert_eq!(passed.to_string(), text);
        }
    }
}
