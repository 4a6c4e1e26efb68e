//! Runs a program with limits on its run time and its output.
//!
//! A thread reads the output, so that only the timers of the tokio runtime are needed.

use std::io::{self, Read};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::tokio_runtime::requirements::{MissingRuntime, check_timers};

/// How long a program may run. It may wait for the user, for example for an MFA code.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The maximum size of the output. Credentials take about two kilobytes.
const OUTPUT_LIMIT: u64 = 64 * 1024;

/// How often to check whether a program that has closed its output has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Why a program provided no output.
pub(super) enum ProgramError {
    NotStarted(io::Error),
    Runtime(MissingRuntime),
    Io(io::Error),
    TimedOut(Duration),
    TooMuchOutput(u64),
    Failed(ExitStatus),
}

/// A running program. Dropping this value kills it.
struct Running(Option<Child>);

/// Runs a program and returns its standard output. Standard error is discarded.
pub(super) async fn run(program: &str, arguments: &[String]) -> Result<Vec<u8>, ProgramError> {
    check_timers().map_err(ProgramError::Runtime)?;
    let mut command = Command::new(program);
    command.args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(ProgramError::NotStarted)?;
    let output = child.stdout.take();
    let mut running = Running(Some(child));
    let work = async {
        let output = match output {
            Some(output) => read(output).await?,
            None => Vec::new(),
        };
        let status = running.wait().await?;
        if status.success() { Ok(output) } else { Err(ProgramError::Failed(status)) }
    };
    tokio::time::timeout(TIME_LIMIT, work).await.unwrap_or(Err(ProgramError::TimedOut(TIME_LIMIT)))
}

async fn read(output: ChildStdout) -> Result<Vec<u8>, ProgramError> {
    let (sender, receiver) = oneshot::channel();
    let reader = thread::Builder::new().name("longshore-credential-process".to_owned());
    let started = reader.spawn(move || {
        let mut bytes = Vec::new();
        let result = output.take(OUTPUT_LIMIT + 1).read_to_end(&mut bytes).map(|_| bytes);
        // The call may have been cancelled.
        let _ = sender.send(result);
    });
    started.map_err(ProgramError::Io)?;
    let result = receiver.await.unwrap_or_else(|_| Err(io::Error::other("the reader ended")));
    let bytes = result.map_err(ProgramError::Io)?;
    let is_too_long = u64::try_from(bytes.len()).is_ok_and(|length| length > OUTPUT_LIMIT);
    if is_too_long { Err(ProgramError::TooMuchOutput(OUTPUT_LIMIT)) } else { Ok(bytes) }
}

impl Running {
    async fn wait(&mut self) -> Result<ExitStatus, ProgramError> {
        loop {
            let status = match &mut self.0 {
                Some(child) => child.try_wait().map_err(ProgramError::Io)?,
                None => None,
            };
            if let Some(status) = status {
                self.0 = None;
                return Ok(status);
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let Some(mut child) = self.0.take() else { return };
        // This fails only if the program has already ended.
        let _ = child.kill();
        // Without `wait`, the process would remain a zombie.
        let reaper = thread::Builder::new().name("longshore-credential-process".to_owned());
        let _ = reaper.spawn(move || child.wait());
    }
}
