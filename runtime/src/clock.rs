//! The current time, and a stopwatch.
//!
//! On WebAssembly without an operating system, `SystemTime::now` and `Instant::now` panic. Use this
//! module instead.

use std::time::{Duration, SystemTime};

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use std::time::{Duration, Instant, SystemTime};

    pub(super) type Start = Instant;
    pub(super) type TimerStart = tokio::time::Instant;

    pub(super) fn now() -> SystemTime {
        SystemTime::now()
    }

    pub(super) fn start() -> Start {
        Instant::now()
    }

    pub(super) fn elapsed(start: Start) -> Duration {
        start.elapsed()
    }

    pub(super) fn timer_start() -> TimerStart {
        TimerStart::now()
    }

    pub(super) fn timer_elapsed(start: TimerStart) -> Duration {
        start.elapsed()
    }
}

/// The clock of the JavaScript host.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    /// Milliseconds since the Unix epoch.
    pub(super) type Start = u64;
    pub(super) type TimerStart = Start;

    pub(super) fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(start())
    }

    pub(super) fn start() -> Start {
        js_sys::Date::now() as u64
    }

    pub(super) fn elapsed(start: Start) -> Duration {
        // The clock may have been set back.
        Duration::from_millis(self::start().saturating_sub(start))
    }

    pub(super) use elapsed as timer_elapsed;
    pub(super) use start as timer_start;
}

/// Returns the current time.
pub(crate) fn now() -> SystemTime {
    platform::now()
}

/// Measures the time since it was started.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(platform::Start);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(platform::start())
    }

    pub(crate) fn elapsed(self) -> Duration {
        platform::elapsed(self.0)
    }
}

/// Measures the time since it was started. It uses the clock of tokio's timers, which tests can
/// pause, or the clock of the JavaScript host.
#[derive(Clone, Copy)]
pub(crate) struct TimerClock(platform::TimerStart);

impl TimerClock {
    pub(crate) fn start() -> Self {
        Self(platform::timer_start())
    }

    pub(crate) fn elapsed(self) -> Duration {
        platform::timer_elapsed(self.0)
    }
}
