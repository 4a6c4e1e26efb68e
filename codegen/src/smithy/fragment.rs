//! Defines the content of one model file before files are merged.

use serde_json::Value;

use super::{Note, Position, Shape, ShapeId, Traits};

/// The content of one Smithy file, or of one C2J service with the files next to it.
#[derive(Default)]
pub(crate) struct Fragment {
    /// The version of Smithy in which it is written.
    pub(crate) version: SmithyVersion,
    /// Top-level metadata.
    pub(crate) metadata: Vec<(String, Value, Position)>,
    /// The shapes it defines.
    pub(crate) shapes: Vec<(ShapeId, Shape)>,
    /// The mixins of its shapes, in order.
    pub(crate) mixins: Vec<(ShapeId, Vec<ShapeId>)>,
    /// Its `apply` statements.
    pub(crate) applies: Vec<Apply>,
    /// What the reader omitted.
    pub(crate) notes: Vec<Note>,
}

/// The version of Smithy in which a file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SmithyVersion {
    /// 1.0
    One,
    /// 2.0
    #[default]
    Two,
}

/// An `apply` statement.
pub(crate) struct Apply {
    /// The shape to which it applies traits.
    pub(crate) shape: ShapeId,
    /// The member of that shape, if the traits are for a member.
    pub(crate) member: Option<String>,
    /// The traits.
    pub(crate) traits: Traits,
    /// Where the statement was read.
    pub(crate) position: Position,
}
