//! Interceptors: hooks that observe calls and add headers to their requests.
//!
//! This module defines the hooks and their arguments; `client` calls them. It may import `protocol`
//! and the modules below it.

pub(crate) mod added_header;
pub(crate) mod attempt;
pub(crate) mod call;
pub(crate) mod error_kind;
pub(crate) mod headers;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod interceptor;
pub(crate) mod outcome;
