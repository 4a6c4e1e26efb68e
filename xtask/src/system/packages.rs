//! Reads the packages of this workspace that are published, from `cargo metadata`.

use std::{collections::BTreeMap, error::Error};

use serde_json::Value;

use super::{process, repository};

/// A package that users get from a registry.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The Rust version that it declares, such as `1.88`.
    pub(crate) rust_version: String,
    /// The features and what each of them enables.
    pub(crate) features: BTreeMap<String, Vec<String>>,
    /// The Rust versions that its optional dependencies declare, by the name of the dependency.
    pub(crate) optional: BTreeMap<String, String>,
}

/// The packages without `publish = false`, in the order of their names.
pub(crate) fn published() -> Result<Vec<Package>, Box<dyn Error>> {
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--format-version", "1", "--all-features", "--locked"]);
    let text = process::output(cargo.current_dir(repository::root()))?;
    read(&serde_json::from_str(&text)?).ok_or_else(|| "`cargo metadata` lacks a key".into())
}

/// The published packages in the output of `cargo metadata`. Packages of the workspace have no source.
fn read(metadata: &Value) -> Option<Vec<Package>> {
    let packages = metadata["packages"].as_array()?;
    let versions = packages
        .iter()
        .filter_map(|package| Some((package["name"].as_str()?, package["rust_version"].as_str()?)));
    let versions: BTreeMap<_, _> = versions.collect();
    let is_published =
        |package: &&Value| package["source"].is_null() && package["publish"].is_null();
    let published = packages.iter().filter(is_published);
    let mut published: Vec<_> =
        published.map(|package| read_package(package, &versions)).collect::<Option<_>>()?;
    published.sort_by(|a, b| a.name.cmp(&b.name));
    Some(published)
}

fn read_package(package: &Value, rust_versions: &BTreeMap<&str, &str>) -> Option<Package> {
    let dependencies = package["dependencies"].as_array()?.iter();
    let optional = dependencies.filter(|dependency| dependency["optional"] == true);
    let optional = optional.filter_map(|dependency| {
        let package = dependency["name"].as_str()?;
        let name = dependency["rename"].as_str().unwrap_or(package);
        Some((name.to_owned(), (*rust_versions.get(package)?).to_owned()))
    });
    Some(Package {
        name: package["name"].as_str()?.to_owned(),
        version: package["version"].as_str()?.to_owned(),
        rust_version: package["rust_version"].as_str()?.to_owned(),
        features: serde_json::from_value(package["features"].clone()).ok()?,
        optional: optional.collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_packages_of_the_workspace_that_are_published_are_read() {
        let package = |name: &str, source: Value, publish: Value| {
            json!({
                "name": name, "version": "0.1.0", "source": source, "publish": publish,
                "rust_version": "1.88",
                "features": {"default": ["one"], "one": ["dep:renamed"]},
                "dependencies": [
                    {"name": "other", "rename": "renamed", "optional": true},
                    {"name": "private", "rename": null, "optional": false},
                ],
            })
        };
        let metadata = json!({"packages": [
            package("second", Value::Null, Value::Null),
            package("first", Value::Null, Value::Null),
            package("private", Value::Null, json!([])),
            package("other", json!("registry"), Value::Null),
        ]});
        let packages = read(&metadata).unwrap();
        let names: Vec<_> = packages.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["first", "second"]);
        assert_eq!(packages[0].version, "0.1.0");
        assert_eq!(packages[0].features["one"], ["dep:renamed"]);
        assert_eq!(packages[0].optional, BTreeMap::from([("renamed".into(), "1.88".into())]));
        assert!(read(&json!({})).is_none());
    }
}
