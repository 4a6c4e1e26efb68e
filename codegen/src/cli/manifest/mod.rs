//! Handles manifests of generated crates: writes new ones, reads existing ones, and validates names
//! and the path of the runtime.
//!
//! An existing manifest belongs to the user and is never changed.

mod existing;
mod new;
mod package_name;
mod runtime;
#[cfg(test)]
mod sample;

pub use self::existing::{check_features, crate_name};
pub(super) use self::{
    existing::{check_options, exists},
    new::{NewManifest, check_default_features},
    package_name::check_package_name,
    runtime::{check_runtime, dependency_path},
};
