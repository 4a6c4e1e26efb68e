//! Runs combinations with botocore, in one Python process.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::combination::Combination;
use crate::home;
use crate::outcome::Outcome;
use crate::server::Server;

/// The time limits of the process.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// For printing the result of a combination; starting takes most of this time.
    run: Duration,
    /// For exiting after its standard input closes.
    exit: Duration,
}

const LIMITS: Limits = Limits { run: Duration::from_secs(120), exit: Duration::from_secs(10) };

/// The Python process. It exits when its standard input closes, which happens on drop.
#[derive(Debug)]
pub struct Botocore {
    child: Child,
    input: Option<ChildStdin>,
    /// The lines of its standard output.
    lines: Receiver<io::Result<String>>,
    home: PathBuf,
    limits: Limits,
}

impl Botocore {
    /// Starts the process. It uses `home`, because botocore computes the folders of its caches when
    /// it is imported.
    pub fn start(python: &Path, home: PathBuf) -> Result<Self, Box<dyn Error>> {
        Self::spawn(python, include_str!("botocore.py"), home, LIMITS)
    }

    /// Starts an interpreter with a script.
    fn spawn(
        interpreter: &Path,
        script: &str,
        home: PathBuf,
        limits: Limits,
    ) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(&home)?;
        let mut child = Command::new(interpreter)
            .args(["-c", script])
            .env_clear()
            .env("HOME", &home)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", interpreter.display()))?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("the Python process has no standard output")?;
        let (sender, lines) = mpsc::channel();
        // The thread ends when the output closes or the receiver is dropped.
        thread::spawn(move || {
            BufReader::new(output).lines().try_for_each(|line| sender.send(line))
        });
        Ok(Self { child, input, lines, home, limits })
    }

    /// Runs a combination.
    pub fn run(&mut self, combination: &Combination) -> Result<Outcome, Box<dyn Error>> {
        let server = Server::start()?;
        let url = server.url();
        home::write(&self.home, combination, &url)?;
        let environment: serde_json::Map<_, _> = combination
            .environment(&url, &self.home)
            .into_iter()
            .chain([("PATH".to_owned(), std::env::var("PATH").unwrap_or_default())])
            .map(|(name, value)| (name, value.into()))
            .collect();
        let input = self.input.as_mut().ok_or("the Python process has no standard input")?;
        writeln!(input, "{}", serde_json::json!({"environment": environment, "server": url}))?;
        let line = self.read_line()?;
        let error = serde_json::from_str(&line)?;
        Ok(Outcome::new(combination, &server.finish(), &url, error))
    }

    /// Reads the result of a combination. On a timeout, the process is killed, because its next
    /// line would still belong to this combination.
    fn read_line(&mut self) -> Result<String, Box<dyn Error>> {
        match self.lines.recv_timeout(self.limits.run) {
            Ok(line) => Ok(line?),
            Err(RecvTimeoutError::Disconnected) => {
                Err("the Python process ended; is botocore installed?".into())
            }
            Err(RecvTimeoutError::Timeout) => {
                self.child.kill()?;
                let seconds = self.limits.run.as_secs();
                Err(format!("botocore did not finish the call within {seconds} s").into())
            }
        }
    }
}

impl Drop for Botocore {
    fn drop(&mut self) {
        drop(self.input.take());
        // The output closes when the process exits; `kill` has no effect after that.
        while self.lines.recv_timeout(self.limits.exit).is_ok() {}
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn start(script: &str) -> (tempfile::TempDir, Botocore) {
        let home = tempfile::tempdir().expect("a folder");
        // The scripts never print a line, so the limits only determine how long the tests take.
        let limits = Limits { run: Duration::from_millis(1), exit: Duration::from_millis(1) };
        let process = Botocore::spawn(Path::new("sh"), script, home.path().to_owned(), limits);
        (home, process.expect("started"))
    }

    #[test]
    fn a_process_that_prints_nothing_is_an_error() {
        let (_home, mut process) = start("exec sleep 1000");
        let error = process.run(&Combination::default()).expect_err("a timeout");
        assert_eq!(error.to_string(), "botocore did not finish the call within 0 s");
    }

    /// Without the limit, the test would hang.
    #[test]
    fn a_process_that_does_not_exit_is_killed() {
        drop(start("exec sleep 1000"));
    }
}
