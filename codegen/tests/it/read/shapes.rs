//! Reads every kind of shape.

use std::fs;

use longshore_codegen::{
    read::read_model,
    smithy::{Kind, ShapeId, Simple},
};
use serde_json::{Value, json};

use super::support::{ids, members, names, read, read_shapes, shape, trait_of};

#[test]
fn every_kind_of_shape_is_read() {
    let model = read_shapes(json!({
        "ns#Text": {"type": "string"},
        "ns#Color": {"type": "enum", "members": {
            "RED": {"target": "smithy.api#Unit"},
            "BLUE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b"}},
        }},
        "ns#Texts": {"type": "list", "member": {"target": "ns#Text"}},
        "ns#ByColor": {"type": "map", "key": {"target": "ns#Color"}, "value": {"target": "ns#Texts"}},
        "ns#Foo": {"type": "structure", "members": {
            "z": {"target": "smithy.api#Long", "traits": {"smithy.api#required": {}}},
            "a": {"target": "ns#Foo"},
        }},
        "ns#Either": {"type": "union", "members": {"foo": {"target": "ns#Foo"}}},
        "ns#Do": {"type": "operation", "input": {"target": "ns#Foo"}},
        "ns#Thing": {"type": "resource", "identifiers": {}, "read": {"target": "ns#Do"}},
        "ns#Service": {"type": "service", "version": "1", "resources": [{"target": "ns#Thing"}]},
    }));
    assert!(members(&model, "ns#Foo")["z"].traits.has("smithy.api#required"));
    let color = members(&model, "ns#Color");
    assert_eq!(color["RED"].traits.text("smithy.api#enumValue"), Some("RED"));
    assert_eq!(color["BLUE"].traits.text("smithy.api#enumValue"), Some("b"));
    let Kind::Operation(operation) = &shape(&model, "ns#Do").kind else { panic!() };
    assert_eq!(operation.input.as_ref().map(ShapeId::name), Some("Foo"));
    assert_eq!(operation.output, None);
    let Kind::Resource(resource) = &shape(&model, "ns#Thing").kind else { panic!() };
    assert_eq!(resource.operations.len(), 1);
    assert!(matches!(shape(&model, "smithy.api#String").kind, Kind::Simple(Simple::String)));
}

#[test]
fn members_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    let text = r#"{"smithy": "2.0", "shapes": {"ns#A": {"type": "structure", "members": {
        "z": {"target": "ns#A"}, "a": {"target": "ns#A"}}}}}"#;
    fs::write(&path, text).unwrap();
    assert_eq!(names(members(&read_model(&[path]).unwrap(), "ns#A")), ["z", "a"]);
}

#[test]
fn every_operation_of_a_resource_is_bound() {
    let bound = ["create", "put", "read", "update", "delete", "list"];
    let mut shapes = json!({
        "ns#Inner": {"type": "resource"},
        "ns#Thing": {
            "type": "resource",
            "identifiers": {"id": {"target": "smithy.api#String"}},
            "properties": {"size": {"target": "smithy.api#Integer"}},
            "operations": [{"target": "ns#Poke"}],
            "collectionOperations": [{"target": "ns#Count"}],
            "resources": [{"target": "ns#Inner"}],
        },
        "ns#Poke": {"type": "operation"},
        "ns#Count": {"type": "operation"},
    });
    for life_cycle in bound {
        shapes["ns#Thing"][life_cycle] = json!({"target": format!("ns#{life_cycle}")});
        shapes[format!("ns#{life_cycle}")] = json!({"type": "operation"});
    }
    let model = read_shapes(shapes);
    let Kind::Resource(resource) = &shape(&model, "ns#Thing").kind else { panic!() };
    let expected: Vec<_> = bound.into_iter().chain(["Poke", "Count"]).collect();
    assert_eq!(ids(&resource.operations), expected);
    assert_eq!(ids(&resource.resources), ["Inner"]);
}

#[test]
fn a_service_may_have_errors_and_rename_shapes() {
    let model = read_shapes(json!({
        "ns#Service": {
            "type": "service",
            "version": "1",
            "errors": [{"target": "ns#Gone"}],
            "rename": {"ns#Gone": "Went", "other#Gone": "Left"},
        },
        "ns#Gone": {"type": "structure", "traits": {"smithy.api#error": "client"}},
    }));
    let Kind::Service(service) = &shape(&model, "ns#Service").kind else { panic!() };
    assert_eq!(ids(&service.errors), ["Gone"]);
    let renamed: Vec<_> = service.rename.values().collect();
    assert_eq!(renamed, ["Went", "Left"]);
}

#[test]
fn unit_means_no_input_or_output_but_is_a_member_of_unions() {
    let unit = json!({"target": "smithy.api#Unit"});
    let model = read_shapes(json!({
        "ns#Do": {"type": "operation", "input": unit, "output": unit},
        "ns#Either": {"type": "union", "members": {"none": unit}},
    }));
    let Kind::Operation(operation) = &shape(&model, "ns#Do").kind else { panic!() };
    assert_eq!((&operation.input, &operation.output), (&None, &None));
    assert_eq!(members(&model, "ns#Either")["none"].target.name(), "Unit");
}

#[test]
fn an_enum_value_defaults_to_its_name() {
    let unit = json!({"target": "smithy.api#Unit"});
    let model = read_shapes(json!({
        "ns#Color": {"type": "enum", "members": {"RED": unit, "BLUE": unit}},
        "ns#Color$BLUE": {"type": "apply", "traits": {"smithy.api#enumValue": "b"}},
        "ns#Level": {"type": "intEnum", "members": {"LOW": {
            "target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1},
        }}},
    }));
    assert_eq!(trait_of(&model, "ns#Color", "RED", "enumValue"), Some(&json!("RED")));
    assert_eq!(trait_of(&model, "ns#Color", "BLUE", "enumValue"), Some(&json!("b")));
    assert_eq!(trait_of(&model, "ns#Level", "LOW", "enumValue"), Some(&json!(1)));
}

#[test]
fn traits_are_kept_unchanged() {
    let string = |traits: Value| json!({"target": "smithy.api#String", "traits": traits});
    let model = read_shapes(json!({
        "ns#Sparse": {
            "type": "list",
            "member": {"target": "smithy.api#String"},
            "traits": {"smithy.api#sparse": {}},
        },
        "ns#Set": {"type": "set", "member": {"target": "smithy.api#String"}},
        "ns#In": {
            "type": "structure",
            "members": {
                "default": string(json!({"smithy.api#default": "a"})),
                "null": string(json!({"smithy.api#default": null})),
                "free": string(json!({"smithy.api#required": {}, "smithy.api#clientOptional": {}})),
            },
            "traits": {"smithy.api#input": {}},
        },
    }));
    assert!(shape(&model, "ns#Sparse").traits.has("smithy.api#sparse"));
    assert!(shape(&model, "ns#Set").traits.has("smithy.api#uniqueItems"), "a set in version 2.0");
    assert!(shape(&model, "ns#In").traits.has("smithy.api#input"));
    assert_eq!(trait_of(&model, "ns#In", "default", "default"), Some(&json!("a")));
    assert_eq!(trait_of(&model, "ns#In", "null", "default"), Some(&Value::Null));
    assert_eq!(trait_of(&model, "ns#In", "free", "clientOptional"), Some(&json!({})));
}

#[test]
fn a_version_may_omit_its_minor_part() {
    for (version, known) in
        [("1", true), ("1.0", true), ("2", true), ("2.0", true), ("3", false), ("2.0.0", false)]
    {
        let model = json!({"smithy": version, "shapes": {"ns#A": {"type": "string"}}});
        assert_eq!(read(&[("model.json", model)]).is_ok(), known, "{version}");
    }
    assert!(read(&[("model.json", json!({"smithy": 2, "shapes": {}}))]).is_err());
}
