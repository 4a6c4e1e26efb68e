//! Prints the report as Markdown: headings and lists, for a changelog or a pull request.

use std::fmt::Write;

use super::{
    Report,
    outline::{Entry, Section, sections},
    text::users,
    words::{self, Word, Words, counted, visible},
};
use crate::changes::tree::{Changes, Status};

pub(super) fn print(report: &Report) -> String {
    let mut out = format!("# From {} to {}\n", plain(&report.from), plain(&report.to));
    for changes in &report.services {
        let _ = write!(out, "\n## {}\n\n{}\n", plain(&changes.name), lead(changes));
        for Section { title, entries } in sections(changes) {
            let _ = write!(out, "\n### {title}\n\n");
            entries.iter().for_each(|entry| self::entry(&mut out, 0, entry));
        }
    }
    for (title, names) in report.alone().into_iter().filter(|(_, names)| !names.is_empty()) {
        let count = counted(names.len(), "service", "services");
        let _ = write!(out, "\n{count} {title}: {}\n", plain(&users(names)));
    }
    if let Some(text) = words::passed_over(report.passed_over) {
        let _ = write!(out, "\n{text}\n");
    }
    for (name, why) in &report.failed {
        let problems = problems(&format!("{} could not be compared", plain(name)), why);
        let _ = write!(out, "\n{}\n", problems.trim_end());
    }
    out
}

/// Returns the problems in `why`, which has one per line: a single one after the introduction,
/// several as a list.
fn problems(introduction: &str, why: &str) -> String {
    let problems: Vec<_> = why.lines().map(plain).collect();
    match problems.as_slice() {
        [one] => format!("{introduction}: {one}"),
        several => format!("{introduction}:\n\n- {}\n", several.join("\n- ")),
    }
}

/// A service as an item of a list.
pub(super) fn item(changes: &Changes, source: &str) -> String {
    let name = plain(&changes.name);
    let mut out = format!("- {name} from {}: {}.\n", plain(source), words::summary(changes));
    for Section { title, entries } in sections(changes) {
        let _ = writeln!(out, "  - {title}");
        entries.iter().for_each(|entry| self::entry(&mut out, 4, entry));
    }
    out
}

fn lead(changes: &Changes) -> String {
    let mut sentences = vec![words::summary(changes)];
    sentences.extend(changes.unknown.as_ref().map(|why| problems("No API to compare", why)));
    sentences.extend(words::uncounted(&changes.uncounted));
    sentences.join("\n\n")
}

fn entry(out: &mut String, indent: usize, entry: &Entry) {
    let status = match entry.status {
        Status::Added => "added ",
        Status::Removed => "removed ",
        Status::Changed => "",
    };
    let space = " ".repeat(indent);
    let _ = writeln!(out, "{space}- {status}{}", sentence(&entry.words));
    for note in &entry.notes {
        let _ = writeln!(out, "{space}  - {}", sentence(note));
    }
    for (_, effect) in entry.effects.iter().filter(|(breaks, _)| *breaks) {
        let _ = writeln!(out, "{space}  - **breaking**: {}", sentence(effect));
    }
    if !entry.used_by.is_empty() {
        let _ = writeln!(out, "{space}  - used by {}", plain(&users(&entry.used_by)));
    }
    entry.children.iter().for_each(|child| self::entry(out, indent + 2, child));
}

fn sentence(words: &Words) -> String {
    let word = |word: &Word| match word {
        Word::Plain(text) => plain(text),
        Word::Code(text) | Word::Shared(text) => code(text),
    };
    words.iter().map(word).collect()
}

/// Escapes all characters that have a meaning in Markdown.
fn plain(text: &str) -> String {
    let escaped = |c: char| match c {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
            format!("\\{c}")
        }
        c => c.to_string(),
    };
    visible(text).chars().map(escaped).collect()
}

/// A code span for any text: its fence is longer than every run of backticks in the text.
fn code(text: &str) -> String {
    let text = visible(text);
    if text.trim().is_empty() {
        return format!("`\u{2420}`{}", if text.is_empty() { " (empty)" } else { "" });
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let apart = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let space = if apart { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
