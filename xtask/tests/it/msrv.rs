//! Checks minimum Rust versions: no dependency needs a newer version than the package that uses it,
//! and only tools for contributors need a newer version than clients.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::LazyLock,
};

use serde_json::Value;

/// The packages that users build.
const PACKAGES: [&str; 4] =
    ["longshore", "longshore-codegen", "longshore-runtime", "longshore-testing"];

/// Dependencies that, with their own dependencies, may need a newer Rust version. Callers enable
/// the runtime's feature `aws-sdk` to share credentials with the official SDK, which needs the same
/// Rust version. With an older compiler, they can use an older version of the crate.
const EXEMPT: [&str; 1] = ["aws-credential-types"];

#[test]
fn no_dependency_needs_a_newer_rust_version() {
    let metadata = &METADATA;
    let mut problems = Vec::new();
    for name in PACKAGES {
        let root = metadata.package(name);
        let own = rust_version(root).expect("the package states its version");
        for id in metadata.dependencies(root) {
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
    let dependencies = metadata.dependencies(metadata.package("longshore-runtime"));
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

/// The metadata of this workspace. Reading it takes longer than the tests.
static METADATA: LazyLock<Metadata> = LazyLock::new(Metadata::read);

/// The packages of the workspace and all their dependencies, with all features and for all targets.
struct Metadata {
    /// The packages by id.
    packages: BTreeMap<String, Value>,
    /// The ids of the dependencies of each package, except for dev-dependencies.
    dependencies: BTreeMap<String, Vec<String>>,
}

impl Metadata {
    fn read() -> Self {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--format-version", "1", "--all-features", "--locked"]);
        let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let packages = list(&metadata["packages"]).into_iter();
        let nodes = list(&metadata["resolve"]["nodes"]).into_iter();
        let is_built = |dependency: &Value| {
            list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev")
        };
        let built = |node: &Value| {
            let built = list(&node["deps"]).into_iter().filter(is_built);
            built.map(|dependency| text(&dependency["pkg"])).collect()
        };
        Self {
            packages: packages.map(|package| (text(&package["id"]), package)).collect(),
            dependencies: nodes.map(|node| (text(&node["id"]), built(&node))).collect(),
        }
    }

    fn package(&self, name: &str) -> &Value {
        let mut packages = self.packages.values();
        packages.find(|package| package["name"] == name).expect("the package exists")
    }

    /// The ids of all packages that are built for a package, including itself, except exempt ones.
    fn dependencies(&self, root: &Value) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut pending = vec![text(&root["id"])];
        while let Some(id) = pending.pop() {
            let name = self.packages[&id]["name"].as_str().unwrap();
            if !EXEMPT.contains(&name) && found.insert(id.clone()) {
                pending.extend(self.dependencies[&id].iter().cloned());
            }
        }
        found
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

/// The Rust version that a package declares, such as `1.88` or `1.88.0`.
fn rust_version(package: &Value) -> Option<[u32; 3]> {
    let mut numbers = package["rust_version"].as_str()?.split('.');
    Some(std::array::from_fn(|_| numbers.next().map_or(0, |part| part.parse().expect("a number"))))
}
