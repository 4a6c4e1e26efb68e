//! Operations that both services have in the same form.
//!
//! This module is compiled twice, in `ecr` and in `ecr_public`: `api`, `resource_tags` and `to_api` are
//! those of the enclosing service. A trait over all request and response types would be longer than
//! the code.

pub(super) mod images;
mod layers;
mod policies;
mod repositories;

use super::repositories::to_api;
use super::{api, resource_tags};
use crate::registry::api::handlers::Handlers;

pub(super) fn register(handlers: &Handlers<'_>) {
    repositories::register(handlers);
    layers::register(handlers);
    images::register(handlers);
    policies::register(handlers);
}
