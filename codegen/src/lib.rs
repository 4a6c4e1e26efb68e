//! Longshore's generator: turns AWS JSON service models into the source of a typed Rust client.
//!
//! There is one path through the crate, and each step depends only on the result of the previous
//! one:
//!
//! ```text
//! read   JSON text      -> smithy::Model   every problem with file, line and shape id
//! lower  smithy::Model  -> ir::Service     presence, direction and names are decided
//! emit   ir::Service    -> tokens          one file at a time, without Smithy types
//! format tokens         -> text            prettyplease, and the header
//! ```
//!
//! Imports go down this list of modules only. Modules on one line may import each other, but not in a
//! cycle:
//!
//! ```text
//! cli
//! changes
//! model_files
//! conformance
//! generator
//! api
//! emit
//! format
//! lower
//! docs
//! ir
//! read
//! c2j
//! json
//! output
//! error, smithy
//! coverage, names, rust_file, thread_pool
//! ```
//!
//! The generator is pure: it reads the models it is given and writes one folder. It opens no
//! connection, starts no process and reads no clock, so the same models always yield the same text.
//!
//! # As a program
//!
//! The feature `cli` adds the program `longshore`, which generates a crate, checks models and
//! generated files, and compares two versions of a model:
//!
//! ```text
//! cargo install longshore-codegen --features cli
//! longshore generate --model models/ecr --out ecr-client --operations PutImage,BatchGetImage
//! longshore check --model models/ecr --out ecr-client --operations PutImage,BatchGetImage
//! longshore changes models/ecr newer-models/ecr
//! ```
//!
//! # In a build script
//!
//! A `build.rs` generates a client for the operations that a program calls:
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?;
//! longshore_codegen::Generator::new()
//!     .model("models/ecr")
//!     .operations(["PutImage", "BatchGetImage"])
//!     .write_modules(out)?;
//! # Ok(())
//! # }
//! ```
//!
//! and mounts the tree with `include!(concat!(env!("OUT_DIR"), "/src/mod.rs"));`.

// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
// The rules for public items, beyond the lints of the workspace; see docs/api-guidelines.md.
#![warn(
    missing_debug_implementations,
    clippy::fn_params_excessive_bools,
    clippy::iter_not_returning_iterator,
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use
)]

pub mod api;
mod c2j;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod changes;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod conformance;
pub mod coverage;
mod docs;
mod emit;
pub mod error;
mod format;
mod generator;
mod ir;
mod json;
mod lower;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod model_files;
mod names;
pub mod output;
pub mod read;
mod rust_file;
pub mod smithy;
#[doc(hidden)]
pub mod thread_pool;

pub use error::{Error, Problem};
pub use generator::{Generated, Generator, Summary};
