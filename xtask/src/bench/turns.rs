//! Runs commands that are compared with each other in turns: while one of them runs, the processes of
//! the others are stopped. A machine that becomes slower or faster affects all of them alike.

use std::error::Error;
use std::process::Command;
use std::time::Duration;

/// A command, and how long it runs until the next command continues.
#[derive(Debug)]
pub(crate) struct Turns {
    pub(crate) command: Command,
    pub(crate) length: Duration,
}

/// Runs all commands to their end, and returns the processor time, user and system, of the process
/// tree of each.
#[cfg(unix)]
pub(crate) fn processor_times<const COUNT: usize>(
    all: [Turns; COUNT],
) -> Result<[Duration; COUNT], Box<dyn Error>> {
    let groups = all.into_iter().map(group::Group::start);
    let mut groups = groups.collect::<Result<Vec<_>, _>>()?;
    while groups.iter().any(|group| group.time.is_none()) {
        groups.iter_mut().try_for_each(group::Group::take_turn)?;
    }
    Ok(std::array::from_fn(|index| groups[index].time.unwrap_or_default()))
}

#[cfg(not(unix))]
pub(crate) fn processor_times<const COUNT: usize>(
    _: [Turns; COUNT],
) -> Result<[Duration; COUNT], Box<dyn Error>> {
    Err("processor time can be measured on Unix only".into())
}

#[cfg(unix)]
mod group {
    use std::error::Error;
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};
    use std::thread;
    use std::time::{Duration, Instant};

    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;

    use super::Turns;
    use crate::bench::usage;
    use crate::system::process;

    /// How often a command is checked for its end.
    const POLL: Duration = Duration::from_millis(10);

    /// A command and its child processes, which are killed when it is dropped before its end.
    pub(super) struct Group {
        command: Command,
        turn: Duration,
        child: Child,
        id: Pid,
        /// The processor time, as soon as the command has ended.
        pub(super) time: Option<Duration>,
    }

    impl Group {
        /// Starts a command in a process group of its own, and stops it.
        pub(super) fn start(turns: Turns) -> Result<Self, Box<dyn Error>> {
            let Turns { mut command, length } = turns;
            let started = command.process_group(0).spawn();
            let child = started.map_err(|error| process::start_error(&command, &error))?;
            let id = Pid::from_raw(i32::try_from(child.id())?);
            let group = Self { command, turn: length, child, id, time: None };
            killpg(id, Signal::SIGSTOP)?;
            Ok(group)
        }

        /// Continues the processes until the end of the turn or of the command.
        pub(super) fn take_turn(&mut self) -> Result<(), Box<dyn Error>> {
            if self.time.is_some() {
                return Ok(());
            }
            let before = usage::of_children()?;
            let end = Instant::now() + self.turn;
            killpg(self.id, Signal::SIGCONT)?;
            while Instant::now() < end {
                if let Some(status) = self.child.try_wait()? {
                    // Only now is the time of the process tree part of the sum.
                    self.time = Some(usage::of_children()?.saturating_sub(before));
                    return process::check_status(&self.command, status);
                }
                thread::sleep(POLL);
            }
            Ok(killpg(self.id, Signal::SIGSTOP)?)
        }
    }

    impl Drop for Group {
        fn drop(&mut self) {
            if self.time.is_none() {
                let _ = killpg(self.id, Signal::SIGKILL);
                let _ = self.child.wait();
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    fn shell(script: &str) -> Turns {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Turns { command, length: Duration::from_millis(1) }
    }

    #[test]
    fn commands_run_in_turns() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let write = |letter| {
            let path = file.path().display();
            shell(&format!(
                "i=0; while [ $i -lt 20000 ]; do echo {letter} >> {path}; i=$((i+1)); done"
            ))
        };
        let times = processor_times([write("a"), write("b")]).expect("both ran");
        assert!(!times.contains(&Duration::ZERO), "{times:?}");
        let mut letters = fs::read_to_string(file.path()).expect("the file").replace('\n', "");
        assert_eq!(letters.len(), 40_000);
        letters =
            letters.chars().collect::<Vec<_>>().chunk_by(|a, b| a == b).map(|of| of[0]).collect();
        assert!(letters.len() > 2, "{letters}");
    }

    #[test]
    fn a_failure_ends_all_commands() {
        let error = processor_times([shell("exec sleep 100000"), shell("exit 3")])
            .expect_err("one failed")
            .to_string();
        assert_eq!(error, "`sh -c exit 3` failed (exit status: 3)");
    }
}
