//! Runs another program to its end and reports a failure in one sentence.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// The cargo that runs this program, so that builds use the same toolchain.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` with inherited output.
pub(crate) fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status().map_err(|error| start_error(command, &error))?;
    check_status(command, status)
}

/// Runs `command` and returns its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, Box<dyn Error>> {
    command.stderr(Stdio::inherit());
    let output = command.output().map_err(|error| start_error(command, &error))?;
    check_status(command, output.status)?;
    String::from_utf8(output.stdout)
        .map_err(|_| format!("`{}` printed invalid UTF-8", command_line(command)).into())
}

/// Returns an error if the program failed.
pub(crate) fn check_status(command: &Command, status: ExitStatus) -> Result<(), Box<dyn Error>> {
    if status.success() {
        return Ok(());
    }
    Err(format!("`{}` failed ({status})", command_line(command)).into())
}

pub(crate) fn start_error(command: &Command, error: &std::io::Error) -> Box<dyn Error> {
    format!("`{}` could not be started: {error}", command_line(command)).into()
}

/// The command as it would be typed, without the program's folder.
pub(crate) fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named_with_its_arguments_and_status() {
        let error = run(cargo().args(["no-such-command-of-cargo", "x"]).stderr(Stdio::null()));
        let text = error.expect_err("cargo has no such command").to_string();
        assert!(
            text.starts_with("`cargo no-such-command-of-cargo x` failed (exit status: "),
            "{text}"
        );
    }

    #[test]
    fn a_missing_program_is_named_without_its_folder() {
        let text = run(&mut Command::new("/no/such/folder/tool")).expect_err("missing").to_string();
        assert!(text.starts_with("`tool` could not be started: "), "{text}");
    }

    #[test]
    fn the_output_of_a_program_is_returned() {
        let text = output(cargo().arg("--version")).expect("cargo runs");
        assert!(text.starts_with("cargo "), "{text}");
    }
}
