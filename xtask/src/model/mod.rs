//! Models in files: which files of a folder are services, the order of shapes, removing prose, the JSON AST.
//!
//! `import`, `changes` and `corpus` share it. It imports `system` only and knows nothing of generated code.

pub(crate) mod ast;
pub(crate) mod discover;
pub(crate) mod order;
mod parts;
pub(crate) mod prose;
mod rules;
pub(crate) mod select;
