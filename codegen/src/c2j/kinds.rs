//! Looks up the types of output members, which decide whether they can be the items of a paginator.

use std::collections::HashMap;

use super::model::C2jModel;
use crate::{error::Problem, json::Node};

/// The type of a shape, and the shapes of its members.
#[derive(Default)]
struct ShapeKind {
    name: Option<String>,
    members: HashMap<String, String>,
}

/// The types of all shapes, and the outputs of all operations.
pub(super) struct Kinds {
    shapes: HashMap<String, ShapeKind>,
    outputs: HashMap<String, String>,
}

impl Kinds {
    pub(super) fn of(model: &C2jModel<'_>) -> Result<Self, Problem> {
        let mut kinds = Self { shapes: HashMap::new(), outputs: HashMap::new() };
        for (name, node) in &model.operations {
            let output = node.field("output")?.map(target).transpose()?.flatten();
            kinds.outputs.extend(output.map(|output| (name.to_string(), output)));
        }
        for (name, node) in &model.shapes {
            kinds.shapes.insert(name.to_string(), kind(*node)?);
        }
        Ok(kinds)
    }

    /// Returns the type of the shape at a path in the output of an operation, or `None` if the path
    /// does not exist.
    pub(super) fn at_path(&self, operation: &str, path: &str) -> Option<&str> {
        let mut shape = self.shapes.get(self.outputs.get(operation)?)?;
        for part in path.split('.') {
            shape = self.shapes.get(shape.members.get(part)?)?;
        }
        shape.name.as_deref()
    }
}

fn kind(node: Node<'_>) -> Result<ShapeKind, Problem> {
    let mut kind = ShapeKind::default();
    for (key, node) in node.fields()? {
        match key.as_ref() {
            "type" => kind.name = Some(node.string()?),
            "members" => {
                for (name, member) in node.fields()? {
                    let target = target(member)?;
                    kind.members.extend(target.map(|target| (name.into_owned(), target)));
                }
            }
            _ => {}
        }
    }
    Ok(kind)
}

/// The shape that a reference names.
fn target(reference: Node<'_>) -> Result<Option<String>, Problem> {
    reference.field("shape")?.map(Node::string).transpose()
}
