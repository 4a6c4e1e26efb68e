//! Reads models in Smithy 1.0.

use serde_json::json;

use super::support::{members, names, read, read_shapes, shape, trait_of};

#[test]
fn smithy_1_is_converted_to_smithy_2() {
    let model = read(&[(
        "model.json",
        json!({"smithy": "1.0", "shapes": {
            "ns#Color": {"type": "string", "traits": {"smithy.api#enum": [
                {"value": "r", "name": "RED"},
                {"value": "dark-blue", "deprecated": true},
            ]}},
            "ns#Set": {"type": "set", "member": {"target": "ns#Color"}},
            "ns#Count": {"type": "integer"},
            "ns#Port": {"type": "integer", "traits": {"smithy.api#range": {"min": 1}}},
            "ns#Boxed": {"type": "boolean", "traits": {"smithy.api#box": {}}},
            "ns#Foo": {"type": "structure", "members": {
                "count": {"target": "ns#Count"},
                "own": {"target": "ns#Count", "traits": {"smithy.api#box": {}}},
                "port": {"target": "ns#Port"},
                "boxed": {"target": "ns#Boxed"},
                "flag": {"target": "smithy.api#PrimitiveBoolean"},
                "number": {"target": "smithy.api#Integer"},
                "needed": {"target": "ns#Count", "traits": {"smithy.api#required": {}}},
                "zero": {"target": "smithy.api#PrimitiveLong", "traits": {"smithy.api#box": {}}},
            }},
        }}),
    )])
    .unwrap();
    let color = members(&model, "ns#Color");
    assert_eq!(names(color), ["RED", "dark_blue"]);
    assert_eq!(color["dark_blue"].traits.text("smithy.api#enumValue"), Some("dark-blue"));
    assert!(color["dark_blue"].traits.has("smithy.api#deprecated"));
    assert!(shape(&model, "ns#Set").traits.has("smithy.api#uniqueItems"));
    let cases = [
        ("count", Some(json!(0))),
        ("own", Some(json!(null))),
        ("port", None),
        ("boxed", None),
        ("flag", Some(json!(false))),
        ("number", None),
        ("needed", Some(json!(null))),
        ("zero", Some(json!(null))),
    ];
    for (name, default) in cases {
        let traits = &members(&model, "ns#Foo")[name].traits;
        assert_eq!(traits.get("smithy.api#default"), default.as_ref(), "{name}");
    }
}

#[test]
fn defaults_of_smithy_1_are_found_across_files() {
    let numbers = json!({"smithy": "1.0", "shapes": {
        "ns#Count": {"type": "integer"},
        "ns#Foo$boxed": {"type": "apply", "traits": {"smithy.api#box": {}}},
    }});
    let newer = json!({"smithy": "2.0", "shapes": {
        "ns#New": {"type": "integer"},
        "ns#Bar": {"type": "structure", "members": {"count": {"target": "ns#Count"}}},
    }});
    let structure = json!({"smithy": "1.0", "shapes": {"ns#Foo": {"type": "structure", "members": {
        "count": {"target": "ns#Count"},
        "boxed": {"target": "ns#Count"},
        "new": {"target": "ns#New"},
    }}}});
    let model = read(&[("a.json", structure), ("b.json", numbers), ("c.json", newer)]).unwrap();
    assert_eq!(trait_of(&model, "ns#Foo", "count", "default"), Some(&json!(0)));
    assert_eq!(trait_of(&model, "ns#Foo", "boxed", "default"), Some(&json!(null)));
    assert_eq!(trait_of(&model, "ns#Foo", "new", "default"), None);
    assert_eq!(trait_of(&model, "ns#Bar", "count", "default"), None, "a member of version 2.0");
}

#[test]
fn the_enum_trait_may_be_applied_or_inherited_from_a_mixin() {
    let model = read_shapes(json!({
        "ns#Color": {"type": "string", "mixins": [{"target": "ns#Base"}]},
        "ns#Base": {"type": "string", "traits": {
            "smithy.api#mixin": {}, "smithy.api#enum": [{"value": "a-b"}, {"value": "*"}],
        }},
    }));
    assert_eq!(names(members(&model, "ns#Color")), ["a_b", "STAR"]);
    let applied = json!({"smithy": "2.0", "shapes": {
        "ns#Color": {"type": "apply", "traits": {"smithy.api#enum": [{"value": "r"}]}},
    }});
    let plain = json!({"smithy": "1.0", "shapes": {"ns#Color": {"type": "string"}}});
    let model = read(&[("a.json", plain), ("b.json", applied)]).unwrap();
    assert_eq!(names(members(&model, "ns#Color")), ["r"]);
}

#[test]
fn unnamed_enum_values_do_not_take_the_names_of_others() {
    let model = read_shapes(json!({"ns#Mixed": {"type": "string", "traits": {"smithy.api#enum": [
        {"value": "a-b"},
        {"value": "second", "name": "a_b"},
    ]}}}));
    assert_eq!(names(members(&model, "ns#Mixed")), ["a_b_2", "a_b"]);
}
