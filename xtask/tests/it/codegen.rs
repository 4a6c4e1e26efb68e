//! Tests `cargo xtask codegen`: its output, its exit status, and the files that it does not change.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
}

fn fixture(name: &str) -> String {
    let path = root().join("codegen/fixtures/models").join(name).join("model.json");
    path.to_str().unwrap().to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A crate generated from a fixture, and its folder as an argument.
fn generated(name: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap().to_owned();
    let output = xtask(&["codegen", "--model", &fixture(name), "--out", &out]);
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

#[test]
fn the_committed_source_is_up_to_date() {
    let output = xtask(&["codegen", "--check"]);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn a_model_becomes_a_crate() {
    let (folder, _) = generated("values");
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"values-client\""), "{manifest}");
    assert!(folder.path().join("src/lib.rs").is_file());
    assert!(folder.path().join("src/values/operation/store_values.rs").is_file());
}

#[test]
fn check_names_the_file_that_differs_and_writes_nothing() {
    let (folder, out) = generated("values");
    let lib = folder.path().join("src/lib.rs");
    let changed = fs::read_to_string(&lib).unwrap() + "// changed\n";
    fs::write(&lib, &changed).unwrap();
    fs::remove_file(folder.path().join("src/values/client.rs")).unwrap();

    let output = xtask(&["codegen", "--model", &fixture("values"), "--out", &out, "--check"]);
    assert_eq!(output.status.code(), Some(1));
    let listed = text(&output.stdout);
    assert!(listed.contains("changed: lib.rs"), "{listed}");
    assert!(listed.contains("missing: values/client.rs"), "{listed}");
    assert!(text(&output.stderr).contains("2 files differ"));
    assert_eq!(fs::read_to_string(&lib).unwrap(), changed);
}

#[test]
fn only_the_requested_operations_are_generated() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let model = fixture("shared");
    let output = xtask(&["codegen", "--model", &model, "--out", out, "--operations", "Read,Write"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let operations = folder.path().join("src/shared/operation");
    assert!(operations.join("read.rs").is_file() && operations.join("write.rs").is_file());
    assert!(!operations.join("rewrite.rs").exists());
    // Types that only Rewrite uses are not generated either.
    assert!(!folder.path().join("src/shared/types").exists());

    let output = xtask(&["codegen", "--model", &model, "--out", out, "--operations", "read"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stderr);
    assert!(printed.contains("unknown operation read; did you mean Read?"), "{printed}");
}

#[test]
fn a_rejected_model_leaves_the_files_unchanged() {
    let (folder, out) = generated("values");
    let before = tree(folder.path());
    let broken = folder.path().with_extension("json");
    let model = fs::read_to_string(fixture("values")).unwrap();
    fs::write(&broken, &model[..model.len() / 2]).unwrap();

    let output = xtask(&["codegen", "--model", broken.to_str().unwrap(), "--out", &out]);
    fs::remove_file(&broken).unwrap();
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stderr);
    assert!(printed.starts_with("error: ") && printed.contains(".json:"), "{printed}");
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_folder_that_cannot_be_written_is_one_readable_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "mine").unwrap();
    let out = file.join("crate");
    let output = xtask(&["codegen", "--model", &fixture("values"), "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stderr);
    assert!(printed.contains("a-file") && printed.lines().count() == 1, "{printed}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn a_crate_that_was_not_generated_is_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/main.rs"), "fn main() {}").unwrap();
    let manifest = "[features]\nblocking = [\"longshore-runtime/blocking\"]\n\
                    http-transport = [\"longshore-runtime/http-transport\"]\n\
                    values = []\n";
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    let before = tree(folder.path());
    let out = folder.path().to_str().unwrap();
    let output = xtask(&["codegen", "--model", &fixture("values"), "--out", out]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("main.rs"), "{}", text(&output.stderr));
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn unknown_traits_are_warnings_with_lenient() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let model = root().join("codegen/tests/rejects/trait_unknown.json");
    let model = model.to_str().unwrap();
    assert_eq!(xtask(&["codegen", "--model", model, "--out", out]).status.code(), Some(1));
    let output = xtask(&["codegen", "--model", model, "--out", out, "--lenient"]);
    assert!(output.status.success());
    let printed = text(&output.stderr);
    assert!(
        printed.starts_with("warning: ") && printed.contains("example.wire#encrypted"),
        "{printed}"
    );
    // The warning names the trait that was ignored, and not the option that allows it.
    assert!(!printed.contains("--lenient"), "{printed}");
}
