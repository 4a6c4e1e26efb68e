//! The integration tests of xtask: its commands as a user runs them, and the rules of this repository about imports,
//! packages, workflows and links.

mod api_guidelines;
mod browser;
mod budgets;
mod build_scripts;
mod changes;
mod closed_pipe;
mod codegen;
mod corpus;
mod import;
mod imports;
mod inline_functions;
mod links;
mod metadata;
mod msrv;
mod packages;
mod public_types;
mod repository;
mod workflows;
