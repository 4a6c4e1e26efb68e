//! What both services have in the same form: mounted twice, once beside the types of each.
//!
//! `api`, `labels` and `described` are those of the service beside which it is mounted. For the compiler these are
//! two modules; a trait over all the types of requests and answers would be longer than all that is
//! here.

pub(super) mod images;
mod layers;
mod policies;
mod repositories;

use super::repositories::described;
use super::{api, labels};
use crate::registry::api::serve::Counter;

pub(super) fn put_on(counter: &Counter<'_>) {
    repositories::put_on(counter);
    layers::put_on(counter);
    images::put_on(counter);
    policies::put_on(counter);
}
