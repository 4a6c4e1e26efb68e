//! The integration tests of xtask: its commands as a user runs them, and the import rules of this repository.

mod build_scripts;
mod changes;
mod closed_pipe;
mod codegen;
mod corpus;
mod import;
mod imports;
mod msrv;
