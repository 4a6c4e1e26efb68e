//! The operations of Amazon ECR that differ from those of Amazon ECR Public.

mod account;
// Compiled once per service, with the types of that service.
mod images;
mod lifecycle;
mod repositories;
mod resource_tags;
#[allow(clippy::duplicate_mod)]
#[path = "../shared/mod.rs"]
mod shared;

use longshore::ecr as api;

use crate::registry::api::handlers::Handlers;

pub(in crate::registry) fn register(handlers: &Handlers<'_>) {
    repositories::register(handlers);
    shared::register(handlers);
    images::register(handlers);
    lifecycle::register(handlers);
    account::register(handlers);
}
