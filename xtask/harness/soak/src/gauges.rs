//! Memory and open files of this process.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often a sample is taken.
const PERIOD: Duration = Duration::from_millis(200);

/// One look at the process. Where the system does not say, it is zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sample {
    /// Memory that is resident, in bytes.
    pub memory: u64,
    /// Open files and sockets.
    pub files: u64,
}

impl Sample {
    /// What it is now.
    pub fn take() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let files = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        // One of them is the folder itself, which is open while it is counted.
        Self { memory: resident(&status), files: (files as u64).saturating_sub(1) }
    }
}

fn resident(status: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// Samples over time.
#[derive(Debug, Clone, Default)]
pub struct Samples(Arc<Mutex<Vec<Sample>>>);

impl Samples {
    /// Takes samples until it is aborted.
    pub async fn collect(self) {
        loop {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Sample::take());
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// What was seen so far.
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
