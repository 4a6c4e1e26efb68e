//! Selects the part of a generated tree that a snapshot shows.

use std::collections::BTreeMap;

use super::aspects::{Aspect, Part, Text};

/// The text of a snapshot: each part under the path of its file. The error is a part that matches
/// nothing.
pub fn text(files: &BTreeMap<String, String>, aspect: &Aspect) -> Result<String, String> {
    let mut text = String::new();
    for (pattern, starts) in aspect.parts {
        let before = text.len();
        for (path, file) in files.iter().filter(|(path, _)| matches(pattern, path)) {
            let items = select(file, starts, aspect.text);
            if !items.is_empty() {
                text += &format!("// {path}\n{}\n", items.join("\n"));
            }
        }
        if text.len() == before {
            let part: &Part = &(pattern, starts);
            return Err(format!("{part:?}"));
        }
    }
    Ok(text)
}

/// Returns true if a path matches a pattern, in which one `*` stands for any text.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            path.len() >= start.len() + end.len() && path.starts_with(start) && path.ends_with(end)
        }
        None => pattern == path,
    }
}

/// The items of a file that have a line beginning with one of `starts`; all of them if `starts` is
/// empty. Indented `starts` are those of methods, which are then selected out of their blocks.
fn select(file: &str, starts: &[&str], text: Text) -> Vec<String> {
    let wanted = |item: &String| {
        let begins = |line: &str| starts.iter().any(|start| line.starts_with(start));
        starts.is_empty() || item.lines().any(begins)
    };
    let in_blocks = starts.iter().any(|start| start.starts_with(' '));
    let shown = items(file, in_blocks).into_iter().filter(wanted).map(|item| match text {
        Text::Whole => item,
        Text::Code => without_comments(&item),
    });
    shown.filter(|item| !item.trim().is_empty()).collect()
}

/// The items of a file, with an empty line between two of them: those at the top level, whose first
/// line is not indented, or also those in blocks.
fn items(file: &str, in_blocks: bool) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut after_empty = false;
    for line in file.lines() {
        let is_inside = line.starts_with([' ', '}', ')', ']']);
        if after_empty && (in_blocks || !is_inside) {
            items.push(String::new());
        }
        after_empty = line.is_empty();
        if let Some(item) = items.last_mut() {
            *item += line;
            item.push('\n');
        }
    }
    items.into_iter().map(|item| format!("{}\n", item.trim_end())).collect()
}

fn without_comments(item: &str) -> String {
    let is_comment = |line: &&str| line.trim_start().starts_with("//");
    item.lines().filter(|line| !is_comment(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_pattern_matches_paths() {
    let table = [
        ("a/mod.rs", "a/mod.rs", true),
        ("a/mod.rs", "b/a/mod.rs", false),
        ("*", "a/mod.rs", true),
        ("a/*.rs", "a/b/c.rs", true),
        ("a/*/mod.rs", "a/mod.rs", false),
    ];
    for (pattern, path, expected) in table {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }
}

#[test]
fn a_file_is_split_at_its_items() {
    let file = "//! File.\n\nuse a;\n\n/// A.\n#[b]\nstruct A {}\n\nimpl A {\n    /// B.\n    fn b() {}\n\n    fn c() {}\n}\n";
    let starts = ["struct", "impl"];
    assert_eq!(
        select(file, &starts, Text::Whole),
        [
            "/// A.\n#[b]\nstruct A {}\n",
            "impl A {\n    /// B.\n    fn b() {}\n\n    fn c() {}\n}\n"
        ]
    );
    assert_eq!(select(file, &["    fn c"], Text::Whole), ["    fn c() {}\n}\n"]);
    assert_eq!(
        select(file, &[], Text::Code),
        ["use a;\n", "#[b]\nstruct A {}\n", "impl A {\n    fn b() {}\n\n    fn c() {}\n}\n"]
    );
}
