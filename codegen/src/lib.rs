//! Longshore's generator: AWS JSON service models in, the source of a typed Rust client out.
//!
//! There is one way through, and each step knows only the one before it:
//!
//! ```text
//! read   JSON text      -> smithy::Model   every problem named with file, line and shape id
//! lower  smithy::Model  -> ir::Service     presence, direction, names: all questions answered
//! emit   ir::Service    -> tokens a file   never looks at a Smithy type
//! format tokens         -> text            prettyplease, and the header
//! ```
//!
//! The generator is pure: it reads the models it is given and writes one folder. It opens no
//! connection, starts no process and asks no clock, so the same models always give the same text.
//!
//! A `build.rs` uses it like `cargo xtask codegen` does:
//!
//! ```no_run
//! # fn main() -> Result<(), longshore_codegen::Error> {
//! let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
//! longshore_codegen::Generator::new()
//!     .model("models/ecr")
//!     .operations(["PutImage", "BatchGetImage"])
//!     .write_modules(out)?;
//! # Ok(())
//! # }
//! ```
//!
//! and mounts the tree with `include!(concat!(env!("OUT_DIR"), "/src/mod.rs"));`.

pub mod api;
mod c2j;
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
mod names;
pub mod output;
pub mod read;
mod rust_file;
pub mod smithy;

pub use error::{Error, Problem};
pub use generator::{Generated, Generator, Summary};
