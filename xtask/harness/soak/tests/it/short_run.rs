//! A run of a few seconds, so that every `cargo test` includes one. `cargo xtask soak` runs longer.

use std::process::Command;

#[test]
fn two_thousand_calls_have_the_planned_outcomes() {
    let output = Command::new(env!("CARGO_BIN_EXE_soak"))
        .args(["2000", "16", "120", "3"])
        .output()
        .expect("the program runs");
    let printed = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&printed));
}
