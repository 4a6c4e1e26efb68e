//! Compares two models: their facts by location, and the effect of each difference on callers of
//! the generated API. This module produces no text.
//!
//! Shapes are followed from the operations, so a difference in a shape that no operation refers to
//! is not a change. Two shapes are the same if they are referred to from the same location; their
//! names matter only if they are names in Rust.

mod facts;
mod operation;
mod pairs;
mod service;
mod side;
mod tree;

use self::{
    operation::OperationChanges,
    pairs::ShapePairs,
    side::{KnownApis, Side},
    tree::Trees,
};
use super::{
    rust,
    tree::{Changes, Uncounted},
};
use crate::{
    api::Api,
    error::Error,
    model_files::{order, prose},
    smithy::Model,
};

/// The order of the shapes and members of the new model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The order of the old model, as an import keeps it.
    Kept,
    /// The order of the new model.
    Own,
}

/// Compares two models of the service `name`.
pub fn compare(name: &str, mut old: Model, mut new: Model, order: Order) -> Result<Changes, Error> {
    let mut uncounted =
        Uncounted { documentation: facts::documentation(&old, &new), ..Uncounted::default() };
    prose::strip(&mut old);
    prose::strip(&mut new);
    if order == Order::Kept {
        order::keep(&mut new, Some(&old));
    }
    let (apis, unknown) = match (Api::of(&old), Api::of(&new)) {
        (Ok(old), Ok(new)) => (Some((old, new)), None),
        (Err(error), _) | (_, Err(error)) => (None, Some(first(&error))),
    };
    let (before, after) = (Side::of(&old)?, Side::of(&new)?);
    let differences = apis.as_ref().map(|(old, new)| rust::compare(old, new)).unwrap_or_default();
    let known = KnownApis { apis: apis.as_ref(), differences: &differences };
    let service = service::compare(&before, &after, &known, &mut uncounted);
    let operations = operation::compare(&before, &after, &known, &mut uncounted);
    let targets = operations.iter().flat_map(OperationChanges::targets).collect();
    let pairs = ShapePairs::of(&before, &after, targets, &known, &mut uncounted);
    let (operations, types) = Trees::of(&pairs, &operations).grow(operations);
    Ok(Changes { name: name.to_owned(), service, operations, types, uncounted, unknown })
}

/// The first problem on one line.
fn first(error: &Error) -> String {
    let first = error.problems().first().map(ToString::to_string);
    first.unwrap_or_else(|| error.to_string())
}
