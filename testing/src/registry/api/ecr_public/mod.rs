//! Amazon ECR Public: the operations that this registry answers, which are all of them.
//!
//! Everything in here translates between the types of the service and the registry itself.

mod account;
// What both services have in the same form, here for the types of this one.
mod catalog;
mod images;
mod labels;
mod repositories;
#[allow(clippy::duplicate_mod)]
#[path = "../shared/mod.rs"]
mod shared;

use crate::registry::api::serve::Counter;
use longshore::ecr_public as api;

pub(in crate::registry) fn put_on(counter: &Counter<'_>) {
    repositories::put_on(counter);
    shared::put_on(counter);
    images::put_on(counter);
    catalog::put_on(counter);
    account::put_on(counter);
}
