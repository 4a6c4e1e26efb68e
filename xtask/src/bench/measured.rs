//! Measures one run of a program: time, processor time and peak memory.

use std::error::Error;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{figures::Samples, usage};
use crate::system::{memory, process};

/// The measurements of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usage {
    pub(super) wall: Duration,
    /// User and system time.
    pub(super) cpu: Duration,
    /// Bytes, if the operating system reports it.
    pub(super) peak: Option<u64>,
}

/// The interval at which the peak memory is read. The kernel keeps the maximum, so only growth at
/// the very end of a process is missed.
const LOOK: Duration = Duration::from_millis(2);

/// Runs `command` to its end. Its standard output is discarded.
pub(super) fn run(command: &mut Command) -> Result<Usage, Box<dyn Error>> {
    let before = usage::of_children()?;
    let begun = Instant::now();
    command.stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| process::start_error(command, &error))?;
    let mut peak = None;
    let status = loop {
        peak = peak.max(memory::peak_of(child.id()));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(LOOK);
    };
    let wall = begun.elapsed();
    process::check_status(command, status)?;
    Ok(Usage { wall, cpu: usage::of_children()?.saturating_sub(before), peak })
}

/// The peak memory of each run, if the operating system reports it.
pub(super) fn peaks(runs: impl IntoIterator<Item = Option<u64>>) -> Option<Samples> {
    // Exact up to 2^53 bytes.
    runs.into_iter().map(|peak| Some(peak? as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_peak_memory_of_a_program_is_measured() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"]);
        let usage = run(&mut shell).expect("sh runs");
        assert!(usage.peak.is_some_and(|peak| peak > 100_000), "{usage:?}");
    }

    #[test]
    #[cfg(unix)]
    fn a_failing_program_is_an_error() {
        assert!(run(&mut Command::new("false")).is_err());
    }
}
