//! The time limits that the transport enforces, and the error for exceeding one.

use std::fmt;
use std::future::Future;
use std::time::Duration;

/// An exceeded time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimedOut {
    /// No connection was opened within this time.
    Connect(Duration),
    /// No byte was received or sent for this time.
    Read(Duration),
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(limit) => {
                write!(f, "no connection within {} s (connect limit)", limit.as_secs_f64())
            }
            Self::Read(limit) => {
                write!(f, "nothing received for {} s (read limit)", limit.as_secs_f64())
            }
        }
    }
}

impl std::error::Error for TimedOut {}

/// Awaits `connecting`, for at most `limit` if there is one.
pub(crate) async fn with_connect_limit<T, E: From<TimedOut>>(
    limit: Option<Duration>,
    connecting: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let Some(limit) = limit else {
        return connecting.await;
    };
    match tokio::time::timeout(limit, connecting).await {
        Ok(connected) => connected,
        Err(_) => Err(TimedOut::Connect(limit).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_limit_in_seconds() {
        for (timed_out, text) in [
            (
                TimedOut::Connect(Duration::from_millis(3100)),
                "no connection within 3.1 s (connect limit)",
            ),
            (TimedOut::Read(Duration::from_secs(5)), "nothing received for 5 s (read limit)"),
            (
                TimedOut::Read(Duration::from_micros(1500)),
                "nothing received for 0.0015 s (read limit)",
            ),
        ] {
            assert_eq!(timed_out.to_string(), text);
        }
    }
}
