//! What `read_model` makes of files and folders in Smithy's JSON AST, by question.

mod files;
mod legacy;
mod merging;
mod mixins;
mod shapes;
mod support;
