//! Runs the tests that copy images with programs of this machine, such as docker. Each test starts its
//! own registry.

use std::error::Error;
use std::process::{Command, Stdio};

use crate::system::{process, repository};

/// A program that copies images, and the tests that use it.
pub(super) struct Engine {
    pub(super) name: &'static str,
    /// The prefix of the names of the tests.
    pub(super) tests: &'static str,
    /// Arguments with which the program succeeds if it can be used.
    probe: &'static [&'static str],
    /// What is missing if it doesn't, and how to get it.
    missing: &'static str,
}

pub(super) const ENGINES: [Engine; 2] = [
    Engine {
        name: "skopeo",
        tests: "skopeo::",
        probe: &["--version"],
        missing: "skopeo is not installed (Debian: apt-get install skopeo)",
    },
    Engine {
        name: "docker",
        tests: "docker::",
        // `docker --version` also succeeds without a daemon.
        probe: &["version"],
        missing: "docker is not installed, or its daemon is not running",
    },
];

impl Engine {
    /// The engine whose tests a filter selects.
    pub(super) fn of_filter(filter: &str) -> Option<&'static Self> {
        ENGINES.iter().find(|engine| filter.starts_with(engine.name))
    }

    /// Runs all tests, or none if the program cannot be used.
    pub(super) fn run_if_available(&self) -> Result<(), Box<dyn Error>> {
        if !self.is_available() {
            errln!("{}, so its tests are skipped", self.missing);
            return Ok(());
        }
        process::run(&mut command(self.tests))
    }

    /// Runs the tests whose name contains `filter`. Returns an error if there are none, or if the
    /// program cannot be used.
    pub(super) fn run(&self, filter: &str) -> Result<(), Box<dyn Error>> {
        if !self.is_available() {
            return Err(self.missing.into());
        }
        self.check_list(&process::output(command(filter).arg("--list"))?, filter)?;
        process::run(&mut command(filter))
    }

    /// Returns an error if the output of `--list` contains no test.
    fn check_list(&self, list: &str, filter: &str) -> Result<(), String> {
        if list.lines().any(|line| line.ends_with(": test")) {
            return Ok(());
        }
        let Self { name, tests, .. } = self;
        Err(format!(
            "no test has a name that contains {filter:?}; `{tests}` runs all tests of {name}"
        ))
    }

    fn is_available(&self) -> bool {
        let mut program = Command::new(self.name);
        program.args(self.probe).stdout(Stdio::null()).stderr(Stdio::null());
        program.status().is_ok_and(|status| status.success())
    }
}

/// The command that runs the tests whose name contains `filter`.
fn command(filter: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(repository::root());
    cargo.args(["test", "--package", "longshore-images", "--test", "it"]);
    cargo.args(["--", "--ignored", filter]);
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_matches_no_test_is_an_error() {
        let engine = Engine::of_filter("skopeo::a").unwrap();
        let list = "skopeo::a: test\n\n1 test, 0 benchmarks\n";
        assert_eq!(engine.check_list(list, "skopeo::a"), Ok(()));
        let error = engine.check_list("\n0 tests, 0 benchmarks\n", "skopeo::b").unwrap_err();
        assert!(error.starts_with("no test has a name that contains \"skopeo::b\""), "{error}");
        assert!(error.ends_with("`skopeo::` runs all tests of skopeo"), "{error}");
    }

    #[test]
    fn filters_of_other_tests_select_no_engine() {
        assert_eq!(Engine::of_filter("docker").map(|engine| engine.tests), Some("docker::"));
        assert!(Engine::of_filter("moto").is_none());
    }
}
