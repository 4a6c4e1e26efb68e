//! The result of a command, and its exit status.

use std::{error::Error, process::ExitCode};

use super::console;

/// The result of a command that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is nothing to report.
    Success,
    /// The command compared two things, and they differ.
    Difference,
}

/// Prints the error, and returns the exit status of a command that distinguishes errors from
/// differences.
#[must_use]
pub fn exit_code(outcome: Result<Outcome, Box<dyn Error>>) -> ExitCode {
    let written = || console::write_error().map_or(Ok(()), |why| Err(why.into()));
    match outcome.and_then(|outcome| written().map(|()| outcome)) {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::Difference) => ExitCode::from(1),
        Err(error) => {
            console::error(error.as_ref());
            ExitCode::from(2)
        }
    }
}
