//! Checks a package name, as `cargo new` does.

/// Reserved names, and what each of them means.
const TAKEN: [(&[&str], &str); 5] = [
    (
        &["alloc", "core", "proc-macro", "proc_macro", "std", "test"],
        "is the name of a crate of the standard library",
    ),
    (&["build", "deps", "examples", "incremental"], "is the name of a folder that cargo writes to"),
    (
        &["longshore-runtime", "longshore_runtime"],
        "is the name of the runtime that the crate depends on",
    ),
    (
        &[
            "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
            "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen",
            "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
            "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
            "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
            "yield",
        ],
        "is a Rust keyword",
    ),
    (
        &[
            "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
            "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
        ],
        "is a reserved device name on Windows",
    ),
];

/// The maximum length of a package name in Rust's package registry.
const MAX_LENGTH: usize = 64;

/// Returns an error if a package cannot have this name.
pub(in crate::cli) fn check_package_name(name: &str) -> Result<(), String> {
    match problem(name) {
        None => Ok(()),
        Some(what) => Err(format!(
            "--name: {name:?} {what}; choose a name of letters, digits, `-` and `_` that starts \
             with a letter"
        )),
    }
}

fn problem(name: &str) -> Option<&'static str> {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if name.is_empty() {
        return Some("is empty");
    }
    if !name.chars().all(is_legal) {
        return Some("contains a character that is not allowed");
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some("does not start with a letter");
    }
    if name.len() > MAX_LENGTH {
        return Some("is longer than 64 characters");
    }
    let lower = name.to_ascii_lowercase();
    TAKEN.iter().find(|(names, _)| names.contains(&lower.as_str())).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_cargo_accepts() {
        for name in ["a", "aws-clients", "my_clients", "Acme3", "tests", &"a".repeat(64)] {
            assert_eq!(check_package_name(name), Ok(()), "{name}");
        }
        let table = [
            ("", "is empty"),
            ("3d", "does not start with a letter"),
            ("-a", "does not start with a letter"),
            ("_a", "does not start with a letter"),
            ("a b", "contains a character that is not allowed"),
            ("a/b", "contains a character that is not allowed"),
            ("a\"\nb", "contains a character that is not allowed"),
            ("größe", "contains a character that is not allowed"),
            ("std", "is the name of a crate of the standard library"),
            ("Test", "is the name of a crate of the standard library"),
            ("deps", "is the name of a folder that cargo writes to"),
            ("match", "is a Rust keyword"),
            ("nul", "is a reserved device name on Windows"),
            ("longshore-runtime", "is the name of the runtime"),
            (&"a".repeat(65), "is longer than 64 characters"),
        ];
        for (name, expected) in table {
            let refused = check_package_name(name).unwrap_err();
            assert!(refused.starts_with(&format!("--name: {name:?} {expected}")), "{refused}");
        }
    }
}
