//! The generated text of every fixture model, a snapshot each.
//!
//! The crate `longshore-fixtures` generates the same models in its build script and compiles them,
//! so a snapshot that is accepted is also one that builds.

use std::{fmt::Write, fs, path::Path};

use longshore_codegen::Generator;

/// All files of a tree as one text.
fn text(model: &Path) -> String {
    let generated = Generator::new().endpoint_tests(true).model(model).generate_modules();
    let generated = generated.unwrap_or_else(|error| panic!("{}: {error}", model.display()));
    let mut text = String::new();
    for (path, file) in &generated.files {
        writeln!(text, "=== {path}\n{file}").unwrap();
    }
    text
}

#[test]
fn every_fixture_is_generated_as_its_snapshot_says() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models");
    let mut names: Vec<_> = fs::read_dir(&models)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        insta::assert_snapshot!(name.as_str(), text(&models.join(&name)));
    }
}

#[test]
fn the_same_models_give_the_same_text() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models/values");
    assert_eq!(text(&model), text(&model));
}
