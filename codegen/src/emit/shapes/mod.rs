//! The items of shapes: structures, enums, unions, exceptions and error enums, with their wire tables.

pub(super) mod checks;
pub(super) mod enumeration;
pub(super) mod error_enum;
pub(super) mod exception;
pub(super) mod structure;
pub(super) mod union;
pub(super) mod wire;
