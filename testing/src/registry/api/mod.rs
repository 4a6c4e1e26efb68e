//! The operations of the two services, translated from their types to the store and back.

pub(super) mod ecr;
pub(super) mod ecr_public;
pub(super) mod serve;
