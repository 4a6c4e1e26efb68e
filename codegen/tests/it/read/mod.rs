//! Reads files and folders in Smithy's JSON AST with `read_model`.

mod files;
mod legacy;
mod merging;
mod mixins;
mod other_formats;
mod shapes;
mod support;
