//! `cargo xtask`: the entry point for contributors. Each command is a module with its arguments and a `run` function.
//!
//! Modules import downward only: the commands `bench`, `codegen`, `conformance`, `corpus`, `e2e`,
//! `features`, `import`, `package`, `semver` and `soak`; then `system` and `text`. Commands that
//! users also need are in the module `cli` of `longshore-codegen`.

// `println!` and `eprintln!` panic if the reader closes the pipe; `outln` and `errln` do not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

// Imports `outln` and `errln`.
#[macro_use]
extern crate longshore_codegen;

mod bench;
mod codegen;
mod conformance;
mod corpus;
mod e2e;
mod features;
mod import;
mod package;
mod semver;
mod soak;
mod system;
mod text;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use longshore_codegen::cli::{changes, console, outcome};

/// Generates, imports, tests and measures Longshore.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Codegen(codegen::Args),
    Import(import::Args),
    Changes(changes::Args),
    E2e(e2e::Args),
    Bench(bench::Args),
    Conformance(conformance::Args),
    Corpus(corpus::Args),
    Features(features::Args),
    Package(package::Args),
    Semver(semver::Args),
    Soak(soak::Args),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Codegen(args) => codegen::run(args),
        Command::Import(args) => import::run(args),
        // Its exit status distinguishes more than success and failure.
        Command::Changes(args) => return outcome::exit_code(changes::run(&args)),
        Command::E2e(args) => e2e::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Conformance(args) => conformance::run(&args),
        Command::Corpus(args) => corpus::run(&args),
        Command::Features(args) => features::run(&args),
        Command::Package(args) => package::run(&args),
        Command::Semver(args) => semver::run(&args),
        Command::Soak(args) => soak::run(&args),
    };
    match outcome.and_then(|()| console::write_error().map_or(Ok(()), |why| Err(why.into()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::error(error.as_ref());
            ExitCode::FAILURE
        }
    }
}
