//! Tests `cargo xtask codegen`. Its options for other models are those of `longshore generate`, which
//! has tests of its own.

use std::{
    fs,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::repository::root;

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
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
    let output = xtask(&["codegen", "--model", &fixture(name), "--out", &out]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    (folder, out)
}

#[test]
fn the_committed_source_is_up_to_date() {
    let output = xtask(&["codegen", "--check"]);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn a_model_becomes_a_crate_that_uses_the_runtime_of_this_checkout() {
    let (folder, _) = generated("values");
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"values-client\""), "{manifest}");
    let runtime = format!("path = {:?}", root().join("runtime"));
    assert!(manifest.contains(&runtime), "{manifest}");
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
    let expected = "error: 2 files differ from the generated code; run the same command without \
                    --check\n";
    assert_eq!(text(&output.stderr), expected);
    assert_eq!(fs::read_to_string(&lib).unwrap(), changed);
}
