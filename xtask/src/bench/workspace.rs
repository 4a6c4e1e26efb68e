//! A workspace below `xtask/harness/bench`: its cargo, its lock file, the crates it consists of.
//!
//! Each measured program is one, so that its features and its profile are its own. Must not know what
//! is measured.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

use crate::system::{process, repository};

/// How all of them are built for release, given on the command line so that it cannot differ.
pub(crate) const RELEASE: [&str; 2] = ["--config", "profile.release.strip=\"symbols\""];

/// A workspace's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Workspace {
    /// The folder of those that are compared with each other.
    pub(crate) group: &'static str,
    /// Its own folder in there.
    pub(crate) folder: &'static str,
}

impl Workspace {
    fn path(self) -> PathBuf {
        repository::root().join("xtask/harness/bench").join(self.group).join(self.folder)
    }

    /// `cargo COMMAND` in its folder.
    pub(crate) fn cargo(self, command: &str) -> Command {
        let mut cargo = process::cargo();
        // The folder is the working folder too, so that no configuration of another one has a say.
        cargo.current_dir(self.path()).arg(command);
        cargo
    }

    /// Makes its lock file that of this repository.
    pub(crate) fn take_lock_file(self) -> Result<(), Box<dyn Error>> {
        repository::copy_lock_file(&self.path())
    }

    /// The crates that end up in its program, itself first: `name version`, as often as `cargo tree`
    /// prints them.
    pub(crate) fn crates(self, flags: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
        let mut cargo = self.cargo("tree");
        cargo.args(["--offline", "--locked", "--edges", "normal", "--prefix", "none"]).args(flags);
        Ok(named(&process::read(&mut cargo)?))
    }
}

/// The lines that `cargo tree --prefix none` printed, without the path or mark behind the version.
pub(crate) fn named(tree: &str) -> Vec<String> {
    let lines = tree.lines().filter(|line| !line.is_empty());
    lines.map(|line| line.split(" (").next().unwrap_or(line).to_owned()).collect()
}
