//! Shapes of C2J models that the generator corrects, and structures whose documentation says that
//! only one member may be set.

use std::fs;

use longshore_codegen::{Generated, Generator};
use serde_json::{Value, json};

/// Generates a service with this ID whose only operation takes a value of the structure
/// `AttributeValue`, which has this documentation.
fn generate(service_id: &str, documentation: &str) -> Generated {
    let members = json!({"S": {"shape": "Text"}, "N": {"shape": "Text"}, "B": {"shape": "Bytes"}});
    generate_with(service_id, documentation, members)
}

/// The same with these members of `AttributeValue`.
fn generate_with(service_id: &str, documentation: &str, members: Value) -> Generated {
    let service = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2012-08-10",
            "endpointPrefix": "store",
            "jsonVersion": "1.0",
            "protocol": "json",
            "serviceFullName": "A Store",
            "serviceId": service_id,
            "signatureVersion": "v4",
            "targetPrefix": "Store",
        },
        "operations": {
            "Put": {
                "name": "Put",
                "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "PutInput"},
            },
        },
        "shapes": {
            "PutInput": {
                "type": "structure",
                "required": ["Value"],
                "members": {"Value": {"shape": "AttributeValue"}},
            },
            "AttributeValue": {
                "type": "structure",
                "members": members,
                "documentation": documentation,
            },
            "Pair": {
                "type": "structure",
                "required": ["Left"],
                "members": {"Left": {"shape": "Text"}},
            },
            "Text": {"type": "string"},
            "Bytes": {"type": "blob"},
        },
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("service-2.json");
    fs::write(&file, service.to_string()).unwrap();
    Generator::new().model(file).generate_crate().unwrap()
}

/// Returns the text of the file whose path ends like this.
fn text<'g>(generated: &'g Generated, end: &str) -> &'g str {
    let (_, text) = generated.files.iter().find(|(path, _)| path.ends_with(end)).unwrap();
    text
}

#[test]
fn the_values_of_dynamodb_are_a_union() {
    for service in ["DynamoDB", "DynamoDB Streams"] {
        let generated = generate(service, "A value.");
        let value = text(&generated, "types/attribute_value.rs");
        assert!(value.contains("pub enum AttributeValue {"), "{value}");
        let client = text(&generated, "/client.rs");
        assert!(client.contains("types::AttributeValue::b("), "{client}");
    }
}

#[test]
fn another_service_keeps_its_structure() {
    let generated = generate("Other", "A value.");
    let value = text(&generated, "types/attribute_value.rs");
    assert!(value.contains("pub struct AttributeValue {"), "{value}");
    let client = text(&generated, "/client.rs");
    assert!(client.contains(r#".n("n").s("s")"#), "{client}");
}

#[test]
fn an_example_sets_one_of_the_members_that_exclude_each_other() {
    let generated = generate("Other", "<p>Each object can use <i>only one</i> of its members.</p>");
    let client = text(&generated, "/client.rs");
    assert!(client.contains("types::AttributeValue::new().b("), "{client}");
    assert!(!client.contains(r#".n("n")"#), "{client}");
}

#[test]
fn an_example_of_a_structure_without_scalar_members_sets_the_first_member() {
    let members = json!({"First": {"shape": "Pair"}, "Second": {"shape": "Pair"}});
    let generated = generate_with("Other", "A value.", members);
    let client = text(&generated, "/client.rs");
    let expected = r#"types::AttributeValue::new().first(types::Pair::new("left"))"#;
    assert!(client.contains(expected), "{client}");
    assert!(!client.contains(".second("), "{client}");
}
