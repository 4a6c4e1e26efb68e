//! `longshore completions`: prints the completions of the program for a shell.

use std::io;

use clap_complete::{Shell, generate};

use super::console;

pub(super) const EXAMPLES: &str = "\
Examples:
  longshore completions bash > ~/.local/share/bash-completion/completions/longshore
  longshore completions fish > ~/.config/fish/completions/longshore.fish
  longshore completions zsh > ~/.zfunc/_longshore  # ~/.zfunc must be in $fpath";

/// Print the completions of this program for a shell
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions of `command`.
pub(super) fn run(args: &Args, mut command: clap::Command) {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    generate(args.shell, &mut command, name, &mut script);
    console::write(io::stdout(), format_args!("{}", String::from_utf8_lossy(&script)));
}
