//! The lines in which two requests differ, for the people who read why a test failed.

use std::time::Duration;

use similar::{DiffOp, DiffTag, TextDiff};

/// What equal lines mean, where the requests are not.
const UNSHOWN: &str = "they differ in what is not shown: a secret, or the rest of a long blob";

/// How long an exact difference is looked for. What is found then has more lines than it need have.
const PATIENCE: Duration = Duration::from_millis(200);

/// Which sign means what.
const LEGEND: [&str; 2] = ["--- expected", "+++ received"];

/// How many equal lines are shown around different ones.
const AROUND: usize = 3;

/// How much of a line is shown, in characters.
const WIDTH: usize = 160;

/// How much of what two long lines have in common is shown before they differ.
const BEFORE: usize = 40;

/// The lines of both, with `-` before those that were expected and `+` before those that came.
pub(super) fn lines(expected: &str, received: &str) -> String {
    if expected == received {
        return UNSHOWN.to_owned();
    }
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(expected, received);
    let mut shown = LEGEND.map(str::to_owned).to_vec();
    let mut end = 0;
    for group in diff.grouped_ops(AROUND) {
        let start = group.first().map_or(0, |operation| operation.old_range().start);
        if start > end {
            shown.push("..".to_owned());
        }
        for operation in &group {
            push(&mut shown, operation, diff.old_slices(), diff.new_slices());
            end = operation.old_range().end;
        }
    }
    if end < diff.old_slices().len() {
        shown.push("..".to_owned());
    }
    shown.join("\n")
}

/// The lines of a piece in which both are the same, or neither is like the other.
fn push(shown: &mut Vec<String>, operation: &DiffOp, old: &[&str], new: &[&str]) {
    let (old, new) = (&old[operation.old_range()], &new[operation.new_range()]);
    if operation.tag() == DiffTag::Equal {
        shown.extend(old.iter().map(|line| format!("  {}", from(line, 0))));
        return;
    }
    // What stands in place of what.
    let common = |index: usize| match (old.get(index), new.get(index)) {
        (Some(old), Some(new)) => common(old, new),
        _ => 0,
    };
    let sides = [('-', old), ('+', new)];
    shown.extend(sides.into_iter().flat_map(|(sign, lines)| {
        let line =
            move |(index, line): (usize, &&str)| format!("{sign} {}", from(line, common(index)));
        lines.iter().enumerate().map(line)
    }));
}

/// How many characters two lines begin with both.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// A line; of one that is too long what is around the place `at`.
fn from(line: &str, at: usize) -> String {
    let line = line.trim_end_matches('\n');
    let length = line.chars().count();
    if length <= WIDTH {
        return line.to_owned();
    }
    let start = if at < WIDTH / 2 { 0 } else { at - BEFORE };
    let before = if start > 0 { ".." } else { "" };
    let behind = if start + WIDTH < length { ".." } else { "" };
    let middle: String = line.chars().skip(start).take(WIDTH).collect();
    format!("{before}{middle}{behind}")
}

/// Lines of which each shows no more than its beginning.
pub(super) fn clipped(lines: &str) -> String {
    let lines: Vec<_> = lines.lines().map(|line| from(line, 0)).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_the_same_are_shown_around_those_that_are_not() {
        let text = |middle: &str| {
            let lines: Vec<_> =
                (0..12).map(|n| if n == 5 { middle.to_owned() } else { n.to_string() }).collect();
            lines.join("\n")
        };
        let shown = |text: &str| format!("--- expected\n+++ received\n{text}");
        let expected = shown("..\n  2\n  3\n  4\n- a\n+ b\n  6\n  7\n  8\n..");
        assert_eq!(lines(&text("a"), &text("b")), expected);
        assert_eq!(lines("a\nb", "a\nc"), shown("  a\n- b\n+ c"));
        assert_eq!(lines("a\nb", "a\nb"), UNSHOWN);
    }

    #[test]
    fn long_lines_show_where_they_differ() {
        let long = |middle: &str| "x".repeat(500) + middle + &"z".repeat(500);
        let around = |middle: &str| format!("..{}{middle}{}..", "x".repeat(40), "z".repeat(119));
        let expected = format!("--- expected\n+++ received\n- {}\n+ {}", around("1"), around("2"));
        assert_eq!(lines(&long("1"), &long("2")), expected);
        assert_eq!(clipped(&long("1")), format!("{}..", "x".repeat(160)));
    }
}
