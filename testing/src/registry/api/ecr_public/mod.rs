//! The operations of Amazon ECR Public that differ from those of Amazon ECR.

mod account;
// Compiled once per service, with the types of that service.
mod catalog;
mod images;
mod repositories;
mod resource_tags;
#[allow(clippy::duplicate_mod)]
#[path = "../shared/mod.rs"]
mod shared;

use longshore::ecr_public as api;

use crate::registry::api::handlers::Handlers;

pub(in crate::registry) fn register(handlers: &Handlers<'_>) {
    repositories::register(handlers);
    shared::register(handlers);
    images::register(handlers);
    catalog::register(handlers);
    account::register(handlers);
}
