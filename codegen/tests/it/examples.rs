//! Checks the examples in the documentation: an example in the model is shown, and every operation
//! of our own services has one.

use std::{collections::BTreeMap, fs, path::Path};

use longshore_codegen::Generator;
use serde_json::Value;

const SERVICES: [&str; 3] = ["ecr", "ecr-public", "lightsail"];

/// Returns the text of the client, and the example of each operation by the name of its request.
fn examples(paths: &[std::path::PathBuf]) -> (String, BTreeMap<String, String>) {
    let generated = Generator::new().models(paths).crate_name("mine").generate_crate().unwrap();
    let (_, client) =
        generated.files.iter().find(|(path, _)| path.ends_with("/client.rs")).unwrap();
    let mut examples = BTreeMap::new();
    for block in client.split("/// ```no_run\n").skip(1) {
        let block = block.split("/// ```\n").next().unwrap();
        let request = block.split_once("operation::").filter(|_| block.contains("::new("));
        let name = request.and_then(|_| {
            let (_, rest) = block.split_once("= operation::")?;
            Some(rest.split("Request::new(").next()?.to_owned())
        });
        // The example of its pages follows and has the same request.
        examples.entry(name.unwrap_or_default()).or_insert_with(|| block.to_owned());
    }
    (client.clone(), examples)
}

#[test]
fn every_stated_example_is_shown() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    for service in SERVICES {
        let folder = models.join(service);
        let plain = ["model.json", "overlay.json"].map(|file| folder.join(file));
        let (_, made_up) = examples(&plain);
        let (_, shown) = examples(std::slice::from_ref(&folder));
        let stated = fs::read_to_string(folder.join("examples.json")).unwrap();
        let stated: Value = serde_json::from_str(&stated).unwrap();
        let ids = stated["shapes"].as_object().unwrap().keys();
        let names = ids.map(|id| id.split_once('#').unwrap().1);
        // An example in the model that equals the made-up one is redundant.
        let lost: Vec<_> = names
            .filter(|name| !shown.contains_key(*name) || shown.get(*name) == made_up.get(*name))
            .collect();
        assert!(lost.is_empty(), "{service}: not shown, or not needed: {}", lost.join(", "));
    }
}

#[test]
fn every_operation_has_an_example() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    for service in SERVICES {
        let (client, _) = examples(&[models.join(service)]);
        let methods = client.matches("self.0.call(").count();
        let calls = client.matches("/// let response = client.").count();
        let silent = client.matches("/// client.").count();
        assert_eq!(calls + silent, methods, "{service}");
    }
}

#[test]
fn an_example_that_does_not_fit_the_request_is_skipped() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models/pages/model.json");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("examples.json");
    let shown = |examples: Value| {
        let apply = serde_json::json!({ "smithy": "2.0", "shapes": { "example.pages#ListThings": {
            "type": "apply", "traits": { "smithy.api#examples": examples }
        } } });
        fs::write(&file, apply.to_string()).unwrap();
        examples_of_things(&[model.clone(), file.clone()])
    };
    let unknown = serde_json::json!({ "title": "a", "input": { "owner": "o", "other": 1 } });
    let incomplete = serde_json::json!({ "title": "b", "input": { "maxResults": 5 } });
    let right = serde_json::json!({ "title": "c", "input": { "owner": "me", "maxResults": 5 } });
    let made_up = "operation::ListThingsRequest::new(\"owner\");";
    assert!(shown(Value::Null).contains(made_up));
    assert!(shown(serde_json::json!([1, unknown, incomplete])).contains(made_up));
    let stated = shown(serde_json::json!([unknown, right]));
    assert!(stated.contains("ListThingsRequest::new(\"me\").max_results(5);"), "{stated}");
    shown(serde_json::json!([unknown, incomplete]));
    let warnings = Generator::new().models([model, file]).generate_crate().unwrap().warnings;
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    let wanted = "none of its examples fits its input, so one is made up; in the first one, \
        `other`: ListThingsRequest has no such member.";
    assert_eq!(warning.message, wanted);
}

fn examples_of_things(paths: &[std::path::PathBuf]) -> String {
    let (_, mut examples) = examples(paths);
    examples.remove("ListThings").unwrap()
}
