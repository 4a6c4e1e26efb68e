//! Runs a program and sets its exit code: 0 for success, 1 for an error, 130 for Ctrl-C, and (by
//! clap) 2 for invalid arguments.

use std::error::Error;
use std::process::ExitCode;

use super::{TransferDisplay, err, out};

/// The exit code that shells expect after Ctrl-C.
const EXIT_INTERRUPTED: i32 = 130;

/// Runs the work and prints its result. Ctrl-C cancels the work and prints `interrupted`. The
/// progress display ends first.
pub async fn run<F>(interrupted: &str, display: &TransferDisplay, work: F) -> ExitCode
where
    F: Future<Output = Result<String, Box<dyn Error>>>,
{
    tokio::select! {
        result = work => {
            display.end();
            finish(result)
        }
        // If the handler cannot be installed, Ctrl-C ends the program as usual.
        Ok(()) = tokio::signal::ctrl_c() => {
            display.freeze();
            err(format_args!("\n{interrupted}"));
            // Returning would wait for blocking threads that read and hash files.
            std::process::exit(EXIT_INTERRUPTED)
        }
    }
}

fn finish(result: Result<String, Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(summary) => {
            out(summary);
            ExitCode::SUCCESS
        }
        Err(error) => {
            err(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}
