//! `cargo xtask semver`: compares the public API of the published packages with the last release.
//!
//! A release is a tag such as `v0.1.0`. The comparison uses cargo-semver-checks, which is installed
//! into the target folder if necessary.

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use crate::system::{packages, process, repository};

/// The version to install. It must support the rustdoc JSON format of the Rust compiler.
const TOOL: &str = "cargo-semver-checks@0.51.0";

/// Compare the public API of the published packages with the last release
///
/// Compares nothing if there is no tag such as v0.1.0.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Fails if a package has changes that its version does not allow.
pub(crate) fn run(_: &Args) -> Result<(), Box<dyn Error>> {
    let root = repository::root();
    let Some(tag) = last_release(&root)? else {
        outln!("no tag such as v0.1.0: skipped");
        return Ok(());
    };
    let tool = install(&repository::target_folder().join("tools"))?;
    for package in packages::published()? {
        outln!("{}, compared with {tag}", package.name);
        let mut check = Command::new(&tool);
        check.args(["semver-checks", "--package", &package.name, "--baseline-rev", &tag]);
        process::run(check.current_dir(&root))?;
    }
    Ok(())
}

/// The tag with the highest version among the ancestors of the current commit, without the commit
/// itself. A prerelease such as `v1.0.0-rc.1` is lower than its release.
fn last_release(repository: &Path) -> Result<Option<String>, Box<dyn Error>> {
    let mut git = Command::new("git");
    git.args(["-c", "versionsort.suffix=-", "tag", "--sort=-version:refname"]);
    git.args(["--merged", "HEAD", "--no-contains", "HEAD", "--list", "v[0-9]*.*"]);
    let tags = process::output(git.current_dir(repository))?;
    Ok(tags.lines().next().map(str::to_owned))
}

/// Installs the program into a folder unless it is there, and returns its path.
fn install(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let mut cargo = process::cargo();
    // cargo does nothing if this version is installed.
    cargo.args(["install", "--quiet", "--locked", TOOL, "--root"]).arg(folder);
    process::run(&mut cargo)?;
    Ok(folder.join("bin").join(format!("cargo-semver-checks{}", std::env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs git without the configuration of the user.
    fn git(folder: &Path, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        process::output(git.current_dir(folder)).unwrap();
    }

    #[test]
    fn the_last_release_is_the_highest_version_among_the_ancestors() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let commit = || git(folder, &["commit", "--quiet", "--allow-empty", "--message", "change"]);
        git(folder, &["init", "--quiet", "--initial-branch", "main"]);
        commit();
        git(folder, &["tag", "vendored"]);
        commit();
        assert_eq!(last_release(folder).unwrap(), None);

        for tag in ["v0.9.0", "v0.10.0-rc.1", "v0.10.0", "experiment"] {
            git(folder, &["tag", tag]);
            commit();
        }
        assert_eq!(last_release(folder).unwrap().as_deref(), Some("v0.10.0"));

        // The release to be made is not compared with itself.
        git(folder, &["tag", "v0.11.0"]);
        assert_eq!(last_release(folder).unwrap().as_deref(), Some("v0.10.0"));

        // A release on another branch is ignored.
        git(folder, &["switch", "--quiet", "--create", "fix", "v0.9.0"]);
        commit();
        assert_eq!(last_release(folder).unwrap().as_deref(), Some("v0.9.0"));
    }
}
