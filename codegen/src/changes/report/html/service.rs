//! Prints the section of a service: its operations and shared types, each collapsible.

use std::{collections::BTreeSet, fmt::Write};

use super::{anchor, escape, problems};
use crate::changes::{
    report::{
        outline::{Entry, Section, sections},
        words::{self, Word, Words},
    },
    tree::{Changes, Location, Status},
};

/// If a service has more entries than this, those that only list what is new or removed start
/// collapsed.
const OPEN: usize = 25;

pub(super) fn print(out: &mut String, changes: &Changes) {
    let sections = sections(changes);
    let page = Page::new(changes, &sections);
    let (name, id) = (escape(&changes.name), anchor::service(&changes.name));
    let lead = escape(&words::summary(changes));
    let keep = page.keep(changes.breaking() > 0);
    let _ = write!(
        out,
        "<section class=\"service{keep}\" id=\"{id}\">\n<h2>{name}{}</h2>\n<p>{lead}.</p>\n",
        link(&id, &name)
    );
    if let Some(text) = words::uncounted(&changes.uncounted) {
        let _ = writeln!(out, "<p class=\"soft\">{text}</p>");
    }
    if let Some(why) = &changes.unknown {
        let _ = writeln!(out, "<p class=\"why\">No API to compare: {}</p>", problems(why));
    }
    sections.iter().for_each(|section| page.section(out, section));
    out.push_str("</section>\n");
}

/// Prints a link to an entry itself, which users copy.
fn link(id: &str, name: &str) -> String {
    format!(" <a class=\"self\" href=\"#{id}\" aria-label=\"Link to {name}\">#</a>")
}

/// What all entries of a service share.
struct Page<'a> {
    service: &'a str,
    /// The operations with an entry, which others link to.
    operations: BTreeSet<&'a str>,
    /// True if the service has few entries, which all start expanded.
    few: bool,
    /// True if the effects on callers are unknown. The filter for breaking changes keeps everything
    /// then.
    unknown: bool,
}

impl<'a> Page<'a> {
    fn new(changes: &'a Changes, sections: &'a [Section]) -> Self {
        let entries = || sections.iter().flat_map(|section| &section.entries);
        let operations = entries().filter_map(|entry| match &entry.location {
            Location::Operation(name) => Some(name.as_str()),
            _ => None,
        });
        Self {
            service: &changes.name,
            operations: operations.collect(),
            few: entries().count() <= OPEN,
            unknown: changes.unknown.is_some(),
        }
    }

    /// The class of what the filter for breaking changes keeps.
    fn keep(&self, breaks: bool) -> &'static str {
        if breaks || self.unknown { " keep" } else { "" }
    }

    fn section(&self, out: &mut String, Section { title, entries }: &Section) {
        let breaking = entries.iter().filter(|entry| entry.breaks()).count();
        let keep = self.keep(breaking > 0);
        let breaking = match breaking {
            0 => String::new(),
            count => format!(", {count} breaking"),
        };
        let count = entries.len();
        let _ = writeln!(
            out,
            "<section class=\"group{keep}\">\n<h3>{title} <span class=\"soft\">{count}{breaking}</span></h3>"
        );
        entries.iter().for_each(|entry| self.top(out, entry));
        out.push_str("</section>\n");
    }

    /// Prints an entry, collapsible if it has content.
    fn top(&self, out: &mut String, entry: &Entry) {
        let is_breaking = entry.breaks();
        let class = format!("entry {}{}", words::status(entry.status), self.keep(is_breaking));
        let breaks = if is_breaking { " <span class=\"badge major\">breaks</span>" } else { "" };
        let id = anchor::entry(self.service, &entry.location);
        let name = match entry.location.name() {
            "" => self.service,
            name => name,
        };
        let words = self.sentence(&entry.words);
        let title = format!("{} {words}{breaks}{}", sign(entry.status), link(&id, &escape(name)));
        let mut inner = String::new();
        self.inside(&mut inner, entry);
        let is_open = self.few || is_breaking || entry.status == Status::Changed;
        let open = if is_open { " open" } else { "" };
        let _ = match inner.is_empty() {
            true => writeln!(out, "<p class=\"{class}\" id=\"{id}\">{title}</p>"),
            false => writeln!(
                out,
                "<details class=\"{class}\" id=\"{id}\"{open}><summary>{title}</summary>\n\
                 {inner}</details>"
            ),
        };
    }

    /// Prints the content of an entry.
    fn inside(&self, out: &mut String, entry: &Entry) {
        if !entry.used_by.is_empty() {
            let names: Vec<_> = entry.used_by.iter().map(|name| self.operation(name)).collect();
            let count = words::counted(names.len(), "operation", "operations");
            let names = names.join(", ");
            let _ = writeln!(
                out,
                "<details class=\"users\"><summary>used by {count}</summary>\
                 <p>{names}</p></details>"
            );
        }
        let mut items = String::new();
        for note in &entry.notes {
            let _ = writeln!(items, "<li>{}</li>", self.sentence(note));
        }
        for (breaks, effect) in &entry.effects {
            let class = if *breaks { "breaks" } else { "soft" };
            let what = if *breaks { "<b>breaking</b> " } else { "" };
            let _ = writeln!(items, "<li class=\"{class}\">{what}{}</li>", self.sentence(effect));
        }
        entry.children.iter().for_each(|child| self.below(&mut items, child));
        if !items.is_empty() {
            let _ = writeln!(out, "<ul>\n{items}</ul>");
        }
    }

    fn below(&self, out: &mut String, entry: &Entry) {
        let (class, keep) = (words::status(entry.status), self.keep(entry.breaks()));
        let (sign, words) = (sign(entry.status), self.sentence(&entry.words));
        let _ = write!(out, "<li class=\"{class}{keep}\">{sign} {words}");
        self.inside(out, entry);
        out.push_str("</li>\n");
    }

    fn sentence(&self, words: &Words) -> String {
        let word = |word: &Word| match word {
            Word::Plain(text) => escape(text),
            Word::Code(text) => format!("<code>{}</code>", escape(text)),
            Word::Shared(text) => self.reference(&Location::Type(text.clone())),
        };
        words.iter().map(word).collect()
    }

    /// The name of an operation, with a link if it has an entry.
    fn operation(&self, name: &str) -> String {
        match self.operations.contains(name) {
            true => self.reference(&Location::Operation(name.to_owned())),
            false => format!("<code>{}</code>", escape(name)),
        }
    }

    fn reference(&self, location: &Location) -> String {
        let (id, name) = (anchor::entry(self.service, location), escape(location.name()));
        format!("<a href=\"#{id}\"><code>{name}</code></a>")
    }
}

fn sign(status: Status) -> String {
    let (sign, name) = match status {
        Status::Added => ("+", "new"),
        Status::Removed => ("\u{2212}", "removed"),
        Status::Changed => ("~", "updated"),
    };
    format!("<span class=\"sign\" role=\"img\" aria-label=\"{name}\">{sign}</span>")
}
