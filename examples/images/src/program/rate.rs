//! Amounts of data per time.

use std::fmt;
use std::time::Duration;

use super::Size;

/// An amount of data and a duration, displayed as `1.1 GB in 2.05 s (523.8 MB/s)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The amount in bytes.
    pub bytes: u64,
    /// The duration.
    pub time: Duration,
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.time.as_secs_f64();
        write!(f, "{} in {seconds:.2} s", Size(self.bytes).rounded())?;
        if self.bytes == 0 || seconds == 0.0 {
            return Ok(());
        }
        write!(f, " ({:.1} MB/s)", self.bytes as f64 / 1e6 / seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_displayed_if_it_is_defined() {
        let rate = |bytes, millis| Rate { bytes, time: Duration::from_millis(millis) }.to_string();
        assert_eq!(rate(60_000_000, 500), "60.0 MB in 0.50 s (120.0 MB/s)");
        assert_eq!(rate(60_000_000, 30_000), "60.0 MB in 30.00 s (2.0 MB/s)");
        assert_eq!(rate(0, 500), "0 B in 0.50 s");
        assert_eq!(rate(5, 0), "5 B in 0.00 s");
    }
}
