//! Fetches, builds and inspects one of the two callers under `xtask/harness/bench/callers`, each in
//! its own target folder.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::source::{self, Size};
use super::workspace::{CallerWorkspace, RELEASE};
use crate::system::{folder, process, repository};

/// A caller. Its target folder has the same name under `target/bench`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    workspace: CallerWorkspace,
    binary: &'static str,
}

/// The caller of the official SDK. Its lock file is committed, so that the measured versions are
/// known.
pub(crate) const OFFICIAL: Caller =
    Caller { workspace: workspace("official"), binary: "official-caller" };
/// The caller of Longshore in this working tree.
pub(crate) const OURS: Caller = Caller { workspace: workspace("ours"), binary: "ours-caller" };

const fn workspace(folder: &'static str) -> CallerWorkspace {
    CallerWorkspace { group: "callers", folder }
}

impl Caller {
    fn target(self) -> PathBuf {
        repository::root().join("target/bench").join(self.workspace.folder)
    }

    /// Copies this repository's lock file to the caller.
    pub(crate) fn take_lock_file(self) -> Result<(), Box<dyn Error>> {
        self.workspace.take_lock_file()
    }

    /// Downloads the dependencies, so that a measured build only compiles.
    pub(crate) fn fetch(self) -> Result<(), Box<dyn Error>> {
        process::run(&mut self.workspace.cargo("fetch"))
    }

    /// The command for a clean debug build.
    pub(crate) fn debug_build(self) -> Result<Command, Box<dyn Error>> {
        self.build("debug", &[])
    }

    /// The command for a clean debug build with the feature `full`.
    pub(crate) fn full_build(self) -> Result<Command, Box<dyn Error>> {
        self.build("full", &["--features", "full"])
    }

    /// The command for a clean release build.
    pub(crate) fn release_build(self) -> Result<Command, Box<dyn Error>> {
        self.build("release", &[&["--release"], RELEASE.as_slice()].concat())
    }

    /// Removes what an earlier build has left, and returns the command for a build.
    fn build(self, profile: &str, flags: &[&str]) -> Result<Command, Box<dyn Error>> {
        let target = self.target().join(profile);
        folder::remove_if_exists(&target)
            .map_err(|error| format!("{}: {error}", target.display()))?;
        let mut cargo = self.workspace.cargo("build");
        cargo.args(["--quiet", "--offline", "--locked", "--target-dir"]).arg(&target).args(flags);
        Ok(cargo)
    }

    /// The size of the stripped binary that [`Caller::release_build`] built.
    pub(crate) fn binary_size(self) -> Result<usize, Box<dyn Error>> {
        let file = format!("{}{}", self.binary, std::env::consts::EXE_SUFFIX);
        let path = self.target().join("release/release").join(file);
        let data = fs::metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(usize::try_from(data.len())?)
    }

    /// The number of crates in the binary, without the caller itself.
    pub(crate) fn crates(self, flags: &[&str]) -> Result<usize, Box<dyn Error>> {
        Ok(unique(self.workspace.crates(flags)?).len().saturating_sub(1))
    }

    /// The size of the source of the named packages.
    pub(crate) fn source_of(self, names: &[&str]) -> Result<Size, Box<dyn Error>> {
        let mut cargo = self.workspace.cargo("metadata");
        let text = process::output(cargo.args(["--offline", "--locked", "--format-version", "1"]))?;
        let metadata: Value = serde_json::from_str(&text)?;
        let mut size = Size::default();
        for name in names {
            let package = package(&metadata, name)?;
            size += source::measure(&package.folder.join("src"))?;
        }
        Ok(size)
    }

    /// The caller's direct dependencies with their versions.
    pub(crate) fn dependencies(self) -> Result<Vec<String>, Box<dyn Error>> {
        let crates = self.workspace.crates(&["--depth", "1"])?;
        Ok(crates.into_iter().skip(1).collect())
    }
}

/// Removes duplicates of the same version.
fn unique(crates: Vec<String>) -> BTreeSet<String> {
    crates.into_iter().collect()
}

#[derive(Debug, PartialEq)]
struct Package {
    folder: PathBuf,
}

fn package(metadata: &Value, name: &str) -> Result<Package, Box<dyn Error>> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = packages.iter().find(|package| package["name"] == name);
    let manifest = found.and_then(|package| package["manifest_path"].as_str());
    let manifest = manifest.ok_or_else(|| format!("cargo metadata names no package `{name}`"))?;
    let folder = PathBuf::from(manifest).parent().map(PathBuf::from);
    Ok(Package { folder: folder.ok_or_else(|| format!("`{manifest}` is in no folder"))? })
}

#[cfg(test)]
mod tests {
    use super::super::workspace::named;
    use super::*;

    #[test]
    fn a_crate_is_counted_once_per_version_however_often_it_is_printed() {
        let tree = "caller v0.0.0 (/somewhere)\nlibc v0.2.1\nserde v1.0.0\nlibc v0.2.1 (*)\n\
                    derive v1.0.0 (proc-macro)\nderive v1.0.0 (proc-macro) (*)\nlibc v0.3.0\n\n";
        let crates = unique(named(tree));
        let expected = ["caller 0.0.0", "derive 1.0.0", "libc 0.2.1", "libc 0.3.0", "serde 1.0.0"];
        assert_eq!(crates.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_package_is_found_by_its_name() {
        let metadata = serde_json::json!({
            "packages": [
                { "name": "a", "manifest_path": "/r/a-1/Cargo.toml" },
                { "name": "b", "manifest_path": "/r/b-1/Cargo.toml" },
            ],
        });
        let found = package(&metadata, "b").expect("there");
        assert_eq!(found.folder, PathBuf::from("/r/b-1"));
        let error = package(&metadata, "c").expect_err("not there").to_string();
        assert_eq!(error, "cargo metadata names no package `c`");
    }
}
