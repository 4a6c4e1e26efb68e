//! The clock of a registry, which tests can advance.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use longshore::Timestamp;

/// The system clock plus an offset. Clones share the offset.
#[derive(Debug, Clone, Default)]
pub(in crate::registry) struct Clock {
    offset_seconds: Arc<AtomicI64>,
}

impl Clock {
    pub(in crate::registry) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        let seconds = now.seconds().saturating_add(self.offset_seconds.load(Ordering::Relaxed));
        Timestamp::new(seconds, now.subsec_nanos()).unwrap_or(now)
    }

    pub(in crate::registry) fn advance(&self, by: Duration) {
        let seconds = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        let advance = |offset: i64| Some(offset.saturating_add(seconds));
        // Cannot fail: the closure always returns a value.
        let _ = self.offset_seconds.fetch_update(Ordering::Relaxed, Ordering::Relaxed, advance);
    }
}
