//! Converts wire names to Rust names; no other module does.
//!
//! Every function is total: any text yields a legal identifier, and the same text always yields the
//! same one. If two names collide, a [`Scope`] gives the later one a number. This module is
//! independent of shapes and imports no other module.

mod ident;
mod items;
mod keywords;
mod scope;
#[cfg(test)]
mod tests;
mod words;

pub use self::{
    ident::Ident,
    items::{
        constant, constructor, error_variant, field, is_renamed, method, module, operation_type,
        pages, service, service_error, spelled, type_name, union_variant, unmodeled, unrecognized,
        variable, variant, waiter,
    },
    scope::Scope,
};
