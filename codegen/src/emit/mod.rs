//! Turns the intermediate representation into tokens: one function per kind of file, and the list
//! of files.
//!
//! This room reads [`ir`](crate::ir) only. Generated code refers to the runtime by paths; the
//! generator never links it. Siblings are referred to by relative paths, so that a tree can be
//! mounted in any module. Imports `docs`, `format`, `ir`, `names` and `rust_file`.

mod blocking;
mod checks;
mod client;
mod constraint_words;
mod content;
mod docs;
mod endpoint;
mod enumeration;
mod example;
mod exception;
mod front;
mod index;
mod link_targets;
mod literal;
mod member_docs;
mod modules;
mod operation;
mod page;
mod pages;
mod signature;
mod structure;
mod target;
mod tree;
mod ty;
mod union;
mod unit;
mod value;
mod waiter;
mod wire;

pub(crate) use index::ServiceIndex;
pub(crate) use modules::{emit_root, feature};
pub(crate) use target::{Blocking, Crate, Root};
pub(crate) use ty::{field_text, type_text};
pub(crate) use unit::{Unit, units};
pub(crate) use value::built;
