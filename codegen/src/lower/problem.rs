//! Creates problems of shapes and members.

use crate::{error::Problem, smithy::Shape};

/// A problem of a shape or member, with its position.
pub(super) fn problem(shape: &Shape, location: &str, what: impl Into<String>) -> Problem {
    let mut what = what.into();
    if !what.ends_with(['.', '?']) {
        what.push('.');
    }
    let position = match location.split_once('$') {
        Some((_, member)) => shape.position_of(member),
        None => &shape.position,
    };
    Problem { shape: Some(location.to_owned()), ..Problem::new(what).at(position) }
}
