//! `cargo xtask bench build|calls|codegen|push`: measures Longshore on this machine.
//!
//! The module contains the measurements (processor time, memory, callers that are built and run) and
//! the tables that report them. A missed budget is shown in the table and does not fail the
//! command. Imports `system` and `text`.

mod build;
mod caller;
mod calls;
mod codegen;
mod push;
mod source;
pub(crate) mod table;
mod usage;
mod workspace;

use std::error::Error;

/// Measure build time, call time, generation time or throughput on this machine
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Build the same caller of four operations with Longshore and with the official SDK
    Build,
    Calls(calls::Args),
    Codegen(codegen::Args),
    Push(push::Args),
}

/// Runs the benchmark and prints a Markdown table.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn Error>> {
    match args.what {
        What::Build => build::run(),
        What::Calls(args) => calls::run(&args),
        What::Codegen(args) => codegen::run(&args),
        What::Push(args) => push::run(&args),
    }
}
