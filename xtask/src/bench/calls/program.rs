//! Builds and runs the programs that make calls: Longshore, the official SDK, and a hand-written
//! caller.

use std::{error::Error, process::Command, time::Duration};

use super::super::workspace::{CallerWorkspace, RELEASE};
use crate::system::{process, repository};

/// A program that makes calls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CallProgram {
    workspace: CallerWorkspace,
    /// True if its lock file is committed instead of copied from this repository.
    pinned: bool,
}

pub(crate) const OFFICIAL: CallProgram =
    CallProgram { workspace: workspace("official"), pinned: true };
pub(crate) const OURS: CallProgram = CallProgram { workspace: workspace("ours"), pinned: false };
pub(crate) const HAND_WRITTEN: CallProgram =
    CallProgram { workspace: workspace("bare"), pinned: false };

const fn workspace(folder: &'static str) -> CallerWorkspace {
    CallerWorkspace { group: "calls", folder }
}

/// The calls that a program makes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls<'a> {
    pub(crate) url: &'a str,
    pub(crate) operation: &'a str,
    /// The size of the uploaded part or of the returned manifest. Zero for the default response.
    pub(crate) bytes: u64,
    /// The number of calls before the measurement.
    pub(crate) warm: u32,
    /// The number of measured calls.
    pub(crate) calls: u32,
    /// The number of tasks that make calls concurrently.
    pub(crate) tasks: u32,
    pub(crate) threads: u32,
}

/// The measurements of a program.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CallUsage {
    /// The processor time of one call.
    pub(crate) cpu: Duration,
    /// The peak memory of the process in bytes, if the operating system reports it.
    pub(crate) peak: Option<u64>,
}

impl CallProgram {
    /// Builds the program in release mode. All programs share a target folder because they share
    /// most dependencies.
    pub(crate) fn build(self) -> Result<(), Box<dyn Error>> {
        if !self.pinned {
            self.workspace.take_lock_file()?;
        }
        errln!("building {}-calls", self.workspace.folder);
        let mut cargo = self.workspace.cargo("build");
        cargo.args(["--quiet", "--release"]).args(RELEASE);
        if self.pinned {
            cargo.arg("--locked");
        }
        process::run(cargo.arg("--target-dir").arg(repository::root().join("target/bench/calls")))
    }

    /// Makes calls and measures them.
    pub(crate) fn measure(self, calls: &Calls<'_>) -> Result<CallUsage, Box<dyn Error>> {
        let printed = process::output(&mut self.command(calls))?;
        usage(&printed)
            .ok_or_else(|| format!("{}-calls printed no figures", self.workspace.folder).into())
    }

    /// The command that makes calls.
    pub(crate) fn command(self, calls: &Calls<'_>) -> Command {
        let file = format!("{}-calls{}", self.workspace.folder, std::env::consts::EXE_SUFFIX);
        let folder = repository::root().join("target/bench/calls/release");
        let mut command = Command::new(folder.join(file));
        let Calls { url, operation, bytes, warm, calls, tasks, threads } = calls;
        command.args([url, operation]).arg(bytes.to_string());
        command.args([warm, calls, tasks, threads].map(u32::to_string));
        command
    }

    /// The versions of the direct dependencies with these names.
    pub(crate) fn versions(self, names: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
        Ok(chosen(self.workspace.crates(&["--depth", "1"])?, names))
    }
}

/// The crates with one of these names.
fn chosen(mut crates: Vec<String>, names: &[&str]) -> Vec<String> {
    crates.retain(|line| names.iter().any(|name| line.split(' ').next() == Some(name)));
    crates
}

/// Parses the output of a program: nanoseconds per call, and bytes or zero.
fn usage(printed: &str) -> Option<CallUsage> {
    let (nanoseconds, bytes) = printed.trim().split_once(' ')?;
    let bytes: u64 = bytes.parse().ok()?;
    let peak = (bytes > 0).then_some(bytes);
    Some(CallUsage { cpu: Duration::from_nanos(nanoseconds.parse().ok()?), peak })
}

#[cfg(test)]
mod tests {
    use super::super::super::workspace::named;
    use super::*;

    #[test]
    fn versions_are_those_of_the_named_crates() {
        let tree =
            "bare-calls v0.0.0 (/somewhere)\nhyper v1.12.0\nhyper-util v0.1.0\nserde v1.0.0\n";
        let chosen = |names: &[&str]| chosen(named(tree), names);
        assert_eq!(chosen(&["hyper"]), ["hyper 1.12.0"]);
        assert_eq!(chosen(&["bare-calls", "serde"]), ["bare-calls 0.0.0", "serde 1.0.0"]);
    }

    #[test]
    fn the_output_of_a_program_is_two_numbers() {
        let usage_of = |cpu, peak| Some(CallUsage { cpu: Duration::from_nanos(cpu), peak });
        assert_eq!(usage("57000 4096\n"), usage_of(57_000, Some(4096)));
        assert_eq!(usage("57000 0\n"), usage_of(57_000, None));
        for broken in ["", "57000", "x 1", "1 x", "1.5 2"] {
            assert_eq!(usage(broken), None, "{broken}");
        }
    }
}
