//! `cargo xtask soak`: makes many calls to a server that fails one attempt in ten.
//!
//! The program in `xtask/harness/soak` makes the calls, so that xtask itself does not depend on a
//! client.

use std::error::Error;

use crate::system::{process, repository};

/// Make many calls to a server that misbehaves, and check the result of each
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Number of calls
    #[arg(long, default_value_t = 100_000)]
    calls: u32,
    /// Number of concurrent calls
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    tasks: u32,
    /// Seconds after which no further call is started; reaching this limit is an error
    #[arg(long, default_value_t = 270)]
    seconds: u32,
    /// Maximum number of attempts per call
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    attempts: u32,
}

/// Runs the program, which prints a table and fails if any result is wrong.
pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let mut cargo = process::cargo();
    cargo.current_dir(repository::root());
    cargo.args(["run", "--quiet", "--release", "--package", "soak", "--"]);
    cargo.args([args.calls, args.tasks, args.seconds, args.attempts].map(|n| n.to_string()));
    process::run(&mut cargo)
}
