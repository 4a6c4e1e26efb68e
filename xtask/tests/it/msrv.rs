//! Checks that no dependency needs a newer Rust version than the package that uses it.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// The packages that users build.
const PACKAGES: [&str; 4] =
    ["longshore", "longshore-codegen", "longshore-runtime", "longshore-testing"];

#[test]
fn no_dependency_needs_a_newer_rust_version() {
    let versions = rust_versions();
    let mut problems = Vec::new();
    for package in PACKAGES {
        let tree = cargo(&["tree", "-p", package, "-e", "normal,build", "--prefix", "none"]);
        let names = tree.lines().filter_map(package_id);
        let all: Vec<_> = names
            .map(|id| {
                let needed = versions.get(&id).copied();
                (id, needed)
            })
            .collect();
        let own =
            all.first().and_then(|(_, own)| *own).flatten().expect("the package has a version");
        for ((name, version), needed) in all {
            let needed = needed.unwrap_or_else(|| panic!("{name} {version} is in the metadata"));
            if needed.is_some_and(|needed| needed > own) {
                problems
                    .push(format!("{package} is for Rust {own:?}: {name} {version}, {needed:?}"));
            }
        }
    }
    assert_eq!(problems, [] as [String; 0]);
}

/// Name and version of a package.
type Id = (String, String);

/// Reads `name v1.2.3 (path)`.
fn package_id(line: &str) -> Option<Id> {
    let mut words = line.split(' ');
    let name = words.next()?.to_owned();
    Some((name, words.next()?.strip_prefix('v')?.to_owned()))
}

/// The Rust version that each package needs, if it states one.
fn rust_versions() -> BTreeMap<Id, Option<[u32; 3]>> {
    let host = cargo(&["-vV"]);
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata = cargo(&["metadata", "--format-version", "1", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let version = |package: &Value| {
        let id = (text(&package["name"])?, text(&package["version"])?);
        Some((id, package["rust_version"].as_str().map(parts)))
    };
    packages.iter().filter_map(version).collect()
}

/// Parses `1.88` or `1.88.0`.
fn parts(version: &str) -> [u32; 3] {
    let mut numbers = version.split('.').map(|part| part.parse().expect("a number"));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

fn cargo(arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).arg("--locked").current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = cargo.output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
