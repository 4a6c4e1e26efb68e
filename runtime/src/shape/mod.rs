//! The values that models describe and their mapping to serde: structures, enums, unions,
//! documents, blobs, timestamps and constraints.
//!
//! This module is independent of protocols and requests. It may import `format` and the modules
//! below it.

pub(crate) mod absent;
pub(crate) mod base64;
pub(crate) mod binding;
pub(crate) mod blob;
pub mod codec;
pub(crate) mod constraint;
pub(crate) mod constructors;
pub(crate) mod document;
pub(crate) mod int_enum;
pub(crate) mod into_option;
pub(crate) mod member;
pub(crate) mod member_reader;
mod member_slot;
pub(crate) mod member_writer;
pub(crate) mod members;
mod name_index;
pub(crate) mod number;
pub(crate) mod open_union;
pub(crate) mod secret_error;
pub(crate) mod setters;
pub(crate) mod string_enum;
pub(crate) mod structure;
pub(crate) mod table;
pub(crate) mod timestamp;
pub(crate) mod union_table;
