//! `paginators-1.json` to `smithy.api#paginated`.

use serde_json::{Map, Value, json};

use super::{Context, operations::Operations};
use crate::{
    error::Problem,
    read::json::{Keys, Node},
    smithy::is_identifier,
};

impl Context<'_> {
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
                (Ok(value), Some(shape)) => {
                    shape.traits.0.insert("smithy.api#paginated".to_owned(), value);
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
}

/// The trait's value, or why Smithy has none for this paginator.
fn read_paginator(node: Node<'_>) -> Result<Result<Value, &'static str>, Problem> {
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
    Ok(Ok(Value::Object(value)))
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
