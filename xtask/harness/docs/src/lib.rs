//! Contains the Rust code of README.md, the guides and the pages of the packages, so that building this package
//! compiles it.
//!
//! A block that cannot compile here is marked as `rust,ignore`.

#[cfg(test)]
mod markdown;
#[cfg(test)]
mod module;

/// The code of each document, in a file that is named after the document and the line.
#[allow(clippy::all, dead_code, missing_docs, unused)]
pub mod documents {
    include!(concat!(env!("OUT_DIR"), "/documents.rs"));
}

/// Runs the code in the guide to testing.
#[cfg(doctest)]
#[doc = include_str!("../../../../docs/testing.md")]
mod testing {}
