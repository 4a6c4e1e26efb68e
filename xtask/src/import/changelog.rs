//! Adds an item to the changelog, under the heading `Models` of the unreleased section.
//!
//! Existing text is never changed, and an existing item is not added again.

use std::{fs, io::ErrorKind, path::Path};

use longshore_codegen::error::Error;

/// The heading of these items.
const HEADING: &str = "### Models";

/// Adds an item to the file, if the file exists.
pub(super) fn add(file: &Path, item: &str) -> Result<(), Error> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::from_io(file, "read this file", &error)),
    };
    let new = with_item(&text, item);
    if new == text {
        return Ok(());
    }
    fs::write(file, new).map_err(|error| Error::from_io(file, "write this file", &error))
}

/// Returns the text with the item added.
fn with_item(text: &str, item: &str) -> String {
    if text.contains(item) {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let releases: Vec<usize> = headings(&lines, "## ").collect();
    let Some(start) = releases.iter().copied().find(|line| is_unreleased(lines[*line])) else {
        let first = releases.first().copied().unwrap_or(lines.len());
        let part = format!("## [Unreleased]\n\n{HEADING}\n\n{item}");
        return insert(&lines, first, &part);
    };
    let end = releases.iter().copied().find(|line| *line > start).unwrap_or(lines.len());
    let part = &lines[start..end];
    let Some(own) = headings(part, HEADING).find(|line| part[*line].trim_end() == HEADING) else {
        return insert(&lines, end, &format!("{HEADING}\n\n{item}"));
    };
    let next = headings(part, "### ").find(|line| *line > own).unwrap_or(part.len());
    // The item follows the last non-blank line, so that all items form one list.
    let mut last = start + next;
    while last > start + own + 1 && lines[last - 1].trim().is_empty() {
        last -= 1;
    }
    let apart = if last == start + own + 1 { "\n" } else { "" };
    let before = lines[..last].concat();
    let line = if before.ends_with('\n') { "" } else { "\n" };
    format!("{before}{line}{apart}{item}{}", lines[last..].concat())
}

/// The lines that are headings with this prefix, ignoring code blocks.
fn headings<'l>(lines: &'l [&str], start: &'l str) -> impl Iterator<Item = usize> + 'l {
    let mut code = false;
    lines.iter().enumerate().filter_map(move |(index, line)| {
        code ^= line.trim_start().starts_with("```");
        (!code && line.starts_with(start)).then_some(index)
    })
}

fn is_unreleased(line: &str) -> bool {
    line.to_ascii_lowercase().contains("unreleased")
}

/// Inserts a section before a line, with blank lines around it.
fn insert(lines: &[&str], at: usize, part: &str) -> String {
    let (before, after) = (lines[..at].concat(), lines[at..].concat());
    let before = before.trim_end();
    let apart = if before.is_empty() { "" } else { "\n\n" };
    let rest = if after.is_empty() { String::new() } else { format!("\n{after}") };
    format!("{before}{apart}{part}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = "- ecr: more\n  - detail\n";

    #[test]
    fn an_item_is_added_to_the_unreleased_section() {
        let cases = [
            // An empty file.
            ("", "## [Unreleased]\n\n### Models\n\n- ecr: more\n  - detail\n"),
            // Only releases.
            (
                "# Log\n\n## [1.0] - today\n\n- old\n",
                "# Log\n\n## [Unreleased]\n\n### Models\n\n- ecr: more\n  - detail\n\n## [1.0] - today\n\n- old\n",
            ),
            // An unreleased section with text, but without our heading.
            (
                "## [2.0] - Unreleased\n\n### Added\n\n- mine\n\n## [1.0]\n",
                "## [2.0] - Unreleased\n\n### Added\n\n- mine\n\n### Models\n\n- ecr: more\n  - detail\n\n## [1.0]\n",
            ),
            // Our heading, with an item and other text after it.
            (
                "## Unreleased\n\n### Models\n\n- other\n\n### Fixed\n\n- mine\n",
                "## Unreleased\n\n### Models\n\n- other\n- ecr: more\n  - detail\n\n### Fixed\n\n- mine\n",
            ),
            // Our heading as the last line, without a newline.
            (
                "## Unreleased\n\n### Models",
                "## Unreleased\n\n### Models\n\n- ecr: more\n  - detail\n",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(with_item(before, ITEM), after);
            assert_eq!(with_item(after, ITEM), after, "a second time");
        }
    }

    #[test]
    fn headings_in_code_blocks_are_ignored() {
        let text = "## Unreleased\n\n```\n## [1.0]\n```\n";
        let after =
            "## Unreleased\n\n```\n## [1.0]\n```\n\n### Models\n\n- ecr: more\n  - detail\n";
        assert_eq!(with_item(text, ITEM), after);
    }
}
