//! The registry's time: that of the system, and what a test has let pass beyond it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use longshore::Timestamp;

/// A clock that can be put forward. Clones are the same clock.
#[derive(Debug, Clone, Default)]
pub(in crate::registry) struct Clock {
    /// By how many seconds it is before the system's.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    pub(in crate::registry) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        let seconds = now.seconds().saturating_add(self.ahead.load(Ordering::Relaxed));
        Timestamp::new(seconds, now.subsec_nanos()).unwrap_or(now)
    }

    pub(in crate::registry) fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        let later = |ahead: i64| Some(ahead.saturating_add(by));
        // It never refuses, so that there is nothing to be said of the result.
        let _ = self.ahead.fetch_update(Ordering::Relaxed, Ordering::Relaxed, later);
    }
}
