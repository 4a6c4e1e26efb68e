//! How a program ends: 0 when it did what was asked, 1 with the reason, 130 when it was interrupted.
//!
//! Wrong arguments are clap's, which ends with 2.

use std::error::Error;
use std::process::ExitCode;

use super::{say, tell};

/// What a shell expects of a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Does the work and prints what comes of it. At Ctrl-C the work is dropped, wherever it is, and
/// `interrupted` is said.
pub async fn run<F>(interrupted: &str, work: F) -> ExitCode
where
    F: Future<Output = Result<String, Box<dyn Error>>>,
{
    tokio::select! {
        outcome = work => finish(outcome),
        // Where the signal cannot be had, Ctrl-C ends the program as it does any other.
        Ok(()) = tokio::signal::ctrl_c() => {
            tell(format_args!("\n{interrupted}"));
            // Not by returning: tokio would wait for threads that read and hash files.
            std::process::exit(INTERRUPTED)
        }
    }
}

fn finish(outcome: Result<String, Box<dyn Error>>) -> ExitCode {
    match outcome {
        Ok(summary) => {
            say(summary);
            ExitCode::SUCCESS
        }
        Err(error) => {
            tell(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}
