//! Parses the command-line arguments.

use std::error::Error;
use std::time::Duration;

/// The number of calls, and how to make them.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub calls: u64,
    pub tasks: u64,
    /// No call is started after this time.
    pub limit: Duration,
    /// The maximum number of attempts per call.
    pub attempts: u32,
}

impl Settings {
    pub fn parse(arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let [calls, tasks, seconds, attempts] = arguments else {
            return Err("usage: soak CALLS TASKS SECONDS ATTEMPTS".into());
        };
        Ok(Self {
            calls: calls.parse()?,
            tasks: tasks.parse::<u64>()?.max(1),
            limit: Duration::from_secs(seconds.parse()?),
            attempts: attempts.parse::<u32>()?.max(1),
        })
    }
}
