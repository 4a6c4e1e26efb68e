//! One run of a program: how long it took, how much processor time, and the most memory it ever had.
//!
//! Must not know what the program does.

use std::error::Error;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::usage;
use crate::system::process;

/// What a run took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Taken {
    pub(super) wall: Duration,
    /// User and system.
    pub(super) cpu: Duration,
    /// In bytes, where the system tells.
    pub(super) peak: Option<u64>,
}

/// How often the memory is looked at. The system keeps the highest value itself, so only what is new
/// in the last moment of a process is missed.
const LOOK: Duration = Duration::from_millis(2);

/// Runs `command` to its end. What it prints is not wanted, what it complains of is.
pub(super) fn run(command: &mut Command) -> Result<Taken, Box<dyn Error>> {
    let before = usage::of_children()?;
    let begun = Instant::now();
    command.stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| process::not_started(command, &error))?;
    let mut peak = None;
    let status = loop {
        peak = peak.max(peak_of(child.id()));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(LOOK);
    };
    let wall = begun.elapsed();
    process::check(command, status)?;
    Ok(Taken { wall, cpu: usage::of_children()?.saturating_sub(before), peak })
}

/// The most memory that a process has had resident, as Linux tells it.
fn peak_of(process: u32) -> Option<u64> {
    high_water_mark(&fs::read_to_string(format!("/proc/{process}/status")).ok()?)
}

fn high_water_mark(status: &str) -> Option<u64> {
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    kilobytes.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
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
    fn a_program_has_had_some_memory() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"]);
        let taken = run(&mut shell).expect("sh runs");
        assert!(taken.peak.is_some_and(|peak| peak > 100_000), "{taken:?}");
    }

    #[test]
    #[cfg(unix)]
    fn a_failing_program_is_an_error() {
        assert!(run(&mut Command::new("false")).is_err());
    }
}
