//! Turns the problem of an entry that affects no request into a note.

use crate::{
    error::Problem,
    json::Node,
    smithy::{Position, Unusable},
};

/// Returns the entry or the file of this node as unusable, for that reason.
pub(super) fn unusable(node: Node<'_>, problem: Problem) -> Unusable {
    let start = node.position();
    let position = match problem.line {
        0 => start,
        line => Position { line, column: problem.column, ..start },
    };
    Unusable { position, message: problem.message }
}
