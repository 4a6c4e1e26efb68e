//! Tests `cargo xtask changes`, which runs the same code as `longshore changes`, with models that
//! `cargo xtask import` has written.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

fn xtask(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(models()).output().unwrap()
}

/// The folder with ECR's model before and after a change, and with the expected report, which the
/// tests of `longshore changes` also use.
fn models() -> PathBuf {
    crate::repository::root().join("codegen/tests/changes")
}

fn status_and_stdout(output: &Output) -> (Option<i32>, String) {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap())
}

#[test]
fn the_report_is_that_of_longshore() {
    let expected = fs::read_to_string(models().join("report.txt")).unwrap();
    let output = xtask(&["changes", "before.json", "after.json"]);
    assert_eq!(status_and_stdout(&output), (Some(1), expected));
    let failed = xtask(&["changes", "before.json", "no/such/file"]);
    assert_eq!(failed.status.code(), Some(2));
    let printed = String::from_utf8(failed.stderr).unwrap();
    assert!(printed.starts_with("error: cannot read no/such/file: "), "{printed}");
}

#[test]
fn an_imported_model_is_compared_with_a_c2j_model() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().to_str().unwrap();
    let import = xtask(&["import", "--service", "ecr", "--models", models, "before.json"]);
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    let imported = folder.path().join("ecr");
    let imported = imported.to_str().unwrap();
    let (status, report) = status_and_stdout(&xtask(&["changes", imported, "before.json"]));
    assert_eq!(status, Some(0), "{report}");
    assert!(report.ends_with(": equal\n"), "{report}");
    let (status, report) = status_and_stdout(&xtask(&["changes", imported, "after.json"]));
    assert_eq!(status, Some(1));
    assert!(report.contains("\n        + imageDigest: string\n"), "{report}");
}
