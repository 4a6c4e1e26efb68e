//! Reads `cargo metadata` of this workspace for the other tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::LazyLock,
};

use serde_json::Value;

/// The metadata of this workspace. Reading it takes longer than the tests.
pub(crate) static METADATA: LazyLock<Metadata> = LazyLock::new(Metadata::read);

/// The packages of the workspace and all their dependencies, with all features and for all targets.
pub(crate) struct Metadata {
    /// The packages by id.
    pub(crate) packages: BTreeMap<String, Value>,
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

    pub(crate) fn package(&self, name: &str) -> &Value {
        let mut packages = self.packages.values();
        packages.find(|package| package["name"] == name).expect("the package exists")
    }

    /// The packages of the workspace without `publish = false`: those that users build.
    pub(crate) fn published(&self) -> Vec<&Value> {
        let packages = self.packages.values();
        let is_published =
            |package: &&Value| package["source"].is_null() && package["publish"].is_null();
        packages.filter(is_published).collect()
    }

    /// The ids of all packages that are built for a package, including itself. Exempt packages and
    /// their dependencies are not included.
    pub(crate) fn dependencies(&self, root: &Value, exempt: &[&str]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut pending = vec![text(&root["id"])];
        while let Some(id) = pending.pop() {
            let name = self.packages[&id]["name"].as_str().unwrap();
            if !exempt.contains(&name) && found.insert(id.clone()) {
                pending.extend(self.dependencies[&id].iter().cloned());
            }
        }
        found
    }
}

/// A value that is a string.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}
