//! Turns the intermediate representation into tokens: one function per kind of file, and the list
//! of files.
//!
//! This module reads [`ir`](crate::ir) only. Generated code refers to the runtime by paths; the
//! generator never links it. Siblings are referred to by relative paths, so that a tree can be
//! mounted in any module. Imports `docs`, `format`, `ir`, `names` and `rust_file`.

mod content;
mod docs;
mod index;
mod operation;
mod service;
mod shapes;
mod target;
mod unit;
mod values;

pub(crate) use index::ServiceIndex;
#[cfg(feature = "cli")]
pub(crate) use service::root::CRATE_FEATURES;
pub(crate) use service::root::{emit_root, feature};
pub(crate) use target::{Blocking, Crate, Root};
pub(crate) use unit::{Unit, units};
pub(crate) use values::ty::{field_text, type_text};
pub(crate) use values::value::built;
