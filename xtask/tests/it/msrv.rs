//! Checks minimum Rust versions: no dependency needs a newer version than the package that uses it,
//! and only tools for contributors need a newer version than clients.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::metadata::METADATA;

/// Dependencies that, with their own dependencies, may need a newer Rust version. Callers enable
/// the runtime's feature `aws-sdk` to share credentials with the official SDK, which needs the same
/// Rust version. With an older compiler, they can use an older version of the crate.
const EXEMPT: [&str; 1] = ["aws-credential-types"];

#[test]
fn no_dependency_needs_a_newer_rust_version() {
    let metadata = &METADATA;
    let mut problems = Vec::new();
    for root in metadata.published() {
        let name = &root["name"];
        let own = rust_version(root).expect("the package states its version");
        for id in metadata.dependencies(root, &EXEMPT) {
            let package = &metadata.packages[&id];
            if rust_version(package).is_some_and(|needed| needed > own) {
                let [version, needed] = ["version", "rust_version"].map(|key| &package[key]);
                problems.push(format!("{name}: {} {version} needs Rust {needed}", package["name"]));
            }
        }
    }
    assert_eq!(problems, [] as [String; 0]);
}

/// Optional dependencies and those for other targets are included.
#[test]
fn dependencies_of_all_features_and_targets_are_checked() {
    let metadata = &METADATA;
    let dependencies = metadata.dependencies(metadata.package("longshore-runtime"), &EXEMPT);
    let names: BTreeSet<_> =
        dependencies.iter().map(|id| metadata.packages[id]["name"].as_str().unwrap()).collect();
    for name in ["flate2", "quick-xml", "schannel", "security-framework", "windows-sys"] {
        assert!(names.contains(name), "{name} is missing in {names:?}");
    }
    for name in ["aws-credential-types", "aws-smithy-types", "rcgen"] {
        assert!(!names.contains(name), "{name} is exempt or a dev-dependency");
    }
}

#[test]
fn only_tools_for_contributors_need_the_newer_rust_version() {
    let metadata = &METADATA;
    let of = |name: &str| rust_version(metadata.package(name));
    for package in metadata.packages.values().filter(|package| package["source"].is_null()) {
        let is_tool = package["manifest_path"].as_str().unwrap().contains("/xtask/");
        let expected = if is_tool { of("xtask") } else { of("longshore") };
        assert_eq!(rust_version(package), expected, "{}", package["name"]);
    }
}

/// The Rust version that a package declares, such as `1.88` or `1.88.0`.
fn rust_version(package: &Value) -> Option<[u32; 3]> {
    let mut numbers = package["rust_version"].as_str()?.split('.');
    Some(std::array::from_fn(|_| numbers.next().map_or(0, |part| part.parse().expect("a number"))))
}
