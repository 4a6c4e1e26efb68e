//! Imports files and checks what is kept, what is removed, and that a second import changes
//! nothing.

use std::{fs, path::Path};

use longshore_codegen::{
    read::read_model,
    smithy::{Kind, Model, ShapeId},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Args, ast, check_name, run};
use crate::system::repository;

/// A folder for models and for upstream files.
struct World(TempDir);

impl World {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn import(&self, upstream: &str, with_docs: bool) {
        let path = self.0.path().join("upstream.json");
        fs::write(&path, upstream).unwrap();
        let args = Args {
            path: Some(path),
            services: vec!["thing".to_owned()],
            botocore: None,
            sha256: None,
            with_docs,
            partitions: self.0.path().join("partitions.json"),
            models: self.0.path().join("models"),
            changelog: None,
        };
        run(args).unwrap();
    }

    fn text(&self) -> String {
        fs::read_to_string(self.0.path().join("models/thing/model.json")).unwrap()
    }

    fn model(&self) -> Model {
        read_model(&[self.0.path().join("models/thing/model.json")]).unwrap()
    }
}

const FIRST: &str = r#"{
    "smithy": "2.0",
    "metadata": {"suppressions": []},
    "shapes": {
        "ns#Thing": {
            "type": "structure",
            "members": {
                "old": {
                    "target": "smithy.api#String",
                    "traits": {"smithy.api#deprecated": {"message": "Their words.", "since": "1"}}
                },
                "first": {
                    "target": "ns#Color",
                    "traits": {"smithy.api#documentation": "Their words."}
                }
            },
            "traits": {"smithy.api#documentation": "Their words."}
        },
        "ns#Color": {
            "type": "enum",
            "members": {
                "RED": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "r"}},
                "BLUE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b"}}
            }
        },
        "ns#Do": {
            "type": "operation",
            "input": {"target": "ns#Thing"},
            "traits": {
                "smithy.api#examples": [{"title": "Their words."}],
                "smithy.waiters#waitable": {"Done": {
                    "documentation": "Their words.",
                    "acceptors": [{"state": "success", "matcher": {"success": true}}]
                }}
            }
        },
        "ns#Service": {
            "type": "service",
            "version": "2020-01-01",
            "operations": [{"target": "ns#Do"}],
            "traits": {
                "smithy.rules#endpointRuleSet": {
                    "parameters": {"Region": {"type": "string", "documentation": "Their words."}},
                    "rules": [{"conditions": [], "error": "Their words.", "type": "error"}]
                },
                "smithy.rules#endpointTests": {"testCases": [
                    {"documentation": "Their words.", "params": {}, "expect": {"error": "Their words."}}
                ]},
                "smithy.test#smokeTests": [{"id": "Their words."}]
            }
        }
    }
}"#;

/// A later version of the service: members and values in a different order, with new ones in
/// between.
const SECOND: &str = r#"{
    "smithy": "2.0",
    "shapes": {
        "ns#Added": {"type": "string"},
        "ns#Thing": {
            "type": "structure",
            "members": {
                "new": {"target": "smithy.api#String"},
                "first": {"target": "ns#Color"},
                "old": {"target": "smithy.api#String"}
            }
        },
        "ns#Color": {
            "type": "enum",
            "members": {
                "g": {"target": "smithy.api#Unit"},
                "b": {"target": "smithy.api#Unit"},
                "r": {"target": "smithy.api#Unit"}
            }
        }
    }
}"#;

fn member_names(model: &Model, id: &str) -> Vec<String> {
    match &model.shapes[&id.parse::<ShapeId>().unwrap()].kind {
        Kind::Structure(members) | Kind::Enum(members) => members.keys().cloned().collect(),
        other => panic!("{id} has no members: {other:?}"),
    }
}

#[test]
fn importing_twice_changes_nothing() {
    let world = World::new();
    world.import(FIRST, false);
    let first = world.text();
    world.import(FIRST, false);
    assert_eq!(world.text(), first);
    assert!(first.ends_with("}\n"));
}

#[test]
fn a_written_model_reads_the_same() {
    let world = World::new();
    world.import(FIRST, true);
    let written = world.model();
    let upstream = read_model(&[world.0.path().join("upstream.json")]).unwrap();
    assert_eq!(written.shapes.len(), upstream.shapes.len());
    for (id, shape) in &upstream.shapes {
        assert_eq!(written.shapes[id].kind, shape.kind, "{id}");
        assert_eq!(written.shapes[id].traits, shape.traits, "{id}");
    }
}

#[test]
fn prose_is_removed_and_facts_are_kept() {
    let world = World::new();
    world.import(FIRST, false);
    let text = world.text();
    assert!(!text.contains("Their words."), "{text}");
    for fact in ["\"since\": \"1\"", "\"state\": \"success\"", "\"testCases\"", "\"Region\""] {
        assert!(text.contains(fact), "{fact} is missing in {text}");
    }
    world.import(FIRST, true);
    assert!(world.text().contains("Their words."));
}

#[test]
fn facts_that_have_the_name_of_prose_are_kept() {
    let mut upstream: Value = serde_json::from_str(FIRST).unwrap();
    let shapes = &mut upstream["shapes"];
    let fact = json!({"documentation": "a fact", "error": "a fact"});
    shapes["ns#Thing"]["members"]["anything"] =
        json!({"target": "smithy.api#Document", "traits": {"smithy.api#default": fact}});
    let waiters = &mut shapes["ns#Do"]["traits"]["smithy.waiters#waitable"];
    waiters["documentation"] = waiters["Done"].clone();
    let service = &mut shapes["ns#Service"]["traits"];
    service["smithy.rules#endpointRuleSet"]["parameters"]["documentation"] =
        json!({"type": "string", "default": "a fact"});
    service["smithy.rules#endpointTests"]["testCases"][0]["params"] = fact.clone();
    service["ns#owner"] = fact.clone();
    let world = World::new();
    world.import(&upstream.to_string(), false);
    assert!(!world.text().contains("Their words."), "{}", world.text());
    let written: Value = serde_json::from_str(&world.text()).unwrap();
    let shapes = &written["shapes"];
    let default = &shapes["ns#Thing"]["members"]["anything"]["traits"]["smithy.api#default"];
    assert_eq!(*default, fact);
    let waiter = &shapes["ns#Do"]["traits"]["smithy.waiters#waitable"]["documentation"];
    assert_eq!(waiter["acceptors"][0]["state"], "success");
    let service = &shapes["ns#Service"]["traits"];
    let parameters = &service["smithy.rules#endpointRuleSet"]["parameters"];
    assert_eq!(parameters["documentation"]["default"], "a fact");
    assert_eq!(service["smithy.rules#endpointTests"]["testCases"][0]["params"], fact);
    assert_eq!(service["ns#owner"], fact);
}

#[test]
fn existing_items_keep_their_order_and_new_ones_follow() {
    let world = World::new();
    world.import(FIRST, false);
    world.import(SECOND, false);
    let model = world.model();
    let shapes: Vec<_> = model.shapes.keys().map(ShapeId::as_str).collect();
    assert_eq!(shapes, ["ns#Color", "ns#Thing", "ns#Added"]);
    assert_eq!(member_names(&model, "ns#Thing"), ["old", "first", "new"]);
    assert_eq!(member_names(&model, "ns#Color"), ["RED", "BLUE", "g"]);
}

#[test]
fn the_origin_is_recorded_without_a_path() {
    let world = World::new();
    world.import(FIRST, false);
    let model = world.model();
    assert_eq!(model.metadata.keys().collect::<Vec<_>>(), ["longshore"]);
    let record = &model.metadata["longshore"];
    assert_eq!(record["source"], "upstream.json");
    assert_eq!(record["version"], "2020-01-01");
    assert_eq!(record["files"][0]["name"], "upstream.json");
    assert_eq!(record["files"][0]["sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn changes_of_an_import_are_added_to_the_changelog_once() {
    let world = World::new();
    let file = world.0.path().join("CHANGELOG.md");
    let mine = "# Changelog\n\n## [0.2.0] - Unreleased\n\n### Added\n\n- Mine.\n";
    let older = "\n## [0.1.0]\n\n- Older.\n";
    fs::write(&file, format!("{mine}{older}")).unwrap();
    let upstream = |member: &str| {
        let first = "\"old\": {";
        FIRST.replacen(first, &format!("\"{member}\": {{\"target\": \"ns#Color\"}}, {first}"), 1)
    };
    let imports = ["one", "one", "two", "two"];
    imports.iter().for_each(|member| world.import(&upstream(member), false));
    let expected = "
### Models

- thing from upstream.json: new.
- thing from upstream.json: 1 updated operation; effect on callers unknown.
  - Updated operations
    - `Do`
      - request
        - added `two`: Color
        - removed `one`: Color
";
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text, format!("{mine}{expected}{older}"));
    // The model is reset and imported again.
    fs::remove_dir_all(world.0.path().join("models")).unwrap();
    world.import(&upstream("one"), false);
    world.import(&upstream("two"), false);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn documentation_and_provenance_are_not_listed_in_the_changelog() {
    let world = World::new();
    world.import(FIRST, false);
    let file = world.0.path().join("CHANGELOG.md");
    fs::write(&file, "").unwrap();
    world.import(&FIRST.replace("Their words.", "Their other words."), false);
    assert_eq!(fs::read_to_string(&file).unwrap(), "");
}

#[test]
fn no_changelog_is_created() {
    let world = World::new();
    world.import(FIRST, false);
    assert!(!world.0.path().join("CHANGELOG.md").exists());
}

#[test]
fn nothing_is_left_beside_the_model() {
    let world = World::new();
    world.import(FIRST, false);
    let files = fs::read_dir(world.0.path().join("models/thing")).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn a_service_name_is_a_plain_folder_name() {
    assert!(check_name("ecr-public").is_ok());
    for name in ["", "../ecr", "/ecr", "ECR", "a b"] {
        assert!(check_name(name).is_err(), "{name}");
    }
}

/// Text with five or more spaces counts as a sentence, because no name, pattern or template in a
/// model has that many.
fn sentences(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.matches(' ').count() >= 5 => found.push(text.clone()),
        Value::Array(elements) => elements.iter().for_each(|value| sentences(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| sentences(value, found)),
        _ => {}
    }
}

#[test]
fn the_models_of_this_repository_contain_no_upstream_prose() {
    let models = repository::root().join("models");
    for service in ["ecr", "ecr-public", "lightsail"] {
        let text = fs::read_to_string(models.join(Path::new(service)).join("model.json")).unwrap();
        for traits in ["smithy.api#documentation", "smithy.api#examples", "smithy.test#"] {
            assert!(!text.contains(traits), "{service} has {traits}");
        }
        let mut found = Vec::new();
        sentences(&serde_json::from_str(&text).unwrap(), &mut found);
        found.retain(|text| !text.starts_with("no endpoint for this configuration: "));
        assert!(found.is_empty(), "{service}: {found:?}");
    }
}

#[test]
fn the_models_of_this_repository_have_the_format_of_the_import() {
    let models = repository::root().join("models");
    for service in ["ecr", "ecr-public", "lightsail"] {
        let file = models.join(service).join("model.json");
        let text = fs::read_to_string(&file).unwrap();
        assert!(ast::text(&read_model(&[file]).unwrap()).unwrap() == text, "{service}");
    }
}
