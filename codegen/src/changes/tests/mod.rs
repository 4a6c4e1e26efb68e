//! Compares pairs of models and checks the report for a terminal.

mod formats;
mod html;
mod members;
mod operations;
mod types;

use serde_json::{Map, Value, json};

use super::{
    compare::{Order, compare},
    report::{self, Format, Report},
    tree::{Changes, Fact, Release},
};
use crate::{read::read_model, smithy::Model};

/// A model of the service `Thing` with additional traits and these shapes. All operations belong to
/// the service. Fields of a shape `Thing` are applied to the service.
fn model(traits: &Value, shapes: &Value) -> Model {
    let mut all = Map::new();
    let mut operations = Vec::new();
    for (name, shape) in shapes.as_object().unwrap() {
        let id = format!("com.example#{name}");
        if shape["type"] == "operation" {
            operations.push(json!({"target": id}));
        }
        all.insert(id, shape.clone());
    }
    let mut service = json!({"type": "service", "version": "2020-01-01", "operations": operations});
    service["traits"] = json!({
        "aws.protocols#awsJson1_1": {},
        "aws.auth#sigv4": {"name": "thing"},
        "aws.api#service": {"sdkId": "Thing"},
    });
    let own = service["traits"].as_object_mut().unwrap();
    own.extend(traits.as_object().unwrap().clone());
    if let Some(Value::Object(more)) = all.remove("com.example#Thing") {
        service.as_object_mut().unwrap().extend(more);
    }
    all.insert("com.example#Thing".to_owned(), service);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.json");
    std::fs::write(&file, json!({"smithy": "2.0", "shapes": all}).to_string()).unwrap();
    read_model(&[file]).unwrap()
}

fn changes(old: &Value, new: &Value) -> Changes {
    compare("thing", model(&json!({}), old), model(&json!({}), new), Order::Kept).unwrap()
}

fn text(changes: &Changes) -> String {
    let text = report::terminal(changes);
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    text
}

/// The lines below the heading of the section.
#[track_caller]
fn assert_report(old: &Value, new: &Value, expected: &[&str]) {
    let text = text(&changes(old, new));
    let lines: Vec<_> = text.lines().skip(1).filter(|line| line.starts_with("    ")).collect();
    assert_eq!(lines.join("\n"), expected.join("\n"), "{text}");
}

fn operation(more: &Value) -> Value {
    let mut operation = json!({
        "type": "operation",
        "input": {"target": "com.example#Request"},
        "output": {"target": "com.example#Response"},
    });
    operation.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    operation
}

fn structure(members: &Value) -> Value {
    json!({"type": "structure", "members": members})
}

/// A member with a shape of the prelude or of the model.
fn of(target: &str) -> Value {
    let prelude = ["String", "Integer", "Long"].contains(&target);
    let namespace = if prelude { "smithy.api" } else { "com.example" };
    json!({"target": format!("{namespace}#{target}")})
}

fn with(target: &str, traits: &Value) -> Value {
    let mut member = of(target);
    member["traits"] = traits.clone();
    member
}

fn required(target: &str) -> Value {
    with(target, &json!({"smithy.api#required": {}}))
}

/// A service with one operation of these members, and other shapes.
fn one(request: &Value, response: &Value, others: &Value) -> Value {
    let mut shapes = json!({
        "Do": operation(&json!({})),
        "Request": structure(request),
        "Response": structure(response),
    });
    shapes.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    shapes
}

fn request(members: &Value) -> Value {
    one(members, &json!({}), &json!({}))
}
