//! Builds C2J services of any protocol, and looks up what they become.

use std::fs;

use longshore_codegen::{
    Error,
    read::read_model,
    smithy::{Model, Shape, Traits},
};
use serde_json::{Value, json};

/// A service file with these operations and shapes.
pub fn service(protocol: &str, operations: Value, shapes: Value) -> Value {
    let mut metadata = json!({
        "apiVersion": "2020-01-01",
        "endpointPrefix": "fixture",
        "protocol": protocol,
        "serviceId": "Fixture",
        "signatureVersion": "v4",
    });
    if protocol == "json" {
        metadata["targetPrefix"] = json!("FixtureService");
    }
    json!({"version": "2.0", "metadata": metadata, "operations": operations, "shapes": shapes})
}

/// Reads a service file.
pub fn read(service: &Value) -> Result<Model, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("service-2.json");
    fs::write(&path, service.to_string()).unwrap();
    read_model(&[path])
}

/// The model of a service file, which must be valid.
pub fn model(service: Value) -> Model {
    read(&service).unwrap_or_else(|error| panic!("{error}"))
}

/// The shape with this name.
pub fn shape<'m>(model: &'m Model, name: &str) -> &'m Shape {
    let found = model.shapes.iter().find(|(id, _)| id.name() == name);
    found.unwrap_or_else(|| panic!("there is no shape {name}")).1
}

/// The traits of a member.
pub fn member<'m>(model: &'m Model, owner: &str, name: &str) -> &'m Traits {
    let member = shape(model, owner).kind.member(name);
    &member.unwrap_or_else(|| panic!("{owner} has no member {name}")).traits
}

/// The members of a shape that have traits, by name.
pub fn annotated(model: &Model, owner: &str) -> Vec<(String, Traits)> {
    let members = shape(model, owner).kind.members().into_iter();
    let annotated = members.filter(|(_, member)| !member.traits.0.is_empty());
    sorted(annotated.map(|(name, member)| (name.to_owned(), member.traits.clone())))
}

/// Members with their expected traits, by name.
pub fn expected(members: &[(&str, Value)]) -> Vec<(String, Traits)> {
    sorted(members.iter().map(|(name, value)| ((*name).to_owned(), traits(value))))
}

fn sorted(members: impl Iterator<Item = (String, Traits)>) -> Vec<(String, Traits)> {
    let mut members: Vec<_> = members.collect();
    members.sort_by(|a, b| a.0.cmp(&b.0));
    members
}

/// An object as traits.
pub fn traits(value: &Value) -> Traits {
    Traits(value.as_object().unwrap().clone().into_iter().collect())
}
