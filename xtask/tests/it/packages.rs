//! Checks what users get from a registry: the metadata, the files and the README of each published
//! package.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::{
    links::links,
    metadata::{METADATA, text},
    repository,
};

/// Files that cargo adds to each package or that each package must contain.
const IN_EVERY_PACKAGE: [&str; 7] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

/// The folders whose files are packaged.
const FOLDERS: [&str; 3] = ["clients/src", "examples", "src"];

/// The allowed categories, all of which exist in the registry. It rejects an unknown category only when
/// a package is uploaded.
const CATEGORIES: [&str; 6] = [
    "api-bindings",
    "asynchronous",
    "command-line-utilities",
    "development-tools::build-utils",
    "development-tools::testing",
    "web-programming::http-client",
];

fn folder(package: &Value) -> PathBuf {
    Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry.as_str().unwrap()).collect()
}

#[test]
fn each_package_has_what_a_registry_shows() {
    for package in &METADATA.published() {
        let name = text(&package["name"]);
        let description = text(&package["description"]);
        assert!(description.ends_with('.') && !description.contains('\n'), "{name}: {description}");
        assert_eq!(package["license"], "Apache-2.0 OR MIT", "{name}");
        assert_eq!(package["readme"], "README.md", "{name}");
        assert_eq!(package["metadata"]["docs"]["rs"]["all-features"], true, "{name}");

        let categories = strings(&package["categories"]);
        assert!((1..=5).contains(&categories.len()), "{name}: {categories:?}");
        for category in categories {
            assert!(CATEGORIES.contains(&category), "{name}: {category}");
        }
        let keywords = strings(&package["keywords"]);
        assert!((1..=5).contains(&keywords.len()), "{name}: {keywords:?}");
        for keyword in keywords {
            let is_valid = keyword.chars().all(|c| c.is_ascii_alphanumeric() || "-_+".contains(c));
            assert!(keyword.len() <= 20 && is_valid, "{name}: {keyword}");
        }
    }
}

#[test]
fn a_package_contains_its_sources_and_licenses_and_nothing_else() {
    for package in &METADATA.published() {
        let name = package["name"].as_str().unwrap();
        let folder = folder(package);
        let packaged = packaged_files(name);
        let mut expected: BTreeSet<_> = IN_EVERY_PACKAGE.map(str::to_owned).into();
        expected.extend(sources(&folder).iter().map(|source| {
            let source = source.strip_prefix(&folder).unwrap().to_str().unwrap();
            source.replace('\\', "/")
        }));
        let differences: Vec<_> = packaged.symmetric_difference(&expected).collect();
        assert!(differences.is_empty(), "missing or unexpected in {name}: {differences:#?}");
    }
}

fn packaged_files(name: &str) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["package", "--list", "--allow-dirty", "--offline", "--package", name]);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.replace('\\', "/")).collect()
}

/// The files in the packaged folders of a package.
fn sources(folder: &Path) -> Vec<PathBuf> {
    FOLDERS.iter().flat_map(|source| repository::files(&folder.join(source), &[])).collect()
}

/// The compiler would report only the missing files that a user's build reads, not those of tests.
#[test]
fn no_source_includes_a_file_that_is_not_packaged() {
    for package in &METADATA.published() {
        let folder = folder(package);
        let is_rust = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "rs");
        for source in sources(&folder).into_iter().filter(is_rust) {
            let content = fs::read_to_string(&source).unwrap();
            for included in included_files(&content) {
                let path = source.parent().unwrap().join(included).canonicalize();
                let path = path.unwrap_or_else(|error| panic!("{}: {error}", source.display()));
                let folders = FOLDERS.map(|source| folder.join(source));
                let is_packaged = folders.iter().any(|packaged| path.starts_with(packaged));
                assert!(is_packaged, "{} includes {included}", source.display());
            }
        }
    }
}

/// The files that `include_str!` and `include_bytes!` name.
fn included_files(source: &str) -> impl Iterator<Item = &str> {
    let calls = ["include_str!(\"", "include_bytes!(\""];
    let rest = calls.into_iter().flat_map(|call| source.split(call).skip(1));
    rest.filter_map(|rest| rest.split('"').next())
}

#[test]
fn the_licenses_are_those_of_the_repository() {
    for package in &METADATA.published() {
        for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let [copy, original] = [folder(package), repository::root()]
                .map(|folder| fs::read(folder.join(license)).unwrap());
            assert!(copy == original, "{license} of {} differs", package["name"]);
        }
    }
}

#[test]
fn a_readme_needs_no_repository() {
    for package in &METADATA.published() {
        let readme = fs::read_to_string(folder(package).join("README.md")).unwrap();
        for link in links(&readme) {
            let is_absolute = link.starts_with("https://") || link.starts_with('#');
            assert!(is_absolute, "README.md of {}: {link}", package["name"]);
        }
        for command in ["cargo xtask", "path = \""] {
            assert!(!readme.contains(command), "README.md of {}: {command}", package["name"]);
        }
    }
}

#[test]
fn a_readme_names_the_version_of_the_package() {
    for package in &METADATA.published() {
        let version = text(&package["version"]);
        let (minor, _) = version.rsplit_once('.').unwrap();
        let readme = fs::read_to_string(folder(package).join("README.md")).unwrap();
        let dependencies = readme.lines().filter(|line| line.starts_with("longshore"));
        for line in dependencies.filter(|line| line.contains(" = ")) {
            let is_current = line.contains(&format!("\"{minor}\""));
            assert!(
                is_current,
                "README.md of {}, whose version is {version}: {line}",
                package["name"]
            );
        }
    }
}

#[test]
fn the_readme_and_the_front_page_describe_each_feature() {
    for package in &METADATA.published() {
        let folder = folder(package);
        let readme = fs::read_to_string(folder.join("README.md")).unwrap();
        let root = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
        let front_page: String = root.lines().filter(|line| line.starts_with("//!")).collect();
        // The generated front page describes the features of all services in one sentence.
        let is_generated = root.starts_with("// @generated");
        let features = package["features"].as_object().unwrap();
        let default = features.get("default").map(strings).unwrap_or_default();
        for feature in features.keys().filter(|feature| *feature != "default") {
            let is_default = if default.contains(&feature.as_str()) { "yes" } else { "no" };
            let row = format!("\n| `{feature}` | {is_default} | ");
            assert!(readme.contains(&row), "README.md of {} lacks {row:?}", package["name"]);
            let is_on_front_page = front_page.contains(&format!("`{feature}`"));
            assert!(is_generated || is_on_front_page, "lib.rs of {}: {feature}", package["name"]);
        }
    }
}
