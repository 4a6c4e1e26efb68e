//! Generates services from C2J metadata: what it states, what it omits, and the warnings.

use std::fs;

use longshore_codegen::{
    Generated, Generator,
    read::read_model,
    smithy::{Model, ShapeId, TARGET_PREFIX},
};
use serde_json::{Value, json};

/// Generates a service with this metadata; returns its files and its model.
fn generate(metadata: Value, operations: Value, shapes: Value) -> (Generated, Model) {
    let service =
        json!({"version": "2.0", "metadata": metadata, "operations": operations, "shapes": shapes});
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("service-2.json");
    fs::write(&path, service.to_string()).unwrap();
    let generated = Generator::new().model(&path).generate_modules().unwrap();
    (generated, read_model(&[path]).unwrap())
}

#[test]
fn minimal_metadata_is_enough() {
    let metadata = json!({"protocol": "json", "targetPrefix": "Least_2020"});
    let (generated, model) = generate(metadata, json!({"Ping": {}}), json!({}));
    let file = &generated.files["least_2020/mod.rs"];
    for wanted in [
        "Service::new(\n        \"Least_2020\",",
        ".endpoint_prefix(\"least2020\")",
        ".signing_name(\"least2020\")",
        ".target_prefix(\"Least_2020\")",
        "Protocol::AWS_JSON_1_0",
    ] {
        assert!(file.contains(wanted), "{wanted} is not in {file}");
    }
    let id = "com.amazonaws.least2020#Least_2020".parse::<ShapeId>().unwrap();
    let traits = &model.shape(&id).unwrap().traits;
    assert_eq!(traits.get("aws.auth#sigv4"), Some(&json!({"name": "least2020"})));
    let [warning] = generated.warnings.as_slice() else { panic!("{:?}", generated.warnings) };
    assert!(warning.message.contains("guessed from its name"), "{warning}");
}

#[test]
fn a_target_prefix_that_is_not_an_identifier_is_kept_whole() {
    let cases = [
        ("com.example.v2020.Least_2020", "Least_2020"),
        ("com.example.2020-01-01", "SomeIdService"),
        ("Less-2020", "SomeIdService"),
    ];
    for (prefix, name) in cases {
        let metadata = json!({"protocol": "json", "serviceId": "Some Id", "targetPrefix": prefix});
        let (generated, model) = generate(metadata, json!({"Ping": {}}), json!({}));
        let id = format!("com.amazonaws.someid#{name}").parse::<ShapeId>().unwrap();
        let traits = &model.shape(&id).unwrap().traits;
        assert_eq!(traits.get(TARGET_PREFIX), Some(&json!(prefix)));
        let call = format!(".target_prefix(\"{prefix}\")");
        assert!(generated.files["some_id/mod.rs"].contains(&call));
    }
}

#[test]
fn a_service_may_set_the_format_of_its_timestamps() {
    let metadata =
        json!({"protocol": "json", "targetPrefix": "Times", "timestampFormat": "iso8601"});
    let shapes = json!({
        "Foo": {"type": "structure", "members": {
            "a": {"shape": "Plain"},
            "b": {"shape": "Plain", "timestampFormat": "rfc822"},
        }},
        "Plain": {"type": "timestamp"},
        "Own": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    });
    let (_, model) = generate(metadata, json!({"Ping": {}}), shapes);
    let format = |name: &str| {
        let id = format!("com.amazonaws.times#{name}").parse::<ShapeId>().unwrap();
        model.shape(&id).unwrap().traits.text("smithy.api#timestampFormat").map(str::to_owned)
    };
    assert_eq!(format("Plain").as_deref(), Some("date-time"));
    assert_eq!(format("Own").as_deref(), Some("epoch-seconds"));
}

#[test]
fn endpoint_discovery_is_a_trait_of_the_service_and_a_warning_if_it_is_required() {
    let metadata = json!({"protocol": "json", "endpointPrefix": "found", "targetPrefix": "Found"});
    let operations = json!({
        "DescribeEndpoints": {"endpointoperation": true},
        "May": {"endpointdiscovery": {}},
        "Must": {"endpointdiscovery": {"required": true}},
    });
    let (generated, model) = generate(metadata, operations, json!({}));
    let id = "com.amazonaws.found#Found".parse::<ShapeId>().unwrap();
    let discovery = model.shape(&id).unwrap().traits.get("aws.api#clientEndpointDiscovery");
    let operation = json!({"operation": "com.amazonaws.found#DescribeEndpoints"});
    assert_eq!(discovery, Some(&operation));
    let [warning] = generated.warnings.as_slice() else { panic!("{:?}", generated.warnings) };
    assert_eq!(
        warning.message,
        "endpoint discovery is not supported, and Must must be called at an endpoint that DescribeEndpoints returns; call that first, then use a client with that endpoint."
    );
}

#[test]
fn a_paginator_of_an_unknown_operation_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let service = json!({
        "metadata": {"protocol": "json", "endpointPrefix": "a", "targetPrefix": "Noted"},
        "operations": {"Ping": {}},
        "shapes": {},
    });
    let pagination = json!({"pagination": {"Gone": {"input_token": "a", "output_token": "a"}}});
    fs::write(folder.path().join("service-2.json"), service.to_string()).unwrap();
    fs::write(folder.path().join("paginators-1.json"), pagination.to_string()).unwrap();
    let generated = Generator::new().model(folder.path()).generate_modules().unwrap();
    let messages: Vec<_> = generated.warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(messages, ["Gone gets no paginator: there is no such operation."]);
}
