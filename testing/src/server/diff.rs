//! Shows the lines in which an expected and a received request differ.

use std::time::Duration;

use similar::{DiffOp, DiffTag, TextDiff};

/// Shown if the requests differ but their `Debug` output does not.
const NO_VISIBLE_DIFFERENCE: &str =
    "the difference is in a value that is not printed: a secret, or the end of a long blob";

/// How long to search for a minimal diff. After that, the diff may have more lines than necessary.
const DIFF_TIMEOUT: Duration = Duration::from_millis(200);

const LEGEND: [&str; 2] = ["--- expected", "+++ received"];

/// How many equal lines are shown around each difference.
const CONTEXT_LINES: usize = 3;

/// How many characters of a line are shown.
const MAX_LINE: usize = 160;

/// How many equal characters of a long line are shown before its first difference.
const COMMON_PREFIX: usize = 40;

/// The differing lines of both texts, with `-` before expected and `+` before received lines.
pub(super) fn lines(expected: &str, received: &str) -> String {
    if expected == received {
        return NO_VISIBLE_DIFFERENCE.to_owned();
    }
    let diff = TextDiff::configure().timeout(DIFF_TIMEOUT).diff_lines(expected, received);
    let mut output = LEGEND.map(str::to_owned).to_vec();
    let mut end = 0;
    for group in diff.grouped_ops(CONTEXT_LINES) {
        let start = group.first().map_or(0, |operation| operation.old_range().start);
        if start > end {
            output.push("..".to_owned());
        }
        for operation in &group {
            push(&mut output, operation, diff.old_slices(), diff.new_slices());
            end = operation.old_range().end;
        }
    }
    if end < diff.old_slices().len() {
        output.push("..".to_owned());
    }
    output.join("\n")
}

/// Adds the lines of one operation of the diff.
fn push(output: &mut Vec<String>, operation: &DiffOp, old: &[&str], new: &[&str]) {
    let (old, new) = (&old[operation.old_range()], &new[operation.new_range()]);
    if operation.tag() == DiffTag::Equal {
        output.extend(old.iter().map(|line| format!("  {}", excerpt(line, 0))));
        return;
    }
    let difference_at = |index: usize| match (old.get(index), new.get(index)) {
        (Some(old), Some(new)) => common_prefix(old, new),
        _ => 0,
    };
    for (sign, lines) in [('-', old), ('+', new)] {
        for (index, line) in lines.iter().enumerate() {
            output.push(format!("{sign} {}", excerpt(line, difference_at(index))));
        }
    }
}

/// How many characters at the start of two lines are equal.
fn common_prefix(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// The line, or if it is too long, its characters around the position `at`.
fn excerpt(line: &str, at: usize) -> String {
    let line = line.trim_end_matches('\n');
    let length = line.chars().count();
    if length <= MAX_LINE {
        return line.to_owned();
    }
    let start = if at < MAX_LINE / 2 { 0 } else { at - COMMON_PREFIX };
    let before = if start > 0 { ".." } else { "" };
    let after = if start + MAX_LINE < length { ".." } else { "" };
    let middle: String = line.chars().skip(start).take(MAX_LINE).collect();
    format!("{before}{middle}{after}")
}

/// Shortens each line of a text.
pub(super) fn truncate_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| excerpt(line, 0)).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lines_are_shown_around_a_difference() {
        let text = |middle: &str| {
            let lines: Vec<_> =
                (0..12).map(|n| if n == 5 { middle.to_owned() } else { n.to_string() }).collect();
            lines.join("\n")
        };
        let diff = |text: &str| format!("--- expected\n+++ received\n{text}");
        let expected = diff("..\n  2\n  3\n  4\n- a\n+ b\n  6\n  7\n  8\n..");
        assert_eq!(lines(&text("a"), &text("b")), expected);
        assert_eq!(lines("a\nb", "a\nc"), diff("  a\n- b\n+ c"));
        assert_eq!(lines("a\nb", "a\nb"), NO_VISIBLE_DIFFERENCE);
    }

    #[test]
    fn a_long_line_is_shown_around_its_first_difference() {
        let long = |middle: &str| "x".repeat(500) + middle + &"z".repeat(500);
        let around = |middle: &str| format!("..{}{middle}{}..", "x".repeat(40), "z".repeat(119));
        let expected = format!("--- expected\n+++ received\n- {}\n+ {}", around("1"), around("2"));
        assert_eq!(lines(&long("1"), &long("2")), expected);
        assert_eq!(truncate_lines(&long("1")), format!("{}..", "x".repeat(160)));
    }
}
