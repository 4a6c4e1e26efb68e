//! The metadata service of an EC2 instance: its settings, and the credentials and the region that
//! it provides.
//!
//! It may import the modules that `providers` may import, and the modules of `providers` for
//! requests and JSON objects.

mod credentials;
mod metadata;
mod region;
mod settings;

pub(super) use credentials::InstanceProvider;
pub(super) use settings::{INSTANCE, InstanceSettings};
