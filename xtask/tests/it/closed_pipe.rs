//! Tests that a command finishes its work even if the reader of its output exits, as `head` does.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// A command that prints a line and writes a file.
fn import(folder: &Path) -> Command {
    let model = crate::repository::root().join("codegen/fixtures/models/values/model.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("import").arg(model);
    command.args(["--service", "values", "--models"]).arg(folder);
    command
}

#[test]
fn a_command_finishes_if_the_pipe_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = import(folder.path());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stderr, b"");
    assert!(fs::metadata(folder.path().join("values/model.json")).is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn another_write_error_fails_the_command() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = import(folder.path()).stdout(full).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(printed.starts_with("error: cannot write the output: "), "{printed}");
}
