//! Reads and writes manifests of generated crates.

use std::{error::Error, fs, path::Path};

use longshore_codegen::{Generated, Summary};

use crate::{system::repository, text::toml};

/// Writes a manifest for a crate that has none. An existing one is never overwritten.
pub(super) fn write(path: &Path, generated: &Generated) -> Result<(), Box<dyn Error>> {
    let text = manifest(generated, &repository::root().join("runtime"));
    fs::write(path, text)
        .map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}

fn manifest(
    Generated { services, package, runtime_features, .. }: &Generated,
    runtime: &Path,
) -> String {
    let switched: Vec<_> = runtime_features.iter().map(|feature| toml::string(feature)).collect();
    let switched = match switched.as_slice() {
        [] => String::new(),
        features => format!(", features = [{}]", features.join(", ")),
    };
    let names: Vec<_> = services.iter().map(|service| toml::string(&service.feature)).collect();
    let features: String =
        services.iter().map(|service| format!("{} = []\n", service.feature)).collect();
    let titles: Vec<_> = services.iter().map(|service| service.title.as_str()).collect();
    format!(
        "# Written once by `cargo xtask codegen --out`; later runs do not change it.
[package]
name = \"{package}\"
description = {description}
version = \"0.1.0\"
edition = \"2024\"
publish = false

[features]
default = [{names}]
{features}# Clients for programs without an async runtime: a module `blocking` in each service.
{BLOCKING}

[dependencies]
longshore-runtime = {{ version = \"{version}\", path = {runtime}{switched} }}

# A separate workspace, independent of parent folders.
[workspace]
",
        description = toml::string(&format!("Typed clients for {}.", titles.join(", "))),
        names = names.join(", "),
        version = env!("CARGO_PKG_VERSION"),
        runtime = toml::string(&runtime.to_string_lossy()),
    )
}

/// The name of the crate in code: the name of its library, or else that of its package.
pub(super) fn crate_name(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let mut table = "";
    let mut names: [Option<&str>; 2] = [None, None];
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            table = line;
        }
        let name = line.split_once('=').filter(|(key, _)| key.trim() == "name");
        let name = name.and_then(|(_, value)| value.trim().strip_prefix('"')?.split('"').next());
        match table {
            "[lib]" => names[0] = names[0].or(name),
            "[package]" => names[1] = names[1].or(name),
            _ => {}
        }
    }
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let [library, package] = names;
    library.or(package).filter(|name| is_name(name)).map(str::to_owned)
}

/// A feature that every generated crate has.
const BLOCKING: &str = "blocking = [\"longshore-runtime/blocking\"]";

/// Returns an error if no feature of the crate enables a generated module, or if the runtime lacks
/// a feature that the clients need.
pub(super) fn check_features(
    path: &Path,
    Generated { services, runtime_features, .. }: &Generated,
) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    if !declares(&text, "blocking") {
        return Err(format!(
            "{} has no feature blocking; add `{BLOCKING}` under [features]",
            path.display()
        )
        .into());
    }
    if let Some(feature) = runtime_features.iter().find(|feature| !switches_on(&text, feature)) {
        return Err(format!(
            "{} does not enable the feature {feature} of longshore-runtime, which the clients \
             need; add `features = [\"{feature}\"]` to that dependency",
            path.display()
        )
        .into());
    }
    match services.iter().find(|service| !declares(&text, &service.feature)) {
        None => Ok(()),
        Some(Summary { feature, .. }) => Err(format!(
            "{} has no feature {feature}; add `{feature} = []` under [features] and \
             \"{feature}\" to its default",
            path.display()
        )
        .into()),
    }
}

fn declares(manifest: &str, feature: &str) -> bool {
    manifest.lines().any(|line| {
        line.split_once('=').is_some_and(|(key, _)| key.trim().trim_matches('"') == feature)
    })
}

/// Returns true if the dependency on the runtime, or a feature of the crate, enables a feature of
/// the runtime. If the dependency is inherited from the workspace, this assumes that it does.
fn switches_on(manifest: &str, feature: &str) -> bool {
    let own = format!("\"longshore-runtime/{feature}\"");
    let names = [format!("\"{feature}\""), "workspace = true".to_owned()];
    // The dependency is one line, several lines with a list, or a table.
    let (mut in_table, mut in_list) = (false, false);
    manifest.lines().map(str::trim).filter(|line| !line.starts_with('#')).any(|line| {
        if line.starts_with('[') {
            in_table = line.ends_with(".longshore-runtime]");
        }
        let is_dependency = in_table || in_list || line.starts_with("longshore-runtime");
        in_list = is_dependency && (in_list || line.contains('[')) && !line.contains(']');
        line.contains(&own) || is_dependency && names.iter().any(|name| line.contains(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(feature: &str) -> Summary {
        Summary {
            title: "A \"quoted\" name".to_owned(),
            module: feature.replace('-', "_"),
            feature: feature.to_owned(),
            operations: 1,
        }
    }

    fn tree(features: &[&str], runtime_features: &[&'static str]) -> Generated {
        Generated {
            files: Default::default(),
            services: features.iter().map(|feature| summary(feature)).collect(),
            package: format!("{}-client", features[0]),
            runtime_features: runtime_features.to_vec(),
            warnings: Vec::new(),
            coverage: Default::default(),
        }
    }

    #[test]
    fn a_manifest_has_a_feature_for_each_service() {
        let text = manifest(&tree(&["ecr", "ecr-public"], &[]), Path::new("some/runtime"));
        assert!(text.contains("name = \"ecr-client\""), "{text}");
        assert!(text.contains("default = [\"ecr\", \"ecr-public\"]\necr = []\necr-public = []\n"));
        assert!(declares(&text, "blocking") && text.contains(BLOCKING), "{text}");
        assert!(text.contains(r#"description = "Typed clients for A \"quoted\" name, A"#));
        assert!(declares(&text, "ecr-public") && !declares(&text, "public"));
        let digits = manifest(&tree(&["3d"], &["compression"]), Path::new("some\\runtime"));
        assert!(
            digits.contains(r#"path = "some\\runtime", features = ["compression"] }"#),
            "{digits}"
        );
    }

    #[test]
    fn a_crate_has_the_name_of_its_library_or_of_its_package() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Cargo.toml");
        assert_eq!(crate_name(&path), None);
        let table = [
            ("[package]\nname = \"my-clients\" # ours\n", Some("my-clients")),
            ("[lib]\nname = \"mine\"\n[package]\nname = \"my-clients\"\n", Some("mine")),
            ("[[bin]]\nname = \"other\"\n[package]\nname=\"mine\"\n", Some("mine")),
            ("[package]\nname = \"\"\n", None),
            ("[package]\nname = \"a b\"\n", None),
            ("[dependencies]\nname = \"other\"\n", None),
        ];
        for (text, expected) in table {
            fs::write(&path, text).unwrap();
            assert_eq!(crate_name(&path).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_service_without_a_feature_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Cargo.toml");
        fs::write(&path, "[features]\ndefault = []\n").unwrap();
        let error = check_features(&path, &tree(&["ecr"], &[])).unwrap_err().to_string();
        assert!(error.ends_with(&format!("add `{BLOCKING}` under [features]")), "{error}");
        fs::write(&path, format!("[features]\ndefault = []\n{BLOCKING}\n")).unwrap();
        let error = check_features(&path, &tree(&["ecr"], &[])).unwrap_err().to_string();
        assert!(error.ends_with("add `ecr = []` under [features] and \"ecr\" to its default"));
        write(&path, &tree(&["ecr"], &[])).unwrap();
        check_features(&path, &tree(&["ecr"], &[])).unwrap();
    }

    #[test]
    fn a_runtime_without_a_required_feature_is_an_error() {
        let table = [
            ("longshore-runtime = { version = \"0.1\" }", false),
            ("longshore-runtime = { version = \"0.1\", features = [\"compression\"] }", true),
            ("# longshore-runtime = { features = [\"compression\"] }", false),
            ("other = { features = [\"compression\"] }", false),
            ("[dependencies.longshore-runtime]\nfeatures = [\"compression\"]", true),
            (
                "[dependencies.longshore-runtime]\n[dependencies.a]\nfeatures = [\"compression\"]",
                false,
            ),
            ("longshore-runtime.workspace = true", true),
            ("longshore-runtime = { features = [\n\"compression\",\n] }", true),
            ("longshore-runtime = { features = [\n] }\na = [\"compression\"]", false),
            ("[features]\nbig = [\"longshore-runtime/compression\"]", true),
        ];
        for (dependency, enough) in table {
            assert_eq!(switches_on(dependency, "compression"), enough, "{dependency}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Cargo.toml");
        write(&path, &tree(&["ecr"], &[])).unwrap();
        let needing = tree(&["ecr"], &["compression"]);
        let error = check_features(&path, &needing).unwrap_err().to_string();
        assert!(
            error.ends_with("add `features = [\"compression\"]` to that dependency"),
            "{error}"
        );
        write(&path, &needing).unwrap();
        check_features(&path, &needing).unwrap();
    }
}
