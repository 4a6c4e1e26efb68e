//! Expands mixins of every kind of shape.

use longshore_codegen::smithy::{Kind, ShapeId};
use serde_json::{Value, json};

use super::support::{ids, member, members, names, read, read_shapes, refusal_of, shape, trait_of};

#[test]
fn mixins_are_expanded() {
    let model = read_shapes(json!({
        "ns#Base": {
            "type": "structure",
            "members": {"a": {"target": "smithy.api#String"}},
            "traits": {"smithy.api#mixin": {"localTraits": ["ns#local"]}, "ns#local": 1, "ns#t": 2},
        },
        "ns#Middle": {
            "type": "structure",
            "members": {"b": {"target": "smithy.api#String"}},
            "mixins": [{"target": "ns#Base"}],
            "traits": {"smithy.api#mixin": {}},
        },
        "ns#Top": {
            "type": "structure",
            "members": {"c": {"target": "smithy.api#String"}},
            "mixins": [{"target": "ns#Middle"}],
            "traits": {"smithy.api#error": "client"},
        },
        "ns#Top$a": {"type": "apply", "traits": {"smithy.api#required": {}}},
        "ns#Failing": {
            "type": "operation",
            "errors": [{"target": "ns#Top"}],
            "traits": {"smithy.api#mixin": {}},
        },
        "ns#Do": {"type": "operation", "mixins": [{"target": "ns#Failing"}]},
    }));
    let top = members(&model, "ns#Top");
    assert_eq!(names(top), ["a", "b", "c"], "a mixin's members come first");
    assert!(top["a"].traits.has("smithy.api#required"));
    let traits = &shape(&model, "ns#Top").traits;
    assert_eq!((traits.get("ns#t"), traits.get("ns#local")), (Some(&json!(2)), None));
    let Kind::Operation(operation) = &shape(&model, "ns#Do").kind else { panic!() };
    assert_eq!(operation.errors.len(), 1);
    assert_eq!(model.shapes.len(), 2, "the mixins themselves are gone");
}

/// A shape of this type that is a mixin.
fn mixin(kind: &str, mut content: Value) -> Value {
    content["type"] = json!(kind);
    content["traits"]["smithy.api#mixin"] = json!({});
    content
}

#[test]
fn lists_and_maps_may_take_their_members_from_mixins() {
    let string = json!({"target": "smithy.api#String"});
    let model = read_shapes(json!({
        "ns#Texts": mixin("list", json!({"member": string, "traits": {"smithy.api#sparse": {}}})),
        "ns#Names": {"type": "list", "mixins": [{"target": "ns#Texts"}]},
        "ns#Names$member": {"type": "apply", "traits": {"smithy.api#sensitive": {}}},
        "ns#Table": mixin("map", json!({"key": string, "value": {"target": "ns#Names"}})),
        "ns#Labels": {"type": "map", "mixins": [{"target": "ns#Table"}], "key": {
            "target": "smithy.api#String", "traits": {"smithy.api#length": {"max": 3}},
        }},
    }));
    assert!(shape(&model, "ns#Names").traits.has("smithy.api#sparse"));
    let element = member(&model, "ns#Names", "member");
    assert_eq!(element.target.name(), "String");
    assert!(element.traits.has("smithy.api#sensitive"));
    assert_eq!(member(&model, "ns#Labels", "value").target.name(), "Names");
    assert!(trait_of(&model, "ns#Labels", "key", "length").is_some());
    let refused = refusal_of(json!({
        "ns#Texts": mixin("list", json!({"member": string})),
        "ns#Numbers": {
            "type": "list",
            "member": {"target": "smithy.api#Long"},
            "mixins": [{"target": "ns#Texts"}],
        },
    }));
    assert!(refused.contains("the member `member` comes from a mixin"), "{refused}");
    assert!(refusal_of(json!({"ns#A": {"type": "list"}})).contains("member"));
}

#[test]
fn unions_enums_and_simple_shapes_have_mixins() {
    let unit = json!({"target": "smithy.api#Unit"});
    let value =
        |text: &str| json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": text}});
    let model = read_shapes(json!({
        "ns#Some": mixin("union", json!({"members": {"none": unit}})),
        "ns#Either": {
            "type": "union",
            "members": {"text": {"target": "ns#Name"}},
            "mixins": [{"target": "ns#Some"}],
        },
        "ns#Warm": mixin("enum", json!({"members": {"RED": value("red"), "PINK": unit}})),
        "ns#Color": {
            "type": "enum",
            "members": {"BLUE": unit, "RED": {
                "target": "smithy.api#Unit", "traits": {"smithy.api#documentation": "Hot."},
            }},
            "mixins": [{"target": "ns#Warm"}],
        },
        "ns#Short": mixin("string", json!({"traits": {"smithy.api#length": {"max": 3}}})),
        "ns#Name": {"type": "string", "mixins": [{"target": "ns#Short"}]},
    }));
    assert_eq!(names(members(&model, "ns#Either")), ["none", "text"]);
    assert_eq!(names(members(&model, "ns#Color")), ["PINK", "RED", "BLUE"]);
    assert_eq!(trait_of(&model, "ns#Color", "RED", "enumValue"), Some(&json!("red")));
    assert_eq!(trait_of(&model, "ns#Color", "PINK", "enumValue"), Some(&json!("PINK")));
    assert!(shape(&model, "ns#Name").traits.has("smithy.api#length"));
}

#[test]
fn services_resources_and_operations_have_mixins() {
    let target = |names: &[&str]| {
        names.iter().map(|name| json!({"target": format!("ns#{name}")})).collect::<Vec<_>>()
    };
    let error = json!({"type": "structure", "traits": {"smithy.api#error": "client"}});
    let model = read_shapes(json!({
        "ns#Base": mixin("service", json!({
            "version": "a", "operations": target(&["One"]), "errors": target(&["Gone"]),
            "rename": {"ns#Gone": "Went", "ns#Late": "Later"},
        })),
        "ns#Service": {
            "type": "service", "operations": target(&["Two"]), "errors": target(&["Late"]),
            "rename": {"ns#Gone": "Left"}, "mixins": target(&["Base"]),
            "resources": target(&["Thing"]),
        },
        "ns#Inner": mixin("resource", json!({"traits": {"smithy.api#internal": {}}})),
        "ns#Thing": {"type": "resource", "read": {"target": "ns#Two"}, "mixins": target(&["Inner"])},
        "ns#Failing": mixin("operation", json!({"errors": target(&["Gone"])})),
        "ns#One": {"type": "operation"},
        "ns#Two": {
            "type": "operation", "errors": target(&["Late", "Gone"]), "mixins": target(&["Failing"]),
        },
        "ns#Gone": error,
        "ns#Late": error,
    }));
    let Kind::Service(service) = &shape(&model, "ns#Service").kind else { panic!() };
    assert_eq!(service.version, "a");
    assert_eq!(ids(&service.operations), ["One", "Two"]);
    assert_eq!(ids(&service.errors), ["Gone", "Late"]);
    let renamed = |id: &str| service.rename[&id.parse::<ShapeId>().unwrap()].as_str();
    assert_eq!((renamed("ns#Gone"), renamed("ns#Late")), ("Left", "Later"));
    assert!(shape(&model, "ns#Thing").traits.has("smithy.api#internal"));
    let Kind::Operation(operation) = &shape(&model, "ns#Two").kind else { panic!() };
    assert_eq!(ids(&operation.errors), ["Gone", "Late"]);
}

#[test]
fn a_member_of_several_mixins_has_the_traits_of_all_of_them() {
    let a = |traits: Value| json!({"members": {"a": {"target": "smithy.api#String", "traits": traits}}});
    let documentation = |text: &str| json!({"smithy.api#documentation": text});
    let mut own = a(documentation("own"));
    own["type"] = json!("structure");
    own["mixins"] = json!([{"target": "ns#A1"}, {"target": "ns#A2"}]);
    let model = read_shapes(json!({
        "ns#A1": mixin("structure", a(documentation("one"))),
        "ns#A2": mixin("structure", a(json!({"smithy.api#required": {}}))),
        "ns#Own": own,
    }));
    assert_eq!(trait_of(&model, "ns#Own", "a", "documentation"), Some(&json!("own")));
    assert!(trait_of(&model, "ns#Own", "a", "required").is_some());
    let refused = refusal_of(json!({
        "ns#A1": mixin("structure", a(json!({}))),
        "ns#A2": mixin("structure", json!({"members": {"a": {"target": "smithy.api#Long"}}})),
        "ns#A": {"type": "structure", "mixins": [{"target": "ns#A1"}, {"target": "ns#A2"}]},
    }));
    assert!(refused.contains("the member `a` comes from a mixin with the target"), "{refused}");
}

#[test]
fn later_mixins_take_precedence_and_applied_traits_over_all() {
    let with = |pattern: &str| mixin("string", json!({"traits": {"smithy.api#pattern": pattern}}));
    let model = json!({"smithy": "2.0", "shapes": {
        "ns#A": with("a"),
        "ns#B": with("b"),
        "ns#C": {"type": "string", "mixins": [{"target": "ns#A"}, {"target": "ns#B"}]},
        "ns#D": {"type": "string", "mixins": [{"target": "ns#A"}, {"target": "ns#B"}]},
    }});
    let applied = json!({"smithy": "2.0", "shapes": {
        "ns#D": {"type": "apply", "traits": {"smithy.api#pattern": "d"}},
    }});
    let model = read(&[("model.json", model), ("z.json", applied)]).unwrap();
    assert_eq!(shape(&model, "ns#C").traits.text("smithy.api#pattern"), Some("b"));
    assert_eq!(shape(&model, "ns#D").traits.text("smithy.api#pattern"), Some("d"));
}

#[test]
fn a_trait_on_a_mixed_in_member_of_a_mixin_is_inherited() {
    let model = read_shapes(json!({
        "ns#Base": mixin("structure", json!({"members": {"a": {"target": "smithy.api#String"}}})),
        "ns#Middle": mixin("structure", json!({"mixins": [{"target": "ns#Base"}]})),
        "ns#Middle$a": {"type": "apply", "traits": {"smithy.api#sensitive": {}}},
        "ns#Top": {"type": "structure", "mixins": [{"target": "ns#Middle"}]},
        "ns#Side": {"type": "structure", "mixins": [{"target": "ns#Base"}]},
    }));
    assert!(trait_of(&model, "ns#Top", "a", "sensitive").is_some());
    assert!(trait_of(&model, "ns#Side", "a", "sensitive").is_none());
}

#[test]
fn a_mixin_of_another_type_is_rejected() {
    let refused = refusal_of(json!({
        "ns#Short": mixin("string", json!({})),
        "ns#Data": {"type": "blob", "mixins": [{"target": "ns#Short"}]},
    }));
    assert!(refused.contains("is a mixin for another shape type"), "{refused}");
    let refused = refusal_of(json!({
        "ns#Base": mixin("structure", json!({})),
        "ns#A": {"type": "structure", "members": {"a": {"target": "ns#Base"}}},
    }));
    assert!(
        refused.contains("`ns#Base`, which does not exist"),
        "a mixin is not a target: {refused}"
    );
}
