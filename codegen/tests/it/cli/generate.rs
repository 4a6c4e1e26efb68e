//! Tests `longshore generate`: what it writes, and what it leaves unchanged if it fails.

use std::fs;

use super::{fixture, generated, longshore, program, root, runtime, text, tree};

#[test]
fn a_model_becomes_a_crate_that_names_the_runtime_by_version() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let output = longshore(&["generate", "--model", &fixture("values"), "--out", out]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let expected =
        format!("{out}/src: 10 files written, 0 removed, 0 unchanged\n").replace('/', SEPARATOR);
    assert!(text(&output.stdout).replace('/', SEPARATOR).ends_with(&expected), "{expected}");
    assert!(folder.path().join("src/lib.rs").is_file());
    assert!(folder.path().join("src/values/operation/store_values.rs").is_file());
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"values-client\""), "{manifest}");
    let version = env!("CARGO_PKG_VERSION");
    let dependency =
        format!("longshore-runtime = {{ version = \"{version}\", default-features = false }}");
    assert!(manifest.contains(&dependency), "{manifest}");
}

const SEPARATOR: &str = std::path::MAIN_SEPARATOR_STR;

#[test]
fn a_relative_path_of_the_runtime_becomes_relative_to_the_crate() {
    let folder = tempfile::tempdir().unwrap();
    let checkout = folder.path().join("checkout/runtime");
    fs::create_dir_all(&checkout).unwrap();
    fs::copy(runtime().join("Cargo.toml"), checkout.join("Cargo.toml")).unwrap();
    let generate = |path: &str| {
        let arguments = ["--out", "clients/values", "--runtime-path", path];
        let mut command = program();
        command.args(["generate", "--model", &fixture("values")]).args(arguments);
        let output = command.current_dir(folder.path()).output().unwrap();
        (output.status.code(), text(&output.stderr))
    };
    let (status, printed) = generate("checkout");
    let expected = "error: --runtime-path: checkout does not contain the package \
                    longshore-runtime; pass the folder `runtime` of a checkout of Longshore\n";
    assert_eq!((status, printed.as_str()), (Some(2), expected));
    assert!(!folder.path().join("clients").exists());

    assert_eq!(generate("checkout/runtime"), (Some(0), String::new()));
    let manifest = folder.path().join("clients/values/Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains(", path = \"../../checkout/runtime\","), "{text}");
    // The same command succeeds again. Another path contradicts the manifest.
    assert_eq!(generate("checkout/runtime"), (Some(0), String::new()));
    let (status, printed) = generate(checkout.to_str().unwrap());
    assert_eq!(status, Some(2));
    assert!(printed.contains("does not name longshore-runtime by this path"), "{printed}");
    assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
}

#[test]
fn only_the_requested_operations_are_generated() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let model = fixture("shared");
    let output =
        longshore(&["generate", "--model", &model, "--out", out, "--operations", "Read,Write"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let operations = folder.path().join("src/shared/operation");
    assert!(operations.join("read.rs").is_file() && operations.join("write.rs").is_file());
    assert!(!operations.join("rewrite.rs").exists());
    // Types that only Rewrite uses are not generated either.
    assert!(!folder.path().join("src/shared/types").exists());

    let output = longshore(&["generate", "--model", &model, "--out", out, "--operations", "read"]);
    assert_eq!(output.status.code(), Some(2));
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

    let output = longshore(&["generate", "--model", broken.to_str().unwrap(), "--out", &out]);
    fs::remove_file(&broken).unwrap();
    assert_eq!(output.status.code(), Some(2));
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
    let output =
        longshore(&["generate", "--model", &fixture("values"), "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
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
    let output = longshore(&["generate", "--model", &fixture("values"), "--out", out]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("main.rs"), "{}", text(&output.stderr));
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn unknown_traits_are_warnings_with_lenient() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let model = root().join("codegen/tests/rejects/trait_unknown.json");
    let model = model.to_str().unwrap();
    assert_eq!(longshore(&["generate", "--model", model, "--out", out]).status.code(), Some(2));
    let output = longshore(&["generate", "--model", model, "--out", out, "--lenient"]);
    assert!(output.status.success());
    let printed = text(&output.stderr);
    assert!(
        printed.starts_with("warning: ") && printed.contains("example.wire#encrypted"),
        "{printed}"
    );
    // The warning names the trait that was ignored, and not the option that allows it.
    assert!(!printed.contains("--lenient"), "{printed}");
}
