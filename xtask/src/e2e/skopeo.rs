//! Runs the tests that copy images with skopeo. Each test starts its own registry.

use std::error::Error;
use std::process::{Command, Stdio};

use crate::system::{process, repository};

/// The prefix of the names of these tests.
pub(super) const TESTS: &str = "skopeo::";

/// Runs all tests, or none if skopeo is not installed.
pub(super) fn run_if_installed() -> Result<(), Box<dyn Error>> {
    if !is_installed() {
        errln!(
            "skopeo is not installed, so its tests are skipped (Debian: apt-get install skopeo)"
        );
        return Ok(());
    }
    process::run(&mut command(TESTS))
}

/// Runs the tests whose name contains `filter`. Returns an error if there are none, or if skopeo is
/// not installed.
pub(super) fn run(filter: &str) -> Result<(), Box<dyn Error>> {
    if !is_installed() {
        return Err("skopeo is not installed (Debian: apt-get install skopeo)".into());
    }
    check_list(&process::output(command(filter).arg("--list"))?, filter)?;
    process::run(&mut command(filter))
}

/// The command that runs the tests whose name contains `filter`.
fn command(filter: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(repository::root());
    cargo.args(["test", "--package", "longshore-images", "--test", "it"]);
    cargo.args(["--", "--ignored", filter]);
    cargo
}

/// Returns an error if the output of `--list` contains no test.
fn check_list(list: &str, filter: &str) -> Result<(), String> {
    if list.lines().any(|line| line.ends_with(": test")) {
        return Ok(());
    }
    Err(format!("no test has a name that contains {filter:?}; `{TESTS}` runs all tests of skopeo"))
}

fn is_installed() -> bool {
    let mut skopeo = Command::new("skopeo");
    skopeo.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    skopeo.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_matches_no_test_is_an_error() {
        assert_eq!(check_list("skopeo::a: test\n\n1 test, 0 benchmarks\n", "skopeo::a"), Ok(()));
        let error = check_list("\n0 tests, 0 benchmarks\n", "skopeo::b").unwrap_err();
        assert!(error.starts_with("no test has a name that contains \"skopeo::b\""), "{error}");
    }
}
