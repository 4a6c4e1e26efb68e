//! Reads models from JSON values and looks up their shapes.

use std::fs;

use longshore_codegen::{
    error::Error,
    read::read_model,
    smithy::{Kind, Member, Members, Model, Shape, ShapeId},
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Creates a folder with these files.
pub fn folder(files: &[(&str, Value)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content.to_string()).unwrap();
    }
    folder
}

pub fn read(files: &[(&str, Value)]) -> Result<Model, Error> {
    let folder = folder(files);
    read_model(&[folder.path().to_owned()])
}

pub fn read_shapes(shapes: Value) -> Model {
    read(&[("model.json", json!({"smithy": "2.0", "shapes": shapes}))]).unwrap()
}

pub fn shape<'m>(model: &'m Model, id: &str) -> &'m Shape {
    model.shape(&id.parse::<ShapeId>().unwrap()).unwrap()
}

pub fn members<'m>(model: &'m Model, id: &str) -> &'m Members {
    match &shape(model, id).kind {
        Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) => members,
        other => panic!("{id} has no members: {other:?}"),
    }
}

pub fn names(members: &Members) -> Vec<&str> {
    members.keys().map(String::as_str).collect()
}

/// The text of the error, without the path of the folder.
pub fn refusal(files: &[(&str, Value)]) -> String {
    let folder = folder(files);
    let error = read_model(&[folder.path().to_owned()]).unwrap_err();
    error.to_string().replace(&format!("{}/", folder.path().display()), "")
}

/// A member of a shape, which must exist.
pub fn member<'m>(model: &'m Model, id: &str, name: &str) -> &'m Member {
    let members = shape(model, id).kind.members().into_iter();
    members.filter(|(member, _)| *member == name).map(|(_, member)| member).next().unwrap()
}

/// The value of a prelude trait on a member.
pub fn trait_of<'m>(model: &'m Model, id: &str, name: &str, of: &str) -> Option<&'m Value> {
    member(model, id, name).traits.get(&format!("smithy.api#{of}"))
}

/// The error of a model of one file.
pub fn refusal_of(shapes: Value) -> String {
    refusal(&[("m.json", json!({"smithy": "2.0", "shapes": shapes}))])
}

/// The names of shape ids.
pub fn ids(ids: &[ShapeId]) -> Vec<&str> {
    ids.iter().map(ShapeId::name).collect()
}
