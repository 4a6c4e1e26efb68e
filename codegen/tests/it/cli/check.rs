//! Tests `longshore check`: it reports differences and problems, and writes nothing.

use std::fs;

use super::{fixture, generated, longshore, root, text, tree};

#[test]
fn check_names_the_files_that_differ_and_writes_nothing() {
    let (folder, out) = generated("values");
    let arguments = ["check", "--model", &fixture("values"), "--out", &out];
    let output = longshore(&arguments);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert!(text(&output.stdout).ends_with("10 files are up to date\n"));

    let lib = folder.path().join("src/lib.rs");
    fs::write(&lib, fs::read_to_string(&lib).unwrap() + "// changed\n").unwrap();
    let output = longshore(&arguments);
    let one = "error: 1 file differs from the generated code; run `longshore generate` with the \
               same options\n";
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(1), one));

    fs::remove_file(folder.path().join("src/values/client.rs")).unwrap();
    let before = tree(folder.path());
    let output = longshore(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let listed = text(&output.stdout);
    assert!(listed.contains("changed: lib.rs"), "{listed}");
    assert!(listed.contains("missing: values/client.rs"), "{listed}");
    assert!(text(&output.stderr).starts_with("error: 2 files differ"));
    assert_eq!(tree(folder.path()), before);
}

/// A crate of fewer operations is up to date only with the same operations.
#[test]
fn check_takes_the_options_of_generate() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let model = fixture("shared");
    let arguments = ["--model", &model, "--out", out, "--name", "mine", "--operations", "Read"];
    assert!(longshore(&[&["generate"], &arguments[..]].concat()).status.success());
    assert_eq!(longshore(&[&["check"], &arguments[..]].concat()).status.code(), Some(0));
    let all = longshore(&["check", "--model", &model, "--out", out]);
    assert_eq!(all.status.code(), Some(1));
    assert!(text(&all.stdout).contains("missing: shared/operation/write.rs"));
}

#[test]
fn check_rejects_the_options_that_generate_rejects() {
    let (folder, out) = generated("values");
    let runtime = root().join("runtime");
    let table: [(&[&str], &str); 3] = [
        (&["--features", "nonsense"], "error: --features: the crate has no feature \"nonsense\""),
        (&["--name", "other"], "Cargo.toml exists with the package name "),
        (
            &["--runtime-path", runtime.to_str().unwrap()],
            "Cargo.toml exists and does not name longshore-runtime by this path",
        ),
    ];
    let before = tree(folder.path());
    for (options, expected) in table {
        let [generate, check] = ["generate", "check"].map(|command| {
            let arguments = [command, "--model", &fixture("values"), "--out", &out];
            let output = longshore(&[&arguments, options].concat());
            (output.status.code(), text(&output.stderr))
        });
        assert!(check.1.contains(expected), "{options:?}: {check:?}");
        assert_eq!((check.0, &check), (Some(2), &generate), "{options:?}");
    }
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_missing_manifest_is_a_difference() {
    let (folder, out) = generated("values");
    fs::remove_file(folder.path().join("Cargo.toml")).unwrap();
    let output = longshore(&["check", "--model", &fixture("values"), "--out", &out]);
    assert_eq!(output.status.code(), Some(1));
    let listed = text(&output.stdout);
    assert!(listed.contains(": missing: Cargo.toml\n"), "{listed}");
    assert!(!folder.path().join("Cargo.toml").exists());
}

#[test]
fn without_a_folder_only_the_models_are_checked() {
    let output = longshore(&["check", "--model", &fixture("values"), &fixture("shared")]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let printed = text(&output.stdout);
    assert!(printed.contains("the models are valid; they become "), "{printed}");

    let model = root().join("codegen/tests/rejects/trait_unknown.json");
    let output = longshore(&["check", "--model", model.to_str().unwrap()]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
    let printed = text(&output.stderr);
    let place = format!("error: {}:34:18: example.rejects#CallRequest$value: ", model.display());
    assert!(printed.starts_with(&place), "{printed}");
}

#[test]
fn a_manifest_without_a_feature_is_an_error() {
    let (folder, out) = generated("values");
    let manifest = folder.path().join("Cargo.toml");
    let text_without = fs::read_to_string(&manifest).unwrap().replace("values = []\n", "");
    fs::write(&manifest, text_without).unwrap();
    let output = longshore(&["check", "--model", &fixture("values"), "--out", &out]);
    assert_eq!(output.status.code(), Some(2));
    let printed = text(&output.stderr);
    assert!(printed.contains("has no feature values; add `values = []`"), "{printed}");
}
