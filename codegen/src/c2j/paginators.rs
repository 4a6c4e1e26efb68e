//! Translates `paginators-1.json` to `smithy.api#paginated`, and what that trait cannot express to
//! `longshore#pageTokens`.

use serde_json::{Map, Value, json};

use super::{kinds::Kinds, model::C2jModel, operations::OperationShapes, unusable::unusable};
use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::{NoPages, Note, PAGE_TOKENS, is_identifier},
};

impl C2jModel<'_> {
    /// Adds the trait to every operation in the file. An entry that cannot be used is skipped with
    /// a note.
    pub(super) fn add_paginators(
        &mut self,
        root: Node<'_>,
        operations: &mut OperationShapes,
    ) -> Result<(), Problem> {
        let mut keys = Keys::of(root)?;
        let entries = keys.need("pagination")?.fields()?;
        // A shape that cannot be read is reported separately.
        let Ok(kinds) = Kinds::of(self) else { return Ok(()) };
        for (name, node) in entries {
            if let Err(problem) = self.add_paginator(&name, node, operations, &kinds) {
                self.note_no_pages(&name, NoPages::Unusable(unusable(node, problem)));
            }
        }
        // The file's other keys, such as the format version, affect no operation.
        Ok(())
    }

    fn add_paginator(
        &mut self,
        name: &str,
        node: Node<'_>,
        operations: &mut OperationShapes,
        kinds: &Kinds,
    ) -> Result<(), Problem> {
        let id = self.id(name, node)?;
        let Some(shape) = operations.get_mut(&id) else {
            self.note_no_pages(name, NoPages::NoOperation);
            return Ok(());
        };
        match read_paginator(node)? {
            Ok(mut paginator) => {
                self.add_items(name, paginator.items, &mut paginator.pages, kinds);
                let traits = &mut shape.traits.0;
                traits.insert("smithy.api#paginated".to_owned(), paginator.pages.into());
                if !paginator.tokens.is_empty() {
                    traits.insert(PAGE_TOKENS.to_owned(), paginator.tokens.into());
                }
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
        kinds: &Kinds,
    ) {
        let mut items = Vec::new();
        for path in paths.iter().filter(|path| is_path(path)) {
            match kinds.at_path(operation, path) {
                // A path that does not exist is skipped later, when the trait is lowered.
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
    }
}

/// The facts about a paginator.
struct Paginator {
    /// The value of `smithy.api#paginated` without its items.
    pages: Map<String, Value>,
    /// The value of [`PAGE_TOKENS`]; empty if the trait is not needed.
    tokens: Map<String, Value>,
    /// The paths to the results.
    items: Vec<String>,
}

/// Returns the facts, or why no trait can express this paginator.
fn read_paginator(node: Node<'_>) -> Result<Result<Paginator, NoPages>, Problem> {
    let mut keys = Keys::of(node)?;
    let input = paths(keys.need("input_token")?)?;
    let output = paths(keys.need("output_token")?)?;
    let items = keys.take("result_key").map(paths).transpose()?.unwrap_or_default();
    let size = keys.take("limit_key").map(Node::string).transpose()?;
    let more_results = keys.take("more_results").map(Node::string).transpose()?;
    // The other keys only affect presentation.
    keys.ignore(&["non_aggregate_keys", "py_input_token"]);
    keys.finish()?;
    if input.len() != output.len() || input.is_empty() {
        let problem = format!(
            "it has {} input tokens and {} output tokens. Correct one of the lists.",
            input.len(),
            output.len()
        );
        return Err(node.problem(problem));
    }
    let ends = || output.iter().chain(&more_results);
    if !input.iter().all(|input| is_identifier(input)) || !ends().all(|path| is_path(path)) {
        return Ok(Err(NoPages::TokenIsNoPath));
    }
    let mut pages = Map::new();
    pages.extend(size.map(|size| ("pageSize".to_owned(), json!(size))));
    let mut tokens = Map::new();
    match (input.as_slice(), output.as_slice()) {
        ([input], [output]) => {
            pages.insert("inputToken".to_owned(), json!(input));
            pages.insert("outputToken".to_owned(), json!(output));
        }
        _ => {
            let pairs = input.iter().zip(&output);
            let pairs = pairs.map(|(input, output)| json!({"input": input, "output": output}));
            tokens.insert("tokens".to_owned(), pairs.collect());
        }
    }
    tokens.extend(more_results.map(|path| ("moreResults".to_owned(), json!(path))));
    Ok(Ok(Paginator { pages, tokens, items }))
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
