//! The program `longshore`: each command is a module with its arguments and a `run` function.
//!
//! `cargo xtask` calls the same code, so its items are public, but they are not part of the API of
//! this crate. Only this module prints, reads the terminal and starts a process (cargo).

// `println!` and `eprintln!` panic if the reader closes the pipe; `outln` and `errln` do not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

#[macro_use]
pub mod console;

pub mod changes;
pub mod check;
mod completions;
pub mod coverage;
pub mod generate;
pub mod generated_source;
mod links;
pub mod manifest;
pub mod options;
pub mod outcome;
pub mod progress;
pub mod toml;
mod workspace;

use std::{error::Error, ffi::OsString, process::ExitCode};

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use self::outcome::{Outcome, exit_code};

/// The exit statuses, as the help states them.
const EXIT_STATUS: &str = "\
Exit status:
  0  success; `check` and `changes` found no difference
  1  `check` or `changes` found a difference
  2  an error: invalid arguments, an invalid model, or a file that cannot be read or written";

/// Generates typed Rust clients from AWS service models
///
/// Models are Smithy JSON AST files or C2J files, the format of botocore. A generated crate depends
/// on the package `longshore-runtime`. `longshore COMMAND --help` shows examples of each command.
#[derive(Debug, Parser)]
#[command(name = "longshore", version, after_help = EXIT_STATUS)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to print colors and links. `auto` prints them on terminals unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value_t = ColorChoice::Auto,
        display_order = 100
    )]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(after_help = generate::EXAMPLES)]
    Generate(generate::Args),
    #[command(after_help = check::EXAMPLES)]
    Check(check::Args),
    #[command(after_help = changes::EXAMPLES)]
    Changes(changes::Args),
    #[command(after_help = completions::EXAMPLES)]
    Completions(completions::Args),
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    anstream_choice(color(&arguments)).write_global();
    let cli = Cli::parse_from(arguments);
    anstream_choice(cli.color).write_global();
    exit_code(run(cli.command))
}

fn run(command: Command) -> Result<Outcome, Box<dyn Error>> {
    match command {
        Command::Generate(args) => generate::run(&args, None).map(|()| Outcome::Success),
        Command::Check(args) => check::run(&args),
        Command::Changes(args) => changes::run(&args),
        Command::Completions(args) => {
            completions::run(&args, Cli::command());
            Ok(Outcome::Success)
        }
    }
}

/// The value of `--color`, determined before parsing so that it also applies to help texts and to
/// errors in the arguments.
fn color(arguments: &[OsString]) -> ColorChoice {
    let texts = || arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
    let separate = texts().zip(texts().skip(1)).filter(|(name, _)| *name == "--color");
    let joined = texts().filter_map(|argument| argument.strip_prefix("--color="));
    let value = separate.map(|(_, value)| value).chain(joined).next_back();
    value.and_then(|value| value.parse().ok()).unwrap_or_default()
}

fn anstream_choice(color: ColorChoice) -> anstream::ColorChoice {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_of_the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_color_of_errors_is_known_before_arguments_are_parsed() {
        let table: [(&[&str], ColorChoice); 6] = [
            (&["generate"], ColorChoice::Auto),
            (&["--color", "never"], ColorChoice::Never),
            (&["generate", "--color=always", "--help"], ColorChoice::Always),
            (&["--color", "blue"], ColorChoice::Auto),
            (&["--color"], ColorChoice::Auto),
            (&["--colors", "never"], ColorChoice::Auto),
        ];
        for (arguments, expected) in table {
            let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
            assert_eq!(color(&arguments), expected, "{arguments:?}");
        }
    }
}
