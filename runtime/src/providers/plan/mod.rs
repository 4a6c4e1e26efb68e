//! Plans what the default credential chain does for a profile and an environment, before any
//! request is sent and before any other file is read.
//!
//! The plan is a pure function of the profile files and the environment variables. It does no I/O,
//! so the choice of a source never depends on whether another one works.

mod chain;
mod environment;
mod named_profile;
mod profile_sources;
mod roles;
mod sso;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use chain::plan;
#[cfg_attr(
    not(feature = "credential-chain"),
    allow(unused_imports, reason = "only providers use some of them")
)]
pub(crate) use types::{
    Keys, LocalSource, Login, Plan, PlanError, Process, Role, ServiceSource, Skipped, Source, Sso,
    WebIdentity,
};
