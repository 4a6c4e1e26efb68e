//! Code that must not compile: requests without a required member, setters with a value of another
//! type, struct literals that a new member would break, and matches that a new enum value would break.
//! Code that must cause warnings: values that have no effect unless they are used.
//!
//! The cases are compiled with `rustc` against the library that this test is linked with. A tool
//! that runs cargo would build the dependencies of the library a second time.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::SystemTime,
};

/// The cases: file, position and code of the error, and the beginning of its message.
const CASES: [(&str, &str, &str, &str); 5] = [
    (
        "missing_member",
        "6:5",
        "E0061",
        "this function takes 2 arguments but 1 argument was supplied",
    ),
    (
        "no_default",
        "6:30",
        "E0277",
        "the trait bound `longshore::ecr::operation::PutImageRequest: std::default::Default` is not \
         satisfied",
    ),
    (
        "struct_literal",
        "6:13",
        "E0639",
        "cannot create non-exhaustive struct using struct expression",
    ),
    (
        "option",
        "7:64",
        "E0277",
        "a member of type `Option<std::string::String>` cannot be set to a value of type \
         `Option<{integer}>`",
    ),
    ("closed_match", "6:11", "E0004", "non-exhaustive patterns: `_` not covered"),
];

#[test]
fn incomplete_requests_wrong_values_literals_and_closed_matches_do_not_compile() {
    let library = library();
    for (case, position, code, message) in CASES {
        let output = compile(case, &library);
        let messages = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
        assert!(!output.status.success(), "{case} compiles");
        let expected = format!("tests/ui/{case}.rs:{position}: error[{code}]: {message}");
        let errors = messages.lines().filter(|line| line.contains(": error"));
        assert!(
            errors.clone().count() == 1 && errors.clone().all(|e| e.starts_with(&expected)),
            "{messages}"
        );
    }
}

#[test]
fn unsent_requests_and_other_unused_values_cause_warnings() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui/unused.rs");
    let source = fs::read_to_string(source).expect("the case");
    let lines = source.lines().zip(1..).filter(|(line, _)| line.ends_with("//~"));
    let marked: BTreeSet<usize> = lines.map(|(_, number)| number).collect();
    let output = compile("unused", &library());
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    let warnings = messages.lines().filter(|line| line.contains("that must be used"));
    let position = |warning: &str| warning.split(':').nth(1)?.parse().ok();
    let warned: BTreeSet<usize> = warnings.filter_map(position).collect();
    assert_eq!(warned, marked, "{messages}");
}

/// Returns the newest library with which the case that must compile does so. The folder may contain
/// libraries that were built with other features or by another compiler.
fn library() -> PathBuf {
    let folder = dependencies();
    let mut libraries: Vec<(SystemTime, PathBuf)> = fs::read_dir(&folder)
        .expect("the folder of the test executable")
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let is_library = name.starts_with("liblongshore-") && name.ends_with(".rlib");
            is_library.then_some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    libraries.sort();
    let mut messages = String::new();
    while let Some((_, library)) = libraries.pop() {
        let output = compile("complete_request", &library);
        if output.status.success() {
            return library;
        }
        messages.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    panic!("tests/ui/complete_request.rs does not compile:\n{messages}");
}

fn dependencies() -> PathBuf {
    let executable = env::current_exe().expect("the path of the test executable");
    executable.parent().expect("a folder").to_owned()
}

/// Checks a case and returns its errors, one per line.
fn compile(case: &str, library: &Path) -> Output {
    let out = env::temp_dir().join(format!("longshore-ui-{}-{case}.rmeta", std::process::id()));
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--edition", "2024", "--emit", "metadata", "--error-format", "short"])
        .arg("-o")
        .arg(&out)
        .arg("-L")
        .arg(format!("dependency={}", dependencies().display()))
        .arg("--extern")
        .arg(format!("longshore={}", library.display()))
        .arg(format!("tests/ui/{case}.rs"))
        .output()
        .expect("rustc runs");
    let _ = fs::remove_file(out);
    output
}
