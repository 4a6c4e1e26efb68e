//! Calls the generator as a build script does.

use std::{fs, path::PathBuf};

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
    assert!(error.contains("none of the requested operations belongs to this service"), "{error}");
}

#[test]
fn two_services_cannot_share_a_module() {
    let generator = Generator::new().model(fixture("errors")).model(fixture("errors"));
    let error = generator.generate_modules().unwrap_err().to_string();
    assert!(
        error.starts_with("fixtures/models/errors: the service Errors would become"),
        "{error}"
    );
}

#[test]
fn a_subset_contains_only_what_it_needs() {
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
            "shared/error.rs",
            "shared/mod.rs",
            "shared/operation/mod.rs",
            "shared/operation/write.rs"
        ]
    );
}

#[test]
fn a_trait_that_the_protocol_ignores_changes_nothing() {
    let model = fs::read_to_string(fixture("forms").join("model.json")).unwrap();
    let query = r#""aws.protocols#awsQuery": {}"#;
    let ignored = format!(r#"{query}, "aws.protocols#awsQueryCompatible": {{}}"#);
    let folder = tempfile::tempdir().unwrap();
    let generate = |file: &str, text: &str| {
        let file = folder.path().join(file);
        fs::write(&file, text).unwrap();
        Generator::new().model(file).generate_modules().unwrap().files
    };
    let changed = model.replace(query, &ignored);
    assert_ne!(model, changed);
    assert_eq!(generate("plain.json", &model), generate("ignored.json", &changed));
}

#[test]
fn a_token_that_is_not_filled_in_is_a_warning() {
    let generated = Generator::new().model(fixture("tokens")).generate_modules().unwrap();
    let warnings: Vec<_> = generated.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("example.tokens#Inner$token"), "{warnings:?}");
}

#[test]
fn a_subset_has_the_pages_waiters_endpoints_and_exceptions_of_its_operations() {
    let subset = |name: &str, operation: &str| {
        let generator = Generator::new().model(fixture(name)).endpoint_tests(true);
        generator.operations([operation]).generate_modules().unwrap().files
    };
    let files = subset("pages", "ListThings");
    let client = &files["pages/client.rs"];
    assert!(client.contains("fn list_things_pages(") && !client.contains("list_nested"));
    assert!(!files.contains_key("pages/operation/list_nested.rs"));

    let files = subset("waiters", "Ping");
    let client = &files["waiters/client.rs"];
    assert!(client.contains("fn wait_until_reachable(") && !client.contains("wait_until_job"));
    assert!(!files.keys().any(|path| path.contains("exception") || path.contains("job")));

    // The rules are always complete; only the selected operations set their parameters.
    let files = subset("endpoint-rules", "Control");
    let control = &files["endpoint_rules/operation/control.rs"];
    assert!(control.contains(r#".text("OperationType", "control")"#), "{control}");
    assert!(files["endpoint_rules/endpoint.rs"].contains("Bucket"));
    assert!(!files.keys().any(|path| path.contains("route") || path.contains("stage")));

    let files = subset("errors", "Quiet");
    assert!(!files.keys().any(|path| path.contains("not_found") || path.contains("fail")));
}

#[test]
fn a_large_model_does_not_take_quadratic_time() {
    // Every structure refers to every other: a search for each member would take minutes.
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

/// The warnings of a generator, as text.
fn warnings(generator: &Generator) -> Vec<String> {
    let generated = generator.generate_modules().unwrap();
    generated.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn patterns_that_clients_cannot_check_are_counted_in_a_warning() {
    assert_eq!(
        warnings(&Generator::new().model(fixture("patterns"))),
        ["fixtures/models/patterns/model.json:4:34: example.patterns#Patterns: clients cannot \
             check a pattern, which is malformed, too long or not supported: CheckRequest$anyCase."]
    );
    let members = (0..7).map(|n| {
        let pattern = ["(a", "[a&&b]", "(?i)a", "^(?!a)"][n % 4];
        format!(r#""m{n}": {{"target": "smithy.api#String", "traits": {{"smithy.api#pattern": "{pattern}"}}}}"#)
    });
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
        "a#S": {{"type": "service", "version": "1", "operations": [{{"target": "a#O"}}],
            "traits": {{"aws.api#service": {{"sdkId": "S"}}, "aws.protocols#awsJson1_1": {{}},
                "aws.auth#sigv4": {{"name": "s"}}}}}},
        "a#O": {{"type": "operation", "input": {{"target": "a#I"}}, "output": {{"target": "a#I"}}}},
        "a#I": {{"type": "structure", "members": {{{}}}}}}}}}"#,
        members.collect::<Vec<_>>().join(", ")
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    fs::write(&path, text).unwrap();
    let generator = Generator::new().model(path).strict(true);
    let [warning]: [String; 1] = warnings(&generator).try_into().unwrap();
    let wanted = "clients cannot check 6 patterns, which are malformed, too long or not supported: \
                  I$m0, I$m1, I$m2, I$m4, I$m5 and 1 more.";
    assert!(warning.ends_with(wanted), "{warning}");
    let files = generator.generate_modules().unwrap().files;
    let checked = files["s/operation/o.rs"].matches("pattern(").count();
    assert_eq!(checked, 1, "m3 in the request");
}

#[test]
fn streaming_operations_are_skipped_with_the_shapes_that_only_they_use() {
    let generator = Generator::new().model(fixture("streams"));
    let generated = generator.generate_modules().unwrap();
    let names: Vec<_> = generated.files.keys().map(String::as_str).collect();
    assert!(names.contains(&"streams/operation/get.rs"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("drop") || name.contains("exception")));
    assert_eq!(
        warnings(&generator),
        [
            "fixtures/models/streams/model.json:77:31: example.streams#Listen: the operation is skipped: its output has an event stream, the member example.streams#ListenResponse$\
             drops of example.streams#Drops, which generated clients do not support.",
            "fixtures/models/streams/model.json:138:29: example.streams#Pour: the operation is skipped: its input has a streaming body, the member example.streams#PourRequest$\
             water of example.streams#Water, which generated clients do not support.",
        ]
    );
}

#[test]
fn a_streaming_operation_is_an_error_if_it_was_requested() {
    let generator = Generator::new().model(fixture("streams"));
    let strict = generator.clone().strict(true).generate_modules().unwrap_err();
    assert_eq!(strict.problems().len(), 2);
    let way_out = "; list the others with --operations, or omit --strict.";
    assert!(strict.problems().iter().all(|problem| problem.message.ends_with(way_out)), "{strict}");
    let named = generator.clone().operations(["Get", "Listen"]).generate_modules().unwrap_err();
    let [problem] = named.problems() else { panic!("{named}") };
    assert_eq!(problem.shape.as_deref(), Some("example.streams#Listen"));
    assert!(problem.message.starts_with("the operation cannot be generated: its output has an"));
    assert!(problem.message.ends_with("; remove it from --operations."));
    let some = generator.strict(true).operations(["Get"]);
    assert_eq!(warnings(&some), Vec::<String>::new());
}

#[test]
fn a_tree_lists_the_runtime_features_that_it_needs() {
    let needs = |generator: Generator| generator.generate_modules().unwrap().runtime_features;
    let compression = || Generator::new().model(fixture("compression"));
    assert_eq!(needs(compression()), ["compression"]);
    assert_eq!(needs(compression().blocking(true)), ["blocking", "compression"]);
    assert!(needs(compression().operations(["Whisper"])).is_empty());
    // A crate has a feature for blocking clients.
    assert_eq!(compression().generate_crate().unwrap().runtime_features, ["compression"]);
    let shops = || Generator::new().model(fixture("shops"));
    assert_eq!(needs(shops()), ["content-md5"]);
    assert!(needs(shops().operations(["Ping"])).is_empty());
    assert_eq!(needs(Generator::new().model(fixture("forms"))), ["aws-query"]);
}

#[test]
fn a_service_does_not_take_the_name_of_a_crate_feature() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    let reserved = [
        ("Default", "default-service"),
        ("Blocking", "blocking-service"),
        ("Credential Chain", "credential-chain-service"),
        ("HTTP Transport", "http-transport-service"),
        ("Chrono", "chrono-service"),
        ("Jiff", "jiff-service"),
        ("Time", "time-service"),
    ];
    for (id, feature) in reserved {
        let text = r#"{"smithy": "2.0", "shapes": {
            "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}],
                "traits": {"aws.api#service": {"sdkId": "ID"}, "aws.protocols#awsJson1_1": {}}},
            "a#O": {"type": "operation"}}}"#;
        std::fs::write(&path, text.replace("ID", id)).unwrap();
        let generated = Generator::new().model(&path).generate_crate().unwrap();
        assert_eq!(generated.services[0].feature, feature);
        let line = format!("#[cfg(feature = \"{feature}\")]");
        assert!(generated.files["lib.rs"].contains(&line), "{}", generated.files["lib.rs"]);
    }
}

#[test]
fn a_service_without_an_authentication_scheme_is_unsigned_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    let text = r#"{"smithy": "2.0", "shapes": {
        "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}],
            "traits": {"aws.api#service": {"sdkId": "S"}, "aws.protocols#awsJson1_1": {}}},
        "a#O": {"type": "operation"}}}"#;
    std::fs::write(&path, text).unwrap();
    let generator = Generator::new().model(path);
    let [warning]: [String; 1] = warnings(&generator).try_into().unwrap();
    assert!(warning.contains("a#S: the service has no authentication trait, so"), "{warning}");
    let files = generator.generate_modules().unwrap().files;
    assert!(files["s/operation/o.rs"].contains("const SIGNED: bool = false;"));
}
