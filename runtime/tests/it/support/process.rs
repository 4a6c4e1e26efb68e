//! Runs a test in a separate process, for tests that depend on process-wide state.

use std::env;
use std::process::Command;

/// Set in the process that runs a single test.
const MARKER: &str = "LONGSHORE_TEST_PROCESS";

/// A command that runs one test of this binary, even if it is ignored. `module` is the
/// `module_path!()` of the test.
pub fn command(module: &str, test: &str) -> Command {
    let (_crate, module) = module.split_once("::").expect("a test in a module");
    let mut command = Command::new(env::current_exe().expect("the path of this binary"));
    command.args(["--exact", &format!("{module}::{test}"), "--include-ignored", "--nocapture"]);
    command
}

/// Runs the command and fails unless its test ran and passed.
pub fn assert_passes(command: &mut Command) {
    let output = command.output().expect("the process starts");
    let text = [output.stderr, output.stdout].concat();
    let text = String::from_utf8_lossy(&text);
    assert!(output.status.success() && text.contains(" 1 passed"), "{text}");
}

/// Returns true if this process was started by this function. Otherwise it runs the test in a
/// separate process and returns false.
pub fn is_alone(module: &str, test: &str) -> bool {
    if env::var_os(MARKER).is_some() {
        return true;
    }
    assert_passes(command(module, test).env(MARKER, "1"));
    false
}
