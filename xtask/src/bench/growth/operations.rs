//! Builds a model with a given number of operations, each with shapes of its own.

use serde_json::{Map, Value, json};

/// A Smithy model in JSON. Its size is proportional to the number of operations.
pub(super) fn model(count: u64) -> Value {
    let mut shapes = Map::new();
    let operations: Vec<Value> = (0..count).map(|index| target(&format!("Get{index}"))).collect();
    shapes.insert(
        id("Growth"),
        json!({
            "type": "service",
            "version": "2026-01-01",
            "operations": operations,
            "traits": {
                "aws.api#service": { "sdkId": "Growth" },
                "aws.auth#sigv4": { "name": "growth" },
                "aws.protocols#awsJson1_1": {},
            },
        }),
    );
    shapes.insert(
        id("ConflictException"),
        json!({
            "type": "structure",
            "members": { "message": string() },
            "traits": { "smithy.api#error": "client" },
        }),
    );
    for index in 0..count {
        add_operation(&mut shapes, index);
    }
    json!({ "smithy": "2.0", "shapes": shapes })
}

fn add_operation(shapes: &mut Map<String, Value>, index: u64) {
    let name = |kind: &str| format!("{kind}{index}");
    let required = |mut member: Value| {
        member["traits"] = json!({ "smithy.api#required": {} });
        member
    };
    let mut add = |kind: &str, shape: Value| shapes.insert(id(&name(kind)), shape);
    add(
        "Get",
        json!({
            "type": "operation",
            "input": target(&name("Request")),
            "output": target(&name("Response")),
            "errors": [target("ConflictException")],
        }),
    );
    add(
        "Request",
        structure(json!({
            "repositoryName": required(string()),
            "filters": target(&name("Filters")),
            "maxResults": { "target": "smithy.api#Integer" },
            "nextToken": string(),
        })),
    );
    add("Filters", json!({ "type": "list", "member": target(&name("Filter")) }));
    add(
        "Filter",
        structure(json!({ "name": required(string()), "state": target(&name("State")) })),
    );
    let values = json!({
        "ACTIVE": { "target": "smithy.api#Unit" },
        "ARCHIVED": { "target": "smithy.api#Unit" },
    });
    add("State", json!({ "type": "enum", "members": values }));
    add("Response", structure(json!({ "items": target(&name("Items")), "nextToken": string() })));
    add("Items", json!({ "type": "list", "member": target(&name("Item")) }));
    add(
        "Item",
        structure(json!({
            "arn": string(),
            "name": string(),
            "state": target(&name("State")),
            "sizeInBytes": { "target": "smithy.api#Long" },
            "createdAt": { "target": "smithy.api#Timestamp" },
            "isEmpty": { "target": "smithy.api#Boolean" },
        })),
    );
}

fn id(name: &str) -> String {
    format!("bench.growth#{name}")
}

fn target(name: &str) -> Value {
    json!({ "target": id(name) })
}

fn string() -> Value {
    json!({ "target": "smithy.api#String" })
}

fn structure(members: Value) -> Value {
    json!({ "type": "structure", "members": members })
}

#[cfg(test)]
mod tests {
    use longshore_codegen::Generator;

    use super::*;

    #[test]
    fn every_operation_is_generated_and_adds_about_as_many_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let lines = [1, 11, 21].map(|count| {
            let file = folder.path().join(format!("{count}.json"));
            std::fs::write(&file, model(count).to_string()).expect("written");
            let generated = Generator::new().model(file).generate_crate().expect("generated");
            assert_eq!(generated.services[0].operations as u64, count);
            assert!(generated.warnings.is_empty(), "{:?}", generated.warnings);
            generated.files.values().map(|text| text.lines().count()).sum::<usize>()
        });
        // Names with more digits can cause additional line breaks.
        let [few, more] = [lines[1] - lines[0], lines[2] - lines[1]];
        assert!(few.abs_diff(more) * 20 < few, "{lines:?}");
    }
}
