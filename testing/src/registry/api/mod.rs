//! The operations of Amazon ECR and Amazon ECR Public, converted from API types to the store and back.
//!
//! `ecr` and `ecr_public` contain the operations in which the services differ, and `shared` those
//! that they have in common; `handlers` registers all of them on the test server. This module may
//! import `store`.

pub(super) mod ecr;
pub(super) mod ecr_public;
pub(super) mod handlers;
