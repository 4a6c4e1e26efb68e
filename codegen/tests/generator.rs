//! The generator as a build script calls it.

use std::path::PathBuf;

use longshore_codegen::Generator;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from("fixtures/models").join(name)
}

#[test]
fn operations_may_belong_to_any_of_several_services() {
    let generator = Generator::new().model(fixture("errors")).model(fixture("shared"));
    let generated = generator.clone().operations(["Quiet", "Read"]).generate_modules().unwrap();
    let counts: Vec<_> = generated.services.iter().map(|service| service.operations).collect();
    assert_eq!(counts, [1, 1]);

    let error = generator.clone().operations(["Quiet", "Read", "Raed"]).generate_modules();
    let error = error.unwrap_err().to_string();
    assert_eq!(error, "none of the services has an operation Raed; correct its name.");

    let error = generator.operations(["Quiet"]).generate_modules().unwrap_err().to_string();
    assert!(error.contains("none of the operations asked for is one of this service's"), "{error}");
}

#[test]
fn two_services_cannot_be_one_module() {
    let generator = Generator::new().model(fixture("errors")).model(fixture("errors"));
    let error = generator.generate_modules().unwrap_err().to_string();
    assert!(
        error.starts_with("fixtures/models/errors: the service Errors would become"),
        "{error}"
    );
}

#[test]
fn a_subset_reaches_only_what_it_needs() {
    let generator = Generator::new().model(fixture("shared"));
    let all = generator.generate_modules().unwrap().files;
    let some = generator.operations(["Write"]).generate_modules().unwrap().files;
    assert!(all.contains_key("shared/types/item.rs"));
    let names: Vec<_> = some.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "mod.rs",
            "shared/client.rs",
            "shared/mod.rs",
            "shared/operation/mod.rs",
            "shared/operation/write.rs"
        ]
    );
}

#[test]
fn a_token_that_is_not_filled_in_is_a_warning() {
    let generated = Generator::new().model(fixture("tokens")).generate_modules().unwrap();
    let warnings: Vec<_> = generated.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("example.tokens#Inner$token"), "{warnings:?}");
}

#[test]
fn large_models_are_walked_in_reasonable_steps() {
    // Every structure names every other: a search per member would take minutes.
    let count = 150;
    let mut shapes = String::from(
        r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}],
            "traits": {"aws.api#service": {"sdkId": "S"}, "aws.auth#sigv4": {"name": "s"},
            "aws.protocols#awsJson1_1": {}}},
        "a#O": {"type": "operation", "input": {"target": "a#I"}, "output": {"target": "smithy.api#Unit"}},
        "a#I": {"type": "structure", "members": {"x": {"target": "a#T0"}}}"#,
    );
    for from in 0..count {
        let members: Vec<_> =
            (0..count).map(|to| format!(r#""m{to}": {{"target": "a#T{to}"}}"#)).collect();
        let members = members.join(",");
        shapes += &format!(r#","a#T{from}": {{"type": "structure", "members": {{{members}}}}}"#);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    std::fs::write(&path, format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#)).unwrap();
    let files = Generator::new().model(path).generate_modules().unwrap().files;
    assert!(files["s/types/t7.rs"].contains("pub m9: Option<Box<super::T9>>"));
}
