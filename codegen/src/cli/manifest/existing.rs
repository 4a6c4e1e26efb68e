//! Reads an existing manifest: the name of the crate, and whether it has the features that the
//! generated source needs.
//!
//! It reads lines, not TOML, so a manifest with an unusual layout may need `--name`. It never
//! changes a manifest.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

use super::new::declaration;
use crate::{Generated, Summary, cli::toml};

/// Returns true if there is a manifest, or anything else in its place.
pub(in crate::cli) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The name of the crate in code: the name of its library, or else that of its package.
#[must_use]
pub fn crate_name(path: &Path) -> Option<String> {
    let [library, package] = names(&fs::read_to_string(path).ok()?);
    library.or(package)
}

/// The names of the library and of the package.
pub(super) fn names(text: &str) -> [Option<String>; 2] {
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
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    names.map(|name| name.filter(is_name).map(str::to_owned))
}

/// Returns an error if the options contradict the manifest.
pub(in crate::cli) fn check_options(
    path: &Path,
    name: Option<&str>,
    features: Option<&[String]>,
    runtime: Option<&str>,
) -> Result<(), Box<dyn Error>> {
    let text = read(path)?;
    let [_, package] = names(&text);
    let manifest = path.display();
    if let (Some(name), Some(package)) = (name, package)
        && name != package
    {
        return Err(format!(
            "{manifest} exists with the package name {package}, and the generator does not change it; \
             leave out --name, or rename the package there"
        )
        .into());
    }
    if let Some(features) = features
        && default_features(&text) != features.iter().map(String::as_str).collect()
    {
        return Err(format!(
            "{manifest} exists with different default features, and the generator does not change it; \
             leave out --features, or edit `default` there"
        )
        .into());
    }
    if let Some(runtime) = runtime.map(toml::string)
        && !runtime_dependency(&text).any(|line| sets_path(line, &runtime))
    {
        return Err(format!(
            "{manifest} exists and does not name longshore-runtime by this path, and the generator \
             does not change it; leave out --runtime-path, or add `path = {runtime}` to that \
             dependency"
        )
        .into());
    }
    Ok(())
}

/// The features in the list `default`, which may span several lines.
fn default_features(manifest: &str) -> BTreeSet<&str> {
    let is_default = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == "default");
    let Some(line) = manifest.lines().find(|line| is_default(line)) else {
        return BTreeSet::new();
    };
    let start = line.as_ptr().addr() - manifest.as_ptr().addr();
    let list = manifest[start..].split(']').next().unwrap_or_default();
    list.split('"').skip(1).step_by(2).collect()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Returns an error if no feature of the crate enables a generated module, or if the runtime lacks
/// a feature that the clients need.
pub fn check_features(
    path: &Path,
    Generated { services, runtime_features, .. }: &Generated,
) -> Result<(), Box<dyn Error>> {
    let text = read(path)?;
    for feature in ["blocking", "http-transport"] {
        if !declares(&text, feature) {
            let (path, line) = (path.display(), declaration(feature));
            return Err(
                format!("{path} has no feature {feature}; add `{line}` under [features]").into()
            );
        }
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
    lines(manifest).any(|line| line.contains(&own))
        || runtime_dependency(manifest).any(|line| names.iter().any(|name| line.contains(name)))
}

/// The lines of the dependency on the runtime, which is one line, several lines with a list, or a
/// table.
fn runtime_dependency(manifest: &str) -> impl Iterator<Item = &str> {
    let (mut in_table, mut in_list) = (false, false);
    lines(manifest).filter(move |line| {
        if line.starts_with('[') {
            let header = line.split('#').next().unwrap_or_default();
            in_table = header.trim_end().replace('"', "").ends_with(".longshore-runtime]");
        }
        let key = line.split(['=', '.']).next().unwrap_or_default();
        let is_runtime = key.trim().trim_matches('"') == "longshore-runtime";
        let is_dependency = in_table || in_list || is_runtime;
        in_list = is_dependency && (in_list || line.contains('[')) && !line.contains(']');
        is_dependency
    })
}

/// The lines without indentation and without comments on lines of their own.
fn lines(manifest: &str) -> impl Iterator<Item = &str> {
    manifest.lines().map(str::trim).filter(|line| !line.starts_with('#'))
}

/// Returns true if a line of a dependency sets `path` to this string.
fn sets_path(line: &str, string: &str) -> bool {
    line.match_indices("path").any(|(start, key)| {
        let is_key = !line[..start].ends_with(|c: char| c.is_alphanumeric() || "-_".contains(c));
        let value = line[start + key.len()..].trim_start().strip_prefix('=');
        is_key && value.is_some_and(|value| value.trim_start().starts_with(string))
    })
}

#[cfg(test)]
mod tests;
