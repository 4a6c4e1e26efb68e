//! What the default credential chain does for a profile and an environment, decided before anything
//! is read or sent.
//!
//! It is a pure function of the profile files and the environment variables: it does no I/O, so
//! whether a source is chosen never depends on whether another one works.

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
