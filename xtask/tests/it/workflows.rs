//! Checks the files in `.github`: they are valid YAML, and what they run exists.

use std::{fs, path::PathBuf, process::Command};

use crate::repository::root;

/// The YAML files in a folder of `.github`, with their content.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(root().join(".github").join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The steps that `.ci/run` accepts as arguments.
fn steps() -> Vec<String> {
    let script = fs::read_to_string(root().join(".ci/run")).unwrap();
    let lines = script.lines().filter_map(|line| {
        line.strip_prefix("step ").or_else(|| line.strip_prefix("optional_step "))
    });
    lines.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// Skipped if python3 has no module `yaml`.
#[test]
fn the_files_are_valid_yaml() {
    let script = "import sys, yaml\nfor path in sys.argv[1:]: yaml.safe_load(open(path))";
    let files = ["workflows", "ISSUE_TEMPLATE"].map(files).concat();
    let has_yaml = Command::new("python3").args(["-c", "import yaml"]).output();
    if !has_yaml.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: python3 has no module yaml");
        return;
    }
    let mut python = Command::new("python3");
    python.args(["-c", script]).args(files.iter().map(|(path, _)| path));
    let output = python.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn workflows_run_steps_that_exist() {
    let steps = steps();
    let mut count = 0;
    for (path, workflow) in files("workflows") {
        for line in workflow.lines().filter_map(|line| line.split_once(".ci/run")) {
            for step in line.1.split_whitespace() {
                count += 1;
                let is_known = steps.iter().any(|known| known == step);
                assert!(is_known, "{} runs {step}; .ci/run has {steps:?}", path.display());
            }
        }
    }
    assert!(count > 0, "no workflow runs a step of .ci/run");
}

/// The action in a line `uses:`, which is the first line of a step or follows `- name:`.
fn used_action(line: &str) -> Option<&str> {
    let line = line.trim();
    line.strip_prefix("- ").unwrap_or(line).strip_prefix("uses:").map(str::trim)
}

/// Third-party actions are not allowed, because their tags can be moved after a review.
#[test]
fn workflows_use_only_actions_of_the_platform_with_a_version() {
    for (path, workflow) in files("workflows") {
        for line in workflow.lines().filter_map(used_action) {
            let version = line.strip_prefix("actions/").and_then(|action| action.split_once("@v"));
            assert!(version.is_some(), "{}: {line}", path.display());
        }
    }
}

#[test]
fn actions_are_found_in_steps_with_and_without_a_name() {
    let step = "      - uses: a/b@v1\n      - name: x\n        uses: c/d@v2\n      - run: uses:\n";
    assert_eq!(step.lines().filter_map(used_action).collect::<Vec<_>>(), ["a/b@v1", "c/d@v2"]);
}

#[test]
fn an_unknown_step_is_an_error_that_lists_the_steps() {
    let output = Command::new("bash").arg(root().join(".ci/run")).arg("no-such-step").output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let printed = String::from_utf8(output.stderr).unwrap();
    let expected = format!("unknown step no-such-step; the steps are: {}\n", steps().join(" "));
    assert_eq!(printed, expected);
}
