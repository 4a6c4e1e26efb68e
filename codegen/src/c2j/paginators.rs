//! `paginators-1.json` to `smithy.api#paginated`.

use serde_json::{Map, Value, json};

use super::{Context, operations::Operations};
use crate::{
    error::Problem,
    read::json::{Fields, Keys, Node},
    smithy::is_identifier,
};

impl<'a> Context<'a> {
    /// Adds the trait to every operation the file names.
    pub(super) fn add_paginators(
        &mut self,
        root: Node<'_>,
        operations: &mut Operations,
    ) -> Result<(), Problem> {
        let mut keys = Keys::of(root)?;
        for (name, node) in keys.need("pagination")?.fields()? {
            let id = self.id(&name, node)?;
            let paginated = read_paginator(node).map_err(|problem| problem.of(&id))?;
            match (paginated, operations.get_mut(&id)) {
                (Ok(mut value), Some(shape)) => {
                    self.keep_items(&name, &mut value)?;
                    shape.traits.0.insert("smithy.api#paginated".to_owned(), value.into());
                }
                (Err(why), _) => self.notes.push(format!("{name} has no pages: {why}.")),
                (_, None) => {
                    self.notes.push(format!("{name} has no pages: there is no such operation."));
                }
            }
        }
        keys.ignore(&["version"]);
        keys.finish()
    }

    /// Takes the items away where they are neither a list nor a map: botocore merges structures of
    /// several pages, and Smithy has no word for that.
    fn keep_items(
        &mut self,
        operation: &str,
        value: &mut Map<String, Value>,
    ) -> Result<(), Problem> {
        let Some(path) = value.get("items").and_then(Value::as_str) else { return Ok(()) };
        let kind = self.kind_behind(operation, path)?;
        if kind.is_some_and(|kind| kind != "list" && kind != "map") {
            let note = format!("{operation} has no items: `{path}` is neither a list nor a map.");
            self.notes.push(note);
            value.remove("items");
        }
        Ok(())
    }

    /// The type of the shape that a path leads to in an output; `None` where it leads nowhere.
    fn kind_behind(&self, operation: &str, path: &str) -> Result<Option<String>, Problem> {
        let named = |fields: &Fields<'a>, name: &str| {
            fields.iter().find(|(key, _)| key == name).map(|(_, node)| *node)
        };
        let operation = named(&self.operations, operation);
        let mut reference = operation.map(|node| node.field("output")).transpose()?.flatten();
        let mut parts = path.split('.');
        loop {
            let name = reference.map(|node| node.field("shape")).transpose()?.flatten();
            let name = name.map(Node::string).transpose()?;
            let Some(shape) = name.and_then(|name| named(&self.shapes, &name)) else {
                return Ok(None);
            };
            let Some(part) = parts.next() else {
                return shape.field("type")?.map(Node::string).transpose();
            };
            let members = shape.field("members")?;
            reference = members.map(|node| node.field(part)).transpose()?.flatten();
        }
    }
}

/// The trait's value, or why Smithy has none for this paginator.
fn read_paginator(node: Node<'_>) -> Result<Result<Map<String, Value>, &'static str>, Problem> {
    let mut keys = Keys::of(node)?;
    let input = paths(keys.need("input_token")?)?;
    let output = paths(keys.need("output_token")?)?;
    let items = keys.take("result_key").map(paths).transpose()?.unwrap_or_default();
    let size = keys.take("limit_key").map(Node::string).transpose()?;
    // `more_results` repeats what the absence of a token says; the rest is presentation.
    keys.ignore(&["more_results", "non_aggregate_keys", "py_input_token"]);
    keys.finish()?;
    let ([input], [output]) = (input.as_slice(), output.as_slice()) else {
        return Ok(Err("it takes more than one token"));
    };
    if !is_identifier(input) || !is_path(output) {
        return Ok(Err("its token is not a plain path"));
    }
    let mut value = Map::new();
    value.insert("inputToken".to_owned(), json!(input));
    value.insert("outputToken".to_owned(), json!(output));
    if let [items] = items.as_slice()
        && is_path(items)
    {
        value.insert("items".to_owned(), json!(items));
    }
    value.extend(size.map(|size| ("pageSize".to_owned(), json!(size))));
    Ok(Ok(value))
}

/// A string, or a list of them.
fn paths(node: Node<'_>) -> Result<Vec<String>, Problem> {
    match node.raw_string() {
        Some(_) => Ok(vec![node.string()?]),
        None => node.elements()?.into_iter().map(Node::string).collect(),
    }
}

fn is_path(path: &str) -> bool {
    path.split('.').all(is_identifier)
}
