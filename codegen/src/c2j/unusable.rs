//! Converts a problem with an entry that affects no request into the reason of a note.

use crate::{
    error::Problem,
    json::Node,
    smithy::{Position, Unusable},
};

/// Describes why the entry or file at `node` is unusable. The position is that of the problem, or
/// else the start of `node`.
pub(super) fn unusable(node: Node<'_>, problem: Problem) -> Unusable {
    let start = node.position();
    let position = match problem.line {
        0 => start,
        line => Position { line, column: problem.column, ..start },
    };
    Unusable { position, message: problem.message }
}
