//! Runs the tests that copy images with skopeo. Each test starts its own registry.

use std::error::Error;
use std::process::{Command, Stdio};

use crate::system::{process, repository};

/// The prefix of the names of these tests.
pub(super) const TESTS: &str = "skopeo::";

/// Runs the tests whose name contains `filter`, or none if skopeo is not installed.
pub(super) fn run(filter: &str) -> Result<(), Box<dyn Error>> {
    if !is_installed() {
        errln!(
            "skopeo is not installed, so its tests are skipped (Debian: apt-get install skopeo)"
        );
        return Ok(());
    }
    let mut cargo = process::cargo();
    cargo.current_dir(repository::root());
    cargo.args(["test", "--package", "longshore-images", "--test", "it"]);
    process::run(cargo.args(["--", "--ignored", filter]))
}

fn is_installed() -> bool {
    let mut skopeo = Command::new("skopeo");
    skopeo.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    skopeo.status().is_ok_and(|status| status.success())
}
