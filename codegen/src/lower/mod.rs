//! Lowers Smithy to the intermediate representation: decides names, presence, direction and boxing,
//! and rejects what the emitters do not support.
//!
//! This module uses both [`smithy`](crate::smithy) and [`ir`](crate::ir), but no tokens. Its result
//! is complete: no later module changes it. Imports `coverage`, `docs`, `error`, `ir`, `names` and
//! `smithy`.

mod closure;
mod context;
mod coverage;
mod docs;
mod endpoint;
mod example;
mod jmespath;
mod naming;
mod operation;
mod options;
mod pattern;
mod problem;
mod protocol;
mod selection;
mod service;
mod shapes;
mod traits;
mod values;

pub(crate) use self::{
    options::{Lowered, Options},
    selection::bound,
    service::lower_service,
    traits::is_irrelevant,
    values::{Missing, Values},
};
