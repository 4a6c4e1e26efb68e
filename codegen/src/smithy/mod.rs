//! Defines the Smithy 2.0 semantic model, as the JSON AST describes it.
//!
//! It states the facts of the model and nothing about Rust. Both readers (`read` and `c2j`) produce
//! a [`Model`], and `lower` reads it. Imports only `names`.

mod enum_names;
mod fragment;
mod id;
mod model;
mod note;
mod position;
mod prelude;
mod protocol;
mod shape;
mod simple;
mod traits;

pub(crate) use self::{
    enum_names::EnumMemberNames,
    fragment::{Apply, Fragment, SmithyVersion},
};
pub use self::{
    id::{ParseShapeIdError, ShapeId, is_identifier},
    model::Model,
    note::{NoPages, NoWaiter, Note, Unusable},
    position::Position,
    protocol::Protocol,
    shape::{Kind, Member, Members, OperationShape, ResourceShape, ServiceShape, Shape},
    simple::Simple,
    traits::{
        PAGE_TOKENS, QUERY_COMPATIBLE, QUERY_ERROR, RESULT_WRAPPER, TARGET_PREFIX, Traits,
        WIRE_NAME,
    },
};
