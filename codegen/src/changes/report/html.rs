//! Prints the report as one self-contained HTML page: a summary, then the services with collapsible
//! operations.

use std::fmt::Write;

use super::{
    Report,
    outline::{Entry, Section, sections},
    summary::{count, version_bumps},
    words::{self, Word, Words, visible},
};
use crate::changes::tree::{Changes, Status};

/// The style sheet, for light and dark mode.
const STYLE: &str = include_str!("page.css");

/// If a service has more entries than this, only breaking ones are expanded.
const OPEN: usize = 25;

pub(super) fn print(report: &Report) -> String {
    let mut out = String::new();
    let (from, to) = (escape(&report.from), escape(&report.to));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Changes from {from} to {to}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>What changed</h1>\n\
         <p class=\"sides\"><code>{from}</code> <span aria-label=\"to\">\u{2192}</span> \
         <code>{to}</code></p>\n</header>\n<main>\n"
    );
    summary(&mut out, report);
    for (index, changes) in report.services.iter().enumerate() {
        if !changes.is_empty() {
            service(&mut out, index, changes);
        }
    }
    others(&mut out, report);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn summary(out: &mut String, report: &Report) {
    if report.is_equal() {
        out.push_str("<p class=\"equal\">Nothing changed.</p>\n");
        return;
    }
    out.push_str(
        "<div class=\"wide\"><table>\n<thead><tr><th>Service</th><th class=\"number\">New</th>\
         <th class=\"number\">Updated</th><th class=\"number\">Removed</th>\
         <th class=\"number\">Shared types</th><th class=\"number\">Breaking</th><th>Version bump</th>\
         <th>Before 1.0</th></tr></thead>\n<tbody>\n",
    );
    for (index, changes) in report.services.iter().enumerate() {
        row(out, index, changes);
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn row(out: &mut String, index: usize, changes: &Changes) {
    let name = escape(&changes.name);
    if changes.is_empty() {
        let _ = writeln!(
            out,
            "<tr class=\"quiet\"><th scope=\"row\">{name}</th><td colspan=\"7\">equal{}</td></tr>",
            uncounted(changes)
        );
        return;
    }
    let number = |count: usize| match count {
        0 => "<td class=\"number quiet\">0</td>".to_owned(),
        count => format!("<td class=\"number\">{count}</td>"),
    };
    let _ = write!(out, "<tr><th scope=\"row\"><a href=\"#s{index}\">{name}</a></th>");
    for status in [Status::Added, Status::Changed, Status::Removed] {
        out.push_str(&number(count(changes, status)));
    }
    out.push_str(&number(changes.types.len()));
    let (breaking, (stable, early)) = match changes.release() {
        Some(release) => (number(changes.breaking()), version_bumps(release)),
        None => ("<td class=\"number\">?</td>".to_owned(), ("not known", "not known")),
    };
    let _ = writeln!(out, "{breaking}<td>{}</td><td>{early}</td></tr>", badge(stable));
}

fn badge(step: &str) -> String {
    let class = step.split(' ').next().unwrap_or_default();
    format!("<span class=\"badge {class}\">{step}</span>")
}

fn uncounted(changes: &Changes) -> String {
    words::uncounted(&changes.uncounted).map_or_else(String::new, |text| format!(" ({text})"))
}

fn service(out: &mut String, index: usize, changes: &Changes) {
    let page = Page { index };
    let name = escape(&changes.name);
    let lead = escape(&words::summary(changes));
    let _ = write!(out, "<section id=\"s{index}\">\n<h2>{name}</h2>\n<p>{lead}.</p>\n");
    if let Some(text) = words::uncounted(&changes.uncounted) {
        let _ = writeln!(out, "<p class=\"quiet\">{text}</p>");
    }
    if let Some(why) = &changes.unknown {
        let _ = writeln!(out, "<p class=\"why\">No API to compare: {}</p>", problems(why));
    }
    let sections = sections(changes);
    let few = sections.iter().map(|section| section.entries.len()).sum::<usize>() <= OPEN;
    for Section { title, entries } in sections {
        let _ = writeln!(out, "<h3>{title} <span class=\"quiet\">{}</span></h3>", entries.len());
        entries.iter().for_each(|entry| page.top(out, entry, few || entry.breaks));
    }
    out.push_str("</section>\n");
}

/// The section of a service.
#[derive(Clone, Copy)]
struct Page {
    /// The index of the service, which its anchors start with.
    index: usize,
}

impl Page {
    /// Prints an entry, collapsible if it has content.
    fn top(self, out: &mut String, entry: &Entry, open: bool) {
        let (class, sign) = sign(entry.status);
        let breaks = if entry.breaks { " <span class=\"badge major\">breaks</span>" } else { "" };
        let words = self.sentence(&entry.words);
        let title = format!("<span class=\"sign\">{sign}</span> {words}{breaks}");
        let anchor = entry.anchor.as_ref();
        let id = anchor.map(|name| format!(" id=\"{}\"", self.anchor(name))).unwrap_or_default();
        let mut inner = String::new();
        self.inside(&mut inner, entry);
        let open = if open { " open" } else { "" };
        let _ = match inner.is_empty() {
            true => writeln!(out, "<p class=\"entry {class}\"{id}>{title}</p>"),
            false => writeln!(
                out,
                "<details class=\"entry {class}\"{id}{open}><summary>{title}</summary>\n\
                 {inner}</details>"
            ),
        };
    }

    /// Prints the content of an entry.
    fn inside(self, out: &mut String, entry: &Entry) {
        if !entry.used_by.is_empty() {
            let names = entry.used_by.iter().map(|name| format!("<code>{}</code>", escape(name)));
            let names: Vec<_> = names.collect();
            let (count, names) = (names.len(), names.join(", "));
            let _ = writeln!(
                out,
                "<details class=\"users\"><summary>used by {count} operations</summary>\
                 <p>{names}</p></details>"
            );
        }
        let mut items = String::new();
        for note in &entry.notes {
            let _ = writeln!(items, "<li>{}</li>", self.sentence(note));
        }
        for (breaks, effect) in &entry.effects {
            let class = if *breaks { "breaks" } else { "quiet" };
            let what = if *breaks { "<b>breaking</b> " } else { "" };
            let _ = writeln!(items, "<li class=\"{class}\">{what}{}</li>", self.sentence(effect));
        }
        entry.children.iter().for_each(|child| self.below(&mut items, child));
        if !items.is_empty() {
            let _ = writeln!(out, "<ul>\n{items}</ul>");
        }
    }

    fn below(self, out: &mut String, entry: &Entry) {
        let (class, sign) = sign(entry.status);
        let words = self.sentence(&entry.words);
        let _ = write!(out, "<li class=\"{class}\"><span class=\"sign\">{sign}</span> {words}");
        self.inside(out, entry);
        out.push_str("</li>\n");
    }

    fn sentence(self, words: &Words) -> String {
        let word = |word: &Word| match word {
            Word::Plain(text) => escape(text),
            Word::Code(text) => format!("<code>{}</code>", escape(text)),
            Word::Shared(text) => {
                format!("<a href=\"#{}\"><code>{}</code></a>", self.anchor(text), escape(text))
            }
        };
        words.iter().map(word).collect()
    }

    /// The anchor of a shared type.
    fn anchor(self, name: &str) -> String {
        format!("s{}-{}", self.index, escape(name))
    }
}

fn others(out: &mut String, report: &Report) {
    for (title, names) in report.alone().into_iter().filter(|(_, names)| !names.is_empty()) {
        let count = words::counted(names.len(), "service", "services");
        let names = escape(&names.join(", "));
        let _ = writeln!(
            out,
            "<details class=\"entry\"><summary>{count} {title}</summary>\n<p>{names}</p></details>"
        );
    }
    if let Some(text) = words::passed_over(report.passed_over) {
        let _ = writeln!(out, "<p class=\"quiet\">{text}</p>");
    }
    for (name, why) in &report.failed {
        let (name, why) = (escape(name), problems(why));
        let _ = writeln!(out, "<p class=\"why\"><b>{name}</b> could not be compared: {why}</p>");
    }
}

fn sign(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Added => ("added", "+"),
        Status::Removed => ("removed", "\u{2212}"),
        Status::Changed => ("changed", "~"),
    }
}

/// Returns the problems in `why`, which has one per line.
fn problems(why: &str) -> String {
    why.lines().map(escape).collect::<Vec<_>>().join("<br>")
}

/// Escapes text for elements and attributes.
fn escape(text: &str) -> String {
    let escaped = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        c => c.to_string(),
    };
    visible(text).chars().map(escaped).collect()
}
