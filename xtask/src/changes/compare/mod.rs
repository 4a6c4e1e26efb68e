//! Compares two models: facts by where they are, and for each what callers of the generated API notice. No text is made
//! here.
//!
//! Shapes are followed from the operations, so a shape that no operation refers to is no change. Two shapes are the same
//! if they are referred to from the same place; their names count only if they are names in Rust.

mod facts;
mod operation;
mod pairs;
mod service;
mod side;
mod tree;

use longshore_codegen::{api::Api, error::Error, smithy::Model};

use self::{
    pairs::Pairs,
    side::{Known, Side},
    tree::Trees,
};
use super::{
    rust,
    tree::{Changes, Silent},
};
use crate::model::{order, prose};

/// In which order the shapes and members of the new model are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// In that of the old model, as an import keeps it.
    Kept,
    /// In their own.
    Own,
}

/// Compares two models of a service that people call `name`.
pub(crate) fn compare(
    name: &str,
    mut old: Model,
    mut new: Model,
    order: Order,
) -> Result<Changes, Error> {
    let mut silent =
        Silent { documentation: facts::documentation(&old, &new), ..Silent::default() };
    prose::strip(&mut old);
    prose::strip(&mut new);
    if order == Order::Kept {
        order::settle(&mut new, Some(&old));
    }
    let (apis, unknown) = match (Api::of(&old), Api::of(&new)) {
        (Ok(old), Ok(new)) => (Some((old, new)), None),
        (Err(error), _) | (_, Err(error)) => (None, Some(first(&error))),
    };
    let (before, after) = (Side::of(&old)?, Side::of(&new)?);
    let differences = apis.as_ref().map(|(old, new)| rust::compare(old, new)).unwrap_or_default();
    let known = Known { apis: apis.as_ref(), differences: &differences };
    let service = service::compare(&before, &after, &known, &mut silent);
    let targets = operation::targets(&before, &after);
    let pairs = Pairs::of(&before, &after, targets, &known, &mut silent);
    let operations = operation::compare(&before, &after, &known, &mut silent);
    let (operations, types) = Trees::of(&pairs, &operations).grow(operations);
    Ok(Changes { name: name.to_owned(), service, operations, types, silent, unknown })
}

/// The first of the problems, on one line.
fn first(error: &Error) -> String {
    let first = error.problems().first().map(ToString::to_string);
    first.unwrap_or_else(|| error.to_string())
}
