//! Checks docs/api-guidelines.md, and the guideline about `unwrap` in examples.

use std::{fs, path::Path};

use crate::repository;

/// The guidelines of the checklist, without `C-`.
const GUIDELINES: &str = "
    CASE CONV GETTER ITER ITER-TY FEATURE WORD-ORDER
    COMMON-TRAITS CONV-TRAITS COLLECT SERDE SEND-SYNC GOOD-ERR NUM-FMT RW-VALUE
    EVOCATIVE MACRO-ATTR ANYWHERE MACRO-VIS MACRO-TY
    CRATE-DOC EXAMPLE QUESTION-MARK FAILURE LINK METADATA RELNOTES HIDDEN
    SMART-PTR CONV-SPECIFIC METHOD NO-OUT OVERLOAD DEREF CTOR
    INTERMEDIATE CALLER-CONTROL GENERIC OBJECT
    NEWTYPE CUSTOM-TYPE BITFLAG BUILDER
    VALIDATE DTOR-FAIL DTOR-BLOCK
    DEBUG DEBUG-NONEMPTY
    SEALED STRUCT-PRIVATE NEWTYPE-HIDE STRUCT-BOUNDS
    STABLE PERMISSIVE
";

#[test]
fn each_guideline_has_a_row_with_a_result() {
    let page = fs::read_to_string(repository::root().join("docs/api-guidelines.md"));
    let page = page.expect("the page");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| C-"));
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split('|').map(str::trim).collect()).collect();
    let found: Vec<_> = rows.iter().map(|row| row[0]).collect();
    let expected: Vec<_> = GUIDELINES.split_whitespace().collect();
    assert_eq!(found, expected);
    for row in rows {
        assert!(["yes", "mostly", "no", "not applicable"].contains(&row[1]), "{row:?}");
        assert!(row.len() == 5 && row[2].ends_with('.'), "{row:?}");
        let code = row[3].split('`').skip(1).step_by(2);
        let words = code.filter_map(|code| code.split(' ').next());
        for path in words.filter(|word| word.contains('/')) {
            assert!(repository::root().join(path).exists(), "{path} in {row:?}");
        }
    }
}

/// Users copy examples, including their error handling.
#[test]
fn examples_do_not_unwrap() {
    let root = repository::root();
    let mut files = Vec::new();
    for package in ["runtime", "generated", "testing", "codegen"] {
        files.extend(repository::files(&root.join(package).join("src"), &[]));
        files.push(root.join(package).join("README.md"));
    }
    files.extend(repository::files(&root.join("docs"), &["decisions"]));
    files.push(root.join("README.md"));
    let found: Vec<_> = files.iter().flat_map(|file| unwraps(file)).collect();
    assert!(found.is_empty(), "use `?`:\n{}", found.join("\n"));
}

/// Returns the position of each `unwrap` in the examples of a file: in the documentation of Rust
/// code, or anywhere in Markdown.
fn unwraps(file: &Path) -> Vec<String> {
    let extension = file.extension().and_then(|extension| extension.to_str());
    let Some(extension @ ("rs" | "md")) = extension else { return Vec::new() };
    let text = fs::read_to_string(file).expect("text");
    let is_example = |line: &str| extension == "md" || line.trim_start().starts_with("//");
    let unwraps = |line: &str| line.contains(".unwrap()") || line.contains(".expect(\"");
    let lines = text.lines().zip(1..).filter(|(line, _)| is_example(line) && unwraps(line));
    lines.map(|(line, number)| format!("{}:{number}: {line}", file.display())).collect()
}
