//! Measures one run of a program: time, processor time and peak memory.

use std::error::Error;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{figures::Samples, usage};
use crate::system::process;

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
        peak = peak.max(peak_of(child.id()));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(LOOK);
    };
    let wall = begun.elapsed();
    process::check_status(command, status)?;
    Ok(Usage { wall, cpu: usage::of_children()?.saturating_sub(before), peak })
}

/// The peak resident memory of a process, from `/proc` on Linux.
pub(super) fn peak_of(process: u32) -> Option<u64> {
    high_water_mark(&fs::read_to_string(format!("/proc/{process}/status")).ok()?)
}

fn high_water_mark(status: &str) -> Option<u64> {
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    kilobytes.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// The memory of all runs, if the operating system reports it.
pub(super) fn peaks(runs: &[Usage]) -> Option<Samples> {
    // Exact up to 2^53 bytes.
    runs.iter().map(|run| Some(run.peak? as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read_from_the_status() {
        let status = "Name:\tpush\nVmPeak:\t  999999 kB\nVmHWM:\t    1234 kB\nVmRSS:\t 1000 kB\n";
        assert_eq!(high_water_mark(status), Some(1234 * 1024));
        for status in ["", "Name:\tpush\n", "VmHWM:\tmuch\n", "VmHWM:\t18446744073709551615 kB\n"] {
            assert_eq!(high_water_mark(status), None, "{status}");
        }
    }

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
