//! A workspace below `xtask/harness/bench`.
//!
//! Each measured program is a separate workspace with separate features and profiles.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

use crate::system::{process, repository};

/// Release settings, given on the command line so that they are the same for all workspaces.
pub(crate) const RELEASE: [&str; 2] = ["--config", "profile.release.strip=\"symbols\""];

/// The location of a workspace.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CallerWorkspace {
    /// The folder of a group of programs that are compared with each other.
    pub(crate) group: &'static str,
    /// Its folder in the group.
    pub(crate) folder: &'static str,
}

impl CallerWorkspace {
    fn path(self) -> PathBuf {
        repository::root().join("xtask/harness/bench").join(self.group).join(self.folder)
    }

    /// `cargo COMMAND` for the workspace.
    pub(crate) fn cargo(self, command: &str) -> Command {
        let mut cargo = process::cargo();
        // Cargo reads its configuration from the working directory.
        cargo.current_dir(self.path()).arg(command);
        cargo
    }

    /// Copies this repository's lock file to the workspace.
    pub(crate) fn take_lock_file(self) -> Result<(), Box<dyn Error>> {
        repository::copy_lock_file(&self.path())
    }

    /// The crates in its binary, the program itself first: `name version`, as often as `cargo tree`
    /// prints them.
    pub(crate) fn crates(self, flags: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
        let mut cargo = self.cargo("tree");
        cargo.args(["--offline", "--locked", "--edges", "normal", "--prefix", "none"]).args(flags);
        Ok(named(&process::output(&mut cargo)?))
    }
}

/// The names and versions in the lines of `cargo tree --prefix none`.
pub(crate) fn named(tree: &str) -> Vec<String> {
    let lines = tree.lines().filter(|line| !line.is_empty());
    lines.map(|line| line.split(" (").next().unwrap_or(line).replace(" v", " ")).collect()
}
