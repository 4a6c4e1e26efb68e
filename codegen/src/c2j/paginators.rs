//! Translates `paginators-1.json` to `smithy.api#paginated`.

use serde_json::{Map, Value, json};

use super::{model::C2jModel, operations::OperationShapes, unusable::unusable};
use crate::{
    error::Problem,
    json::{Fields, Keys, Node},
    smithy::{NoPages, Note, is_identifier},
};

impl<'a> C2jModel<'a> {
    /// Adds the trait to every operation in the file. An entry that cannot be used is left out.
    pub(super) fn add_paginators(
        &mut self,
        root: Node<'_>,
        operations: &mut OperationShapes,
    ) -> Result<(), Problem> {
        let mut keys = Keys::of(root)?;
        for (name, node) in keys.need("pagination")?.fields()? {
            if let Err(problem) = self.add_paginator(&name, node, operations) {
                self.note_no_pages(&name, NoPages::Unusable(unusable(node, problem)));
            }
        }
        // Its other keys, such as the version of the format, affect no operation.
        Ok(())
    }

    fn add_paginator(
        &mut self,
        name: &str,
        node: Node<'_>,
        operations: &mut OperationShapes,
    ) -> Result<(), Problem> {
        let id = self.id(name, node)?;
        let Some(shape) = operations.get_mut(&id) else {
            self.note_no_pages(name, NoPages::NoOperation);
            return Ok(());
        };
        match read_paginator(node)? {
            Ok((mut value, items)) => {
                self.add_items(name, items, &mut value)?;
                shape.traits.0.insert("smithy.api#paginated".to_owned(), value.into());
            }
            Err(reason) => self.note_no_pages(name, reason),
        }
        Ok(())
    }

    fn note_no_pages(&mut self, operation: &str, reason: NoPages) {
        self.notes.push(Note::NoPages { operation: operation.to_owned(), reason });
    }

    /// Adds the items of a page: the only list or map among the results that botocore combines.
    /// Botocore also merges structures of several pages and adds numbers, which Smithy cannot
    /// express.
    fn add_items(
        &mut self,
        operation: &str,
        paths: Vec<String>,
        value: &mut Map<String, Value>,
    ) -> Result<(), Problem> {
        let mut items = Vec::new();
        for path in paths.iter().filter(|path| is_path(path)) {
            match self.kind_behind(operation, path)?.as_deref() {
                // A path that does not exist is refused later, with the trait.
                None | Some("list" | "map") => items.push(path),
                Some(_) if paths.len() == 1 => self
                    .notes
                    .push(Note::NoItems { operation: operation.to_owned(), path: path.clone() }),
                Some(_) => {}
            }
        }
        if let [path] = items.as_slice() {
            value.insert("items".to_owned(), json!(path));
        }
        Ok(())
    }

    /// Returns the type of the shape at a path in an output, or `None` if the path does not exist.
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

/// The trait's value without its items, and the paths to the results; or why Smithy cannot express
/// this paginator.
type Paginator = Result<(Map<String, Value>, Vec<String>), NoPages>;

fn read_paginator(node: Node<'_>) -> Result<Paginator, Problem> {
    let mut keys = Keys::of(node)?;
    let input = paths(keys.need("input_token")?)?;
    let output = paths(keys.need("output_token")?)?;
    let items = keys.take("result_key").map(paths).transpose()?.unwrap_or_default();
    let size = keys.take("limit_key").map(Node::string).transpose()?;
    // `more_results` is equivalent to the presence of a token; the other keys only affect
    // presentation.
    keys.ignore(&["more_results", "non_aggregate_keys", "py_input_token"]);
    keys.finish()?;
    let ([input], [output]) = (input.as_slice(), output.as_slice()) else {
        return Ok(Err(NoPages::SeveralTokens));
    };
    if !is_identifier(input) || !is_path(output) {
        return Ok(Err(NoPages::TokenIsNoPath));
    }
    let mut value = Map::new();
    value.insert("inputToken".to_owned(), json!(input));
    value.insert("outputToken".to_owned(), json!(output));
    value.extend(size.map(|size| ("pageSize".to_owned(), json!(size))));
    Ok(Ok((value, items)))
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
