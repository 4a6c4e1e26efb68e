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

    pub(super) fn timer_reading(start: TimerStart) -> Duration {
        start.elapsed()
    }
}

/// The clock of the JavaScript host.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    /// Milliseconds since the Unix epoch.
    pub(super) type Start = u64;
    #[derive(Clone, Copy)]
    pub(super) struct TimerStart;

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

    pub(super) fn timer_start() -> TimerStart {
        TimerStart
    }

    /// The time since the Unix epoch.
    pub(super) fn timer_reading(_: TimerStart) -> Duration {
        Duration::from_millis(start())
    }
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
/// pause, or the clock of the JavaScript host. If the clock is set back, the time continues from the
/// last reading.
pub(crate) struct TimerClock {
    start: platform::TimerStart,
    steps: Steps,
}

impl TimerClock {
    pub(crate) fn start() -> Self {
        let start = platform::timer_start();
        Self { start, steps: Steps::new(platform::timer_reading(start)) }
    }

    pub(crate) fn elapsed(&mut self) -> Duration {
        self.steps.advance(platform::timer_reading(self.start))
    }
}

/// The sum of the steps of a clock, without those backward.
struct Steps {
    last: Duration,
    sum: Duration,
}

impl Steps {
    fn new(reading: Duration) -> Self {
        Self { last: reading, sum: Duration::ZERO }
    }

    fn advance(&mut self, reading: Duration) -> Duration {
        self.sum = self.sum.saturating_add(reading.saturating_sub(self.last));
        self.last = reading;
        self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_continues_after_a_clock_is_set_back() {
        let mut steps = Steps::new(Duration::from_secs(1000));
        let table = [(1000, 0), (1003, 3), (500, 3), (502, 5), (1, 5), (2, 6), (2, 6)];
        for (reading, expected) in table {
            assert_eq!(steps.advance(Duration::from_secs(reading)).as_secs(), expected);
        }
    }
}
