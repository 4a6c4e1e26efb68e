//! Merges several files into one model.

use longshore_codegen::smithy::Kind;
use serde_json::json;

use super::support::{member, members, read, refusal, refusal_of, shape};

#[test]
fn files_of_a_folder_are_merged_and_apply_adds_traits() {
    let model = read(&[
        (
            "docs.json",
            json!({"smithy": "2.0", "metadata": {"list": [2]}, "shapes": {
                "ns#A": {"type": "apply", "traits": {"smithy.api#documentation": "ours"}},
                "ns#A$token": {"type": "apply", "traits": {"smithy.api#sensitive": {}}},
                "ns#List$member": {"type": "apply", "traits": {"smithy.api#sensitive": {}}},
            }}),
        ),
        (
            "model.json",
            json!({"smithy": "2.0", "metadata": {"list": [1]}, "shapes": {
                "ns#Same": {"type": "string"},
                "ns#List": {"type": "list", "member": {"target": "ns#Same"}},
                "ns#A": {
                    "type": "structure",
                    "members": {"token": {"target": "ns#Same"}},
                    "traits": {"smithy.api#documentation": "theirs"},
                },
            }}),
        ),
        ("more.json", json!({"smithy": "2.0", "shapes": {"ns#Same": {"type": "string"}}})),
    ])
    .unwrap();
    assert_eq!(shape(&model, "ns#A").traits.text("smithy.api#documentation"), Some("ours"));
    assert!(members(&model, "ns#A")["token"].traits.has("smithy.api#sensitive"));
    let Kind::List(member) = &shape(&model, "ns#List").kind else { panic!() };
    assert!(member.traits.has("smithy.api#sensitive"));
    assert_eq!(model.metadata["list"], json!([2, 1]));
    let position = &shape(&model, "ns#A").position;
    assert_eq!(position.file.file_name(), Some("model.json".as_ref()));
}

#[test]
fn documentation_is_replaced_only_by_another_file() {
    let refused = refusal(&[(
        "m.json",
        json!({"smithy": "2.0", "shapes": {
            "ns#A": {"type": "structure", "members": {"a": {
                "target": "smithy.api#String",
                "traits": {"smithy.api#documentation": "one"},
            }}},
            "ns#A$a": {"type": "apply", "traits": {"smithy.api#documentation": "two"}},
        }}),
    )]);
    assert!(refused.contains("ns#A$a: `apply` sets `smithy.api#documentation`"), "{refused}");
}

#[test]
fn a_shape_may_be_defined_twice_and_its_traits_are_merged() {
    let with = |traits: serde_json::Value, own: serde_json::Value| {
        json!({"smithy": "2.0", "shapes": {"ns#A": {
            "type": "structure",
            "members": {"a": {"target": "smithy.api#String", "traits": traits}},
            "traits": own,
        }}})
    };
    let model = read(&[
        ("a.json", with(json!({"smithy.api#required": {}}), json!({"smithy.api#input": {}}))),
        ("b.json", with(json!({"smithy.api#sensitive": {}}), json!({"smithy.api#tags": ["x"]}))),
    ]);
    let model = model.unwrap();
    let traits: Vec<_> = member(&model, "ns#A", "a").traits.0.keys().collect();
    assert_eq!(traits, ["smithy.api#required", "smithy.api#sensitive"]);
    let traits: Vec<_> = shape(&model, "ns#A").traits.0.keys().collect();
    assert_eq!(traits, ["smithy.api#input", "smithy.api#tags"]);
    let contradicts = refusal(&[
        ("a.json", with(json!({"smithy.api#pattern": "a"}), json!({}))),
        ("b.json", with(json!({"smithy.api#pattern": "b"}), json!({}))),
    ]);
    assert!(contradicts.starts_with("b.json:"), "{contradicts}");
    assert!(contradicts.contains("ns#A$a: `apply` sets `smithy.api#pattern`"), "{contradicts}");
}

#[test]
fn traits_that_are_lists_are_concatenated() {
    let with = |kind: &str, tags: &[&str]| {
        json!({"smithy": "2.0", "shapes": {
            "ns#A": {"type": kind, "traits": {"smithy.api#tags": tags}},
        }})
    };
    let files = [("a.json", with("string", &["a", "b"])), ("b.json", with("apply", &["b", "c"]))];
    let model = read(&files).unwrap();
    assert_eq!(shape(&model, "ns#A").traits.get("smithy.api#tags"), Some(&json!(["a", "b", "c"])));
}

#[test]
fn apply_to_an_unknown_shape_is_refused() {
    for at in ["ns#B", "ns#A$b"] {
        let refused = refusal_of(json!({
            "ns#A": {"type": "structure"},
            at: {"type": "apply", "traits": {"smithy.api#sensitive": {}}},
        }));
        assert!(refused.contains("that does not exist"), "{refused}");
    }
}
