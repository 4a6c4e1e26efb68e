//! Prints the report for a terminal, 100 columns wide.

use super::{
    Report,
    outline::{Entry, Section, sections},
    words::{self, Word, Words, counted, visible},
};
use crate::changes::tree::{Changes, Status};

/// The length of a line.
const WIDTH: usize = 100;

/// The maximum number of names in a list.
const NAMES: usize = 6;

pub(super) fn print(report: &Report) -> String {
    let mut out = String::new();
    line(&mut out, 0, 4, &format!("{} -> {}", visible(&report.from), visible(&report.to)));
    for changes in &report.services {
        out.push('\n');
        out.push_str(&service(changes));
    }
    for (title, names) in report.alone().into_iter().filter(|(_, names)| !names.is_empty()) {
        let count = counted(names.len(), "service", "services");
        line(&mut out, 0, 4, &format!("\n{count} {title}: {}", users(names)));
    }
    if let Some(text) = words::passed_over(report.passed_over) {
        line(&mut out, 0, 4, &format!("\n{text}"));
    }
    for (name, why) in &report.failed {
        problems(&mut out, 0, &format!("\n{}: could not be compared", visible(name)), why);
    }
    out
}

/// Appends the problems in `why`, which has one per line: a single one after the introduction,
/// several on lines of their own.
fn problems(out: &mut String, indent: usize, introduction: &str, why: &str) {
    let problems: Vec<_> = why.lines().map(visible).collect();
    match problems.as_slice() {
        [one] => line(out, indent, 4, &format!("{introduction}: {one}")),
        several => {
            line(out, indent, 4, &format!("{introduction}:"));
            several.iter().for_each(|problem| line(out, indent + 2, 4, problem));
        }
    }
}

/// A service.
pub(super) fn service(changes: &Changes) -> String {
    let mut out = String::new();
    let name = visible(&changes.name);
    line(&mut out, 0, 4, &format!("{name}: {}", words::summary(changes)));
    if let Some(why) = &changes.unknown {
        problems(&mut out, 2, "no API to compare", why);
    }
    if let Some(uncounted) = words::uncounted(&changes.uncounted) {
        line(&mut out, 2, 4, &uncounted);
    }
    for Section { title, entries } in sections(changes) {
        line(&mut out, 0, 4, &format!("\n  {title}"));
        entries.iter().for_each(|entry| self::entry(&mut out, 4, entry));
    }
    out
}

fn entry(out: &mut String, indent: usize, entry: &Entry) {
    let sign = match entry.status {
        Status::Added => '+',
        Status::Removed => '-',
        Status::Changed => '~',
    };
    line(out, indent, 4, &format!("{sign} {}", sentence(&entry.words)));
    for note in &entry.notes {
        line(out, indent + 2, 2, &sentence(note));
    }
    for (_, effect) in entry.effects.iter().filter(|(breaks, _)| *breaks) {
        line(out, indent + 2, 2, &format!("BREAKING: {}", sentence(effect)));
    }
    if !entry.used_by.is_empty() {
        line(out, indent + 2, 2, &format!("used by {}", users(&entry.used_by)));
    }
    entry.children.iter().for_each(|child| self::entry(out, indent + 2, child));
}

/// The first names, and the number of the others.
pub(super) fn users(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(NAMES).map(|name| visible(name)).collect();
    match names.len().saturating_sub(NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn sentence(words: &Words) -> String {
    let word = |word: &Word| match word {
        Word::Plain(text) | Word::Code(text) | Word::Shared(text) => visible(text),
    };
    words.iter().map(word).collect()
}

/// Appends a line, wrapped with a hanging indent. A word that is longer than a line is cut.
fn line(out: &mut String, indent: usize, hang: usize, text: &str) {
    let rest = text.trim_start_matches('\n');
    out.push_str(&text[..text.len() - rest.len()]);
    let own = rest.len() - rest.trim_start().len();
    let mut column = indent + own;
    out.extend(std::iter::repeat_n(' ', column));
    let start = column;
    for word in rest.split(' ').filter(|word| !word.is_empty()) {
        let long = word.chars().count();
        if column > start && column + 1 + long > WIDTH {
            column = indent + own + hang;
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', column));
        } else if column > start {
            out.push(' ');
            column += 1;
        }
        for c in word.chars() {
            if column == WIDTH {
                column = indent + own + hang;
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', column));
            }
            out.push(c);
            column += 1;
        }
    }
    out.push('\n');
}
