//! Measures the processor time of a program and all its child processes.
//!
//! Processor time depends less on other load on the machine than elapsed time does.

use std::error::Error;
use std::process::Command;
use std::time::Duration;

use crate::system::process;

/// Runs `command` and returns the processor time, user and system, of its process tree.
pub(crate) fn processor_time(command: &mut Command) -> Result<Duration, Box<dyn Error>> {
    let before = of_children()?;
    process::run(command)?;
    Ok(of_children()?.saturating_sub(before))
}

/// The processor time of all child processes that have ended, including their children. Cargo waits
/// for each compiler that it starts, and xtask runs one command at a time, so the difference
/// between two calls is one process tree.
pub(crate) fn of_children() -> Result<Duration, Box<dyn Error>> {
    of(Processes::Children)
}

/// The processor time of this process so far, in all threads.
pub(crate) fn of_this_process() -> Result<Duration, Box<dyn Error>> {
    of(Processes::This)
}

/// The processes whose time is read.
#[derive(Debug, Clone, Copy)]
enum Processes {
    This,
    Children,
}

#[cfg(unix)]
fn of(processes: Processes) -> Result<Duration, Box<dyn Error>> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    fn duration(time: TimeVal) -> Result<Duration, Box<dyn Error>> {
        let seconds = u64::try_from(time.tv_sec())?;
        let microseconds = u64::try_from(time.tv_usec())?;
        Ok(Duration::from_secs(seconds) + Duration::from_micros(microseconds))
    }

    let processes = match processes {
        Processes::This => UsageWho::RUSAGE_SELF,
        Processes::Children => UsageWho::RUSAGE_CHILDREN,
    };
    let usage = getrusage(processes)
        .map_err(|error| format!("the processor time cannot be read: {error}"))?;
    Ok(duration(usage.user_time())? + duration(usage.system_time())?)
}

#[cfg(not(unix))]
fn of(_: Processes) -> Result<Duration, Box<dyn Error>> {
    Err("processor time can be measured on Unix only".into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_grandchild_is_counted() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'; true"]);
        assert!(processor_time(&mut shell).expect("sh runs") > Duration::ZERO);
    }

    #[test]
    fn a_failing_command_has_no_time() {
        assert!(processor_time(&mut Command::new("false")).is_err());
    }
}
