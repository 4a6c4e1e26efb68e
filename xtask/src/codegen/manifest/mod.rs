//! Handles manifests of generated crates: writes new ones, reads existing ones, validates names, and
//! determines the workspace.
//!
//! An existing manifest belongs to the user and is never changed.

mod existing;
mod new;
mod package_name;
#[cfg(test)]
mod sample;
mod workspace;

pub(super) use self::{
    existing::{check_features, check_options, crate_name},
    new::{NewManifest, check_default_features},
    package_name::check_package_name,
    workspace::advice,
};

/// A feature that every generated crate has.
const BLOCKING: &str = "blocking = [\"longshore-runtime/blocking\"]";

/// A feature that every generated crate has.
const HTTP_TRANSPORT_FEATURE: &str = "http-transport = [\"longshore-runtime/http-transport\"]";
