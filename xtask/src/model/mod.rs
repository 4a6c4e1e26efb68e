//! Handles models in files: finding services in folders, ordering shapes, removing prose, writing
//! the JSON AST.
//!
//! `import`, `changes` and `corpus` share it. It imports only `system` and does not depend on
//! generated code.

pub(crate) mod ast;
pub(crate) mod discover;
pub(crate) mod order;
mod parts;
pub(crate) mod prose;
mod prose_places;
mod rules;
pub(crate) mod select;
