//! `cargo xtask soak`: many calls against a server that fails a tenth of them in every way there is.
//!
//! The calls are made by the program in `xtask/harness/soak`, so that this one needs no client to be built.

use std::error::Error;

use crate::system::{process, repository};

/// Make many calls against a server that misbehaves, and check what comes of each
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many calls
    #[arg(long, default_value_t = 100_000)]
    calls: u32,
    /// How many of them at a time
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    tasks: u32,
    /// After how many seconds no further call is begun, which then is an error
    #[arg(long, default_value_t = 270)]
    seconds: u32,
    /// How many attempts a call may have
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    attempts: u32,
}

/// Prints a table, and fails where anything in it is not right.
pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let mut cargo = process::cargo();
    cargo.current_dir(repository::root());
    cargo.args(["run", "--quiet", "--release", "--package", "soak", "--"]);
    cargo.args([args.calls, args.tasks, args.seconds, args.attempts].map(|n| n.to_string()));
    process::run(&mut cargo)
}
