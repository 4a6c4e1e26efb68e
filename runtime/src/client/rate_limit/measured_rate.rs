//! The rate at which a client sends requests.

/// The weight of the last window in the average.
const SMOOTHING: f64 = 0.8;

/// Requests are counted in windows of half a second.
const WINDOWS_PER_SECOND: f64 = 2.0;

/// A moving average of the number of requests per second.
#[derive(Debug, Default)]
pub(super) struct MeasuredRate {
    rate: f64,
    /// The beginning of the current window.
    window: f64,
    /// The number of requests in the current window.
    count: f64,
}

impl MeasuredRate {
    /// The rate at the end of the last window.
    #[cfg(test)]
    pub(super) fn rate(&self) -> f64 {
        self.rate
    }

    /// Counts a request, and returns the rate at the end of the last window.
    pub(super) fn record(&mut self, now: f64) -> f64 {
        self.count += 1.0;
        let window = (now * WINDOWS_PER_SECOND).floor() / WINDOWS_PER_SECOND;
        if window > self.window {
            let current = self.count / (window - self.window);
            self.rate = SMOOTHING * current + (1.0 - SMOOTHING) * self.rate;
            self.window = window;
            self.count = 0.0;
        }
        self.rate
    }
}
