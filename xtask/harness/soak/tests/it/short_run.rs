//! A run of a few seconds, so that every `cargo test` includes one. `cargo xtask soak` runs longer.

use std::process::Command;

#[test]
fn two_thousand_calls_end_as_planned() {
    let output = Command::new(env!("CARGO_BIN_EXE_soak"))
        .args(["2000", "16", "120", "3"])
        .output()
        .expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}
