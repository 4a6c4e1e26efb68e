//! Tests the program `longshore` as a user runs it: its output, its exit status and its files.

mod changes;
mod check;
mod completions;
mod crates;
mod generate;
mod help;
#[cfg(unix)]
mod terminal;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// The program, independent of the variables that influence its output.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_longshore"));
    for name in ["CI", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_HYPERLINK", "NO_COLOR"] {
        command.env_remove(name);
    }
    command
}

fn longshore(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// The root of this repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The folder of the runtime in this repository.
fn runtime() -> PathBuf {
    root().join("runtime")
}

fn fixture(name: &str) -> String {
    let path = root().join("codegen/fixtures/models").join(name).join("model.json");
    path.to_str().unwrap().to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A crate generated from a fixture, and its folder as an argument.
fn generated(name: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap().to_owned();
    let output = longshore(&["generate", "--model", &fixture(name), "--out", &out]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    (folder, out)
}

/// Every file below a folder with its content.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(tree(&path));
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}
