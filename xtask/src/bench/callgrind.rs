//! Counts the instructions of a program with `valgrind --tool=callgrind`. Unlike times, instruction
//! counts do not depend on the load of the machine.

use std::{error::Error, ffi::OsString, fs, io, path::Path, process::Command};

use crate::system::{process, repository};

/// Valgrind, if this machine has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Callgrind {
    version: String,
}

impl Callgrind {
    /// Looks for valgrind. If there is none, prints a note to the standard error.
    pub(super) fn find() -> Result<Option<Self>, Box<dyn Error>> {
        let mut command = Command::new("valgrind");
        match command.arg("--version").output() {
            Ok(output) if output.status.success() => {
                let version = String::from_utf8_lossy(&output.stdout).trim().replace('-', " ");
                Ok(Some(Self { version }))
            }
            Ok(output) => Err(format!("`valgrind --version` failed ({})", output.status).into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                errln!("valgrind is not installed; instructions are not counted");
                Ok(None)
            }
            Err(error) => Err(process::start_error(&command, &error)),
        }
    }

    /// The name and the version.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// The instructions of one step: the difference between two runs, divided by `steps`, the
    /// number of steps that `long` makes in addition to those of `short`. Startup and shutdown
    /// cancel out.
    pub(super) fn per_step(
        &self,
        short: &Command,
        long: &Command,
        steps: u32,
    ) -> Result<f64, Box<dyn Error>> {
        let (short, long) = (instructions(short)?, instructions(long)?);
        per_step(short, long, steps).ok_or_else(|| {
            format!("a run with {steps} steps more took no more instructions ({short}, {long})")
                .into()
        })
    }
}

fn per_step(short: u64, long: u64, steps: u32) -> Option<f64> {
    // Exact up to 2^53.
    (long > short && steps > 0).then(|| (long - short) as f64 / f64::from(steps))
}

/// Runs a copy of `command` and returns the number of instructions in all its threads.
fn instructions(command: &Command) -> Result<u64, Box<dyn Error>> {
    let folder = repository::root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("callgrind.{}.out", std::process::id()));
    let mut valgrind = under_valgrind(command, &file);
    process::output(&mut valgrind)?;
    let text = fs::read_to_string(&file)?;
    fs::remove_file(&file)?;
    totals(&text).ok_or_else(|| "valgrind wrote no total number of instructions".into())
}

/// The same program under valgrind, which writes to `file`.
fn under_valgrind(command: &Command, file: &Path) -> Command {
    let mut valgrind = Command::new("valgrind");
    let mut out = OsString::from("--callgrind-out-file=");
    out.push(file);
    valgrind.args(["--quiet", "--tool=callgrind"]).arg(out);
    valgrind.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        valgrind.current_dir(folder);
    }
    valgrind
}

/// The number in the line `totals:` of callgrind's output. Its first column is the number of
/// instructions; further columns contain other events.
fn totals(output: &str) -> Option<u64> {
    let line = output.lines().rev().find_map(|line| line.strip_prefix("totals:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read_from_the_output_of_callgrind() {
        let output = "# callgrind format\nversion: 1\ncmd: ./a totals: 3\nevents: Ir\n\
                      summary: 999\n\nfn=(1) main\n4 12\ncalls=1 8\n4 70\n\ntotals: 123456789\n";
        assert_eq!(totals(output), Some(123_456_789));
        assert_eq!(totals("events: Ir Bc\ntotals: 42 7\n"), Some(42));
        for broken in ["", "summary: 3\n", "totals:\n", "totals: many\n"] {
            assert_eq!(totals(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_both_runs_do_does_not_count() {
        assert_eq!(per_step(1_000_000, 1_005_000, 20), Some(250.0));
        assert_eq!(per_step(1_000_000, 1_000_000, 20), None);
        assert_eq!(per_step(1_000_000, 1_005_000, 0), None);
    }

    #[test]
    fn a_program_runs_under_valgrind_with_its_arguments_and_folder() {
        let mut command = Command::new("prog");
        command.args(["a b", "c"]).current_dir("/f");
        let valgrind = under_valgrind(&command, Path::new("x.out"));
        let args: Vec<_> = valgrind.get_args().collect();
        let expected =
            ["--quiet", "--tool=callgrind", "--callgrind-out-file=x.out", "prog", "a b", "c"];
        assert_eq!(args, expected);
        assert_eq!(valgrind.get_current_dir(), Some(Path::new("/f")));
    }
}
