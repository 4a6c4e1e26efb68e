//! Collects the facts about shapes that the translation of references to them needs.

use std::collections::HashMap;

use crate::{
    error::Problem,
    json::{Fields, Node},
};

/// The facts about a shape that determine the meaning of references to it.
#[derive(Debug, Default)]
pub(super) struct Target {
    /// Whether it is a map.
    pub(super) is_map: bool,
    /// Whether it is a flattened list or map.
    pub(super) flattened: bool,
    /// The name that a list states for its items.
    pub(super) item_name: Option<String>,
    /// The names of the members that are labels, by the `locationName` of the label.
    pub(super) labels: HashMap<String, String>,
}

/// The facts about all shapes, by name.
#[derive(Debug, Default)]
pub(super) struct Targets(HashMap<String, Target>);

impl Targets {
    pub(super) fn of(shapes: &Fields<'_>) -> Result<Self, Problem> {
        let targets = shapes.iter().map(|(name, node)| Ok((name.to_string(), target(*node)?)));
        targets.collect::<Result<_, _>>().map(Self)
    }

    /// Returns the facts about the shape that a reference names, if it exists.
    pub(super) fn behind(&self, reference: Node<'_>) -> Result<Option<&Target>, Problem> {
        let name = reference.field("shape")?.map(Node::string).transpose()?;
        Ok(name.and_then(|name| self.0.get(&name)))
    }
}

fn target(shape: Node<'_>) -> Result<Target, Problem> {
    let mut target = Target::default();
    for (key, node) in shape.fields()? {
        match key.as_ref() {
            "type" => target.is_map = node.string()? == "map",
            "flattened" => target.flattened = node.boolean()?,
            "member" => {
                target.item_name = node.field("locationName")?.map(Node::string).transpose()?;
            }
            "members" => target.labels = labels(node)?,
            _ => {}
        }
    }
    Ok(target)
}

fn labels(members: Node<'_>) -> Result<HashMap<String, String>, Problem> {
    let mut labels = HashMap::new();
    for (name, member) in members.fields()? {
        let location = member.field("location")?.map(Node::string).transpose()?;
        if location.as_deref() == Some("uri")
            && let Some(label) = member.field("locationName")?
        {
            labels.insert(label.string()?, name.into_owned());
        }
    }
    Ok(labels)
}
