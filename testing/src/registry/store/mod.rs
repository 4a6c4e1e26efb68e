//! The contents of a registry, and the rules by which it rejects requests.
//!
//! [`Store`] is one registry. The other files are its parts: repositories with their layers, images
//! and policies. Everything here is independent of API types and of HTTP; `random` and `clock` are
//! the only sources of data that differs from run to run.

pub(in crate::registry) mod catalog;
pub(in crate::registry) mod clock;
pub(in crate::registry) mod digest;
pub(in crate::registry) mod error;
pub(in crate::registry) mod images;
pub(in crate::registry) mod layers;
pub(in crate::registry) mod login_tokens;
pub(in crate::registry) mod manifest;
pub(in crate::registry) mod mutability;
pub(in crate::registry) mod names;
pub(in crate::registry) mod page;
pub(in crate::registry) mod policy;
pub(in crate::registry) mod push;
pub(in crate::registry) mod random;
pub(in crate::registry) mod repositories;
pub(in crate::registry) mod repository;
pub(in crate::registry) mod resource_tags;
pub(in crate::registry) mod shared;
pub(in crate::registry) mod upload;

pub(in crate::registry) use repositories::Store;
