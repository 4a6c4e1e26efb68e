//! Checks that a build script that generates clients does not compile the program `longshore`.

use std::process::Command;

/// Libraries that the generator needs only with its feature `cli`.
const OF_THE_PROGRAM: [&str; 5] =
    ["anstyle-hyperlink", "clap", "clap_complete", "indicatif", "supports-hyperlinks"];

/// The libraries that `cargo tree` lists with these arguments, with `-` instead of `_`.
fn packages(arguments: &[&str]) -> Vec<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--offline", "--locked", "--prefix", "none", "--format", "{lib}"]);
    let output = cargo.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    listed.lines().map(|name| name.replace('_', "-")).collect()
}

#[test]
fn a_build_script_compiles_no_library_of_the_program() {
    let script = packages(&["--package", "longshore-example-subset", "--edges", "build,normal"]);
    assert!(script.iter().any(|name| name == "longshore-codegen"), "{script:?}");
    let program = packages(&["--package", "longshore-codegen", "--features", "cli"]);
    for name in OF_THE_PROGRAM.map(|name| name.replace('_', "-")) {
        assert!(!script.contains(&name), "{name} is compiled for a build script");
        assert!(program.contains(&name), "the program no longer needs {name}");
    }
}
