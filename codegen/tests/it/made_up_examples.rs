//! Tests made-up examples of members whose values depend on the service and the structure.

use std::fs;

use longshore_codegen::Generator;
use serde_json::{Value, json};

/// Returns the example of an operation without spaces. The input of the operation is the structure
/// `name` with these members.
fn example(service_id: &str, name: &str, required: &[&str], members: &Value) -> String {
    let service = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-01-01",
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
                "input": {"shape": name},
            },
        },
        "shapes": {
            name: {"type": "structure", "required": required, "members": members},
            "Text": {"type": "string"},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Number": {"type": "integer"},
            "Flow": {"type": "string", "enum": ["FIRST", "USER_PASSWORD_AUTH"]},
        },
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("service-2.json");
    fs::write(&file, service.to_string()).unwrap();
    let generated = Generator::new().model(file).generate_crate().unwrap();
    let (_, client) =
        generated.files.iter().find(|(path, _)| path.ends_with("/client.rs")).unwrap();
    let (_, request) = client.split_once("let request = ").unwrap();
    let (request, _) = request.split_once(';').unwrap();
    request.replace("///", "").split_whitespace().collect()
}

#[test]
fn a_resource_with_a_name_and_an_arn_is_identified_by_its_arn() {
    let text = json!({"shape": "Text"});
    let members = json!({
        "GroupName": text, "GroupARN": text, "thingArn": text, "thingName": text, "RoleArn": text,
    });
    let found = example("Other", "PutInput", &[], &members);
    let expected = r#".group_arn("arn:aws:store:us-east-1:123456789012:group/example").thing_arn("arn:aws:store:us-east-1:123456789012:thing/example")"#;
    assert!(found.ends_with(expected), "{found}");
    assert!(!example("API Gateway", "CreateDomainNameRequest", &[], &members).contains("arn"));
}

#[test]
fn members_that_the_service_requires_are_set_although_the_model_makes_them_optional() {
    let members = json!({"NumberOfBytes": {"shape": "Number"}, "Other": {"shape": "Number"}});
    let found = example("KMS", "GenerateRandomRequest", &[], &members);
    assert!(found.ends_with("GenerateRandomRequest::new().number_of_bytes(1)"), "{found}");
    assert!(example("Other", "GenerateRandomRequest", &[], &members).ends_with("::new()"));
}

#[test]
fn members_have_values_that_only_the_service_defines() {
    let text = json!({"shape": "Text"});
    let number = json!({"weight": {"shape": "Number"}});
    let rows = [
        ("SFN", "RoutingConfigurationListItem", "weight", number, "::new(100)"),
        (
            "Cognito Identity Provider",
            "InitiateAuthRequest",
            "AuthFlow",
            json!({"AuthFlow": {"shape": "Flow"}}),
            "::new(types::Flow::UserPasswordAuth)",
        ),
        (
            "SESv2",
            "Destination",
            "ToAddresses",
            json!({"ToAddresses": {"shape": "Texts"}}),
            r#"::new(["user@example.com"])"#,
        ),
        ("RDS", "Anything", "EngineName", json!({"EngineName": text}), r#"::new("mysql")"#),
        // The value does not have the type of the member.
        ("RDS", "Anything", "EngineName", json!({"EngineName": {"shape": "Number"}}), "::new(1)"),
        ("Other", "Anything", "EngineName", json!({"EngineName": text}), r#"::new("my-engine")"#),
    ];
    for (service, name, member, members, expected) in rows {
        let found = example(service, name, &[member], &members);
        assert!(found.ends_with(expected), "{service} {member}: {found}");
    }
}
