//! Lists the combinations of features with which a package is compiled.

use std::{cmp::Ordering, fmt};

use crate::system::packages::Package;

/// A combination of the features of a package.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Combination {
    /// The default features.
    Default,
    /// These features and what they enable.
    Only(Vec<String>),
}

impl Combination {
    pub(super) fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        if let Self::Only(features) = self {
            arguments.push("--no-default-features".to_owned());
            if !features.is_empty() {
                arguments.extend(["--features".to_owned(), features.join(",")]);
            }
        }
        arguments
    }
}

impl fmt::Display for Combination {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => write!(out, "with its default features"),
            Self::Only(features) if features.is_empty() => write!(out, "without features"),
            Self::Only(features) => write!(out, "with {}", features.join(", ")),
        }
    }
}

/// The combinations of a package. With `minimum_rust`, omits features that enable an optional
/// dependency with a newer minimum Rust version than the package.
pub(super) fn combinations(package: &Package, minimum_rust: bool) -> Vec<Combination> {
    let can_compile = |feature: &&String| !minimum_rust || !needs_newer_rust(package, feature);
    let features = package.features.keys().filter(|feature| *feature != "default");
    let features: Vec<String> = features.filter(can_compile).cloned().collect();
    let mut combinations = vec![Combination::Default];
    // If the package has no features, this would be the same combination.
    if !package.features.is_empty() {
        combinations.push(Combination::Only(Vec::new()));
    }
    combinations.extend(features.iter().map(|feature| Combination::Only(vec![feature.clone()])));
    combinations.extend((features.len() > 1).then_some(Combination::Only(features)));
    combinations
}

/// Returns true if the feature enables an optional dependency with a newer minimum Rust version
/// than the package, directly or through other features of the package.
fn needs_newer_rust(package: &Package, feature: &str) -> bool {
    let Some(enabled) = package.features.get(feature) else { return false };
    enabled.iter().any(|entry| match entry.strip_prefix("dep:") {
        Some(dependency) => is_newer(package.optional.get(dependency), &package.rust_version),
        None => needs_newer_rust(package, entry),
    })
}

fn is_newer(needed: Option<&String>, own: &str) -> bool {
    needed.is_some_and(|needed| numbers(needed).cmp(numbers(own)) == Ordering::Greater)
}

fn numbers(version: &str) -> impl Iterator<Item = u32> {
    let numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    numbers.chain(std::iter::repeat(0)).take(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(features: &[(&str, &[&str])]) -> Package {
        let owned = |list: &&[&str]| list.iter().map(|entry| (*entry).to_owned()).collect();
        let features = features.iter().map(|(name, list)| ((*name).to_owned(), owned(list)));
        let optional = [("old", "1.88.0"), ("new", "1.94.1")];
        Package {
            name: "package".to_owned(),
            rust_version: "1.88".to_owned(),
            features: features.collect(),
            optional: optional.map(|(name, version)| (name.into(), version.into())).into(),
            ..Package::default()
        }
    }

    fn shown(package: &Package, minimum_rust: bool) -> Vec<String> {
        let combinations = combinations(package, minimum_rust);
        combinations.iter().map(|combination| combination.arguments().join(" ")).collect()
    }

    #[test]
    fn each_feature_is_compiled_alone_and_with_all_others() {
        let package = package(&[
            ("a", &["b"]),
            ("b", &["dep:old"]),
            ("c", &["dep:new"]),
            ("default", &["a"]),
        ]);
        let expected = [
            "",
            "--no-default-features",
            "--no-default-features --features a",
            "--no-default-features --features b",
            "--no-default-features --features c",
            "--no-default-features --features a,b,c",
        ];
        assert_eq!(shown(&package, false), expected);
    }

    #[test]
    fn features_that_need_a_newer_rust_version_are_left_out() {
        let package = package(&[("a", &["c"]), ("b", &["dep:old"]), ("c", &["dep:new", "x?/y"])]);
        let expected = ["", "--no-default-features", "--no-default-features --features b"];
        assert_eq!(shown(&package, true), expected);
    }

    #[test]
    fn a_package_without_features_is_compiled_once() {
        assert_eq!(shown(&package(&[]), false), [""]);
    }
}
