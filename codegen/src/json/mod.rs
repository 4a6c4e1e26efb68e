//! Reads JSON with positions: the values of a file, each with its line and column.
//!
//! Both readers (`read` and `c2j`) and the case files of `conformance` are read with it. It is
//! independent of models, and imports only `error` and `smithy` (for positions).

mod keys;
mod node;
mod source;

pub(crate) use self::{
    keys::Keys,
    node::{Fields, Node},
    source::SourceText,
};
