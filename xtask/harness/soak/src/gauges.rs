//! Measures memory and open files of this process.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The time between samples.
const PERIOD: Duration = Duration::from_millis(200);

/// A measurement. Values that the operating system does not report are zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sample {
    /// Resident memory in bytes.
    pub memory: u64,
    /// Open files and sockets.
    pub files: u64,
}

impl Sample {
    /// Measures now.
    pub fn take() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let files = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        // The folder itself is open while its entries are counted.
        Self { memory: resident(&status), files: (files as u64).saturating_sub(1) }
    }
}

fn resident(status: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// The samples of a run.
#[derive(Debug, Clone, Default)]
pub struct Samples(Arc<Mutex<Vec<Sample>>>);

impl Samples {
    /// Takes samples until the task is aborted.
    pub async fn collect(self) {
        loop {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Sample::take());
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// The samples taken so far.
    pub fn taken(&self) -> Vec<Sample> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_status() {
        let status = "Name:\tsoak\nVmPeak:\t  9000 kB\nVmRSS:\t    1234 kB\nThreads:\t3\n";
        assert_eq!(resident(status), 1234 * 1024);
        assert_eq!(resident(""), 0);
    }
}
