//! What `read_model` makes of files and folders in Smithy's JSON AST.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use longshore_codegen::{
    error::Error,
    read::read_model,
    smithy::{Kind, Members, Model, Shape, ShapeId, Simple},
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, Value)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content.to_string()).unwrap();
    }
    folder
}

fn read(files: &[(&str, Value)]) -> Result<Model, Error> {
    let folder = folder(files);
    read_model(&[folder.path().to_owned()])
}

fn read_shapes(shapes: Value) -> Model {
    read(&[("model.json", json!({"smithy": "2.0", "shapes": shapes}))]).unwrap()
}

fn shape<'m>(model: &'m Model, id: &str) -> &'m Shape {
    model.shape(&ShapeId::parse(id).unwrap()).unwrap()
}

fn members<'m>(model: &'m Model, id: &str) -> &'m Members {
    match &shape(model, id).kind {
        Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) => members,
        other => panic!("{id} has no members: {other:?}"),
    }
}

fn names(members: &Members) -> Vec<&str> {
    members.keys().map(String::as_str).collect()
}

/// The text of the error, without the folder it happened in.
fn refusal(files: &[(&str, Value)]) -> String {
    let folder = folder(files);
    let error = read_model(&[folder.path().to_owned()]).unwrap_err();
    error.to_string().replace(&format!("{}/", folder.path().display()), "")
}

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
fn the_content_tells_the_format_also_when_it_is_packed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no-telling-name");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(br#"{"smithy": "2", "shapes": {"ns#A": {"type": "string"}}}"#).unwrap();
    fs::write(&path, packed.finish().unwrap()).unwrap();
    assert_eq!(read_model(&[path]).unwrap().shapes.len(), 1);
}

#[test]
fn what_is_no_text_or_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("binary.json"), [b'{', 0xff]).unwrap();
    fs::write(path("cut.json.gz"), [0x1f, 0x8b, 8, 0]).unwrap();
    let refused = |path: PathBuf| read_model(&[path]).unwrap_err().to_string();
    assert!(
        refused(path("binary.json"))
            .ends_with("not UTF-8 text (from byte 1 on). Save it as UTF-8.")
    );
    assert!(refused(path("cut.json.gz")).contains("cannot unpack this gzip file"));
    assert!(refused(path("gone.json")).contains("gone.json: cannot read this file"));
    fs::create_dir(path("empty")).unwrap();
    assert!(refused(path("empty")).contains("there is no model file"));
    assert!(read_model(&[]).unwrap_err().to_string().starts_with("no model was named"));
}

#[test]
fn json_that_is_nested_too_deep_is_refused() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{"ns#A": {{"type": "string", "traits": {{"t#x": {deep}}}}}}}}}"#
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    fs::write(&path, text).unwrap();
    assert!(read_model(&[path]).unwrap_err().to_string().contains("recursion limit"));
}

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
fn documentation_is_only_replaced_from_another_file() {
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
    assert!(refused.contains("ns#A$a: `apply` gives `smithy.api#documentation`"), "{refused}");
}

#[test]
fn mixins_are_written_out() {
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

#[test]
fn smithy_1_is_brought_to_the_terms_of_2() {
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
fn a_file_that_is_no_model_beside_a_model_is_named() {
    let refused = refusal(&[
        ("model.json", json!({"smithy": "2.0", "shapes": {}})),
        ("package.json", json!({"name": "x"})),
    ]);
    assert!(refused.starts_with("package.json:1:1: this is JSON, but no model"), "{refused}");
}

#[test]
fn the_models_of_this_repository_are_read_whole() {
    let cases = [("ecr", 62, 9, 2), ("ecr-public", 23, 4, 0), ("lightsail", 167, 20, 0)];
    for (service, operations, paginators, waiters) in cases {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
        let model = read_model(&[models.join(service)]).unwrap();
        let shapes = || model.shapes.values();
        let with = |id: &str| shapes().filter(|shape| shape.traits.has(id)).count();
        let found = shapes().filter(|shape| matches!(shape.kind, Kind::Operation(_))).count();
        assert_eq!(found, operations, "{service}");
        assert_eq!(with("smithy.api#paginated"), paginators, "{service}");
        assert_eq!(with("smithy.waiters#waitable"), waiters, "{service}");
    }
}
