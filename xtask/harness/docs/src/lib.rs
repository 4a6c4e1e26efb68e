//! Contains the Rust code of README.md, the guides and the READMEs of packages and examples, so
//! that building this package compiles it.
//!
//! A block that cannot compile here is marked as `rust,ignore`.

#[cfg(test)]
mod markdown;
#[cfg(test)]
mod module;

/// The code blocks, each in a module that is named after the document and the line.
#[allow(clippy::all, dead_code, missing_docs, unused)]
pub mod documents {
    include!(concat!(env!("OUT_DIR"), "/documents.rs"));
}

/// Runs the code in the testing guide.
#[cfg(doctest)]
#[doc = include_str!("../../../../docs/testing.md")]
mod testing {}
