//! Prints the summary: a table with a row for each service.

use std::fmt::Write;

use super::{anchor, escape};
use crate::changes::{
    report::{
        Report,
        summary::{count, version_bumps},
        words,
    },
    tree::{Changes, Status},
};

/// The columns after the name, from the most important one, with their classes. Phones show only the
/// first two.
const COLUMNS: [(&str, &str); 7] = [
    ("Breaking", "number"),
    ("Version bump", "bump"),
    ("Before 1.0", "detail"),
    ("New", "number detail"),
    ("Updated", "number detail"),
    ("Removed", "number detail"),
    ("Shared types", "number detail"),
];

pub(super) fn print(out: &mut String, report: &Report) {
    if report.is_equal() {
        out.push_str("<p class=\"equal\">Nothing changed.</p>\n");
        return;
    }
    out.push_str("<table>\n<thead><tr><th scope=\"col\">Service</th>");
    for (title, class) in COLUMNS {
        let _ = write!(out, "<th scope=\"col\" class=\"{class}\">{title}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    report.services.iter().for_each(|changes| row(out, changes));
    out.push_str("</tbody>\n</table>\n");
}

fn row(out: &mut String, changes: &Changes) {
    let name = escape(&changes.name);
    if changes.is_empty() {
        let text = words::uncounted(&changes.uncounted);
        let text = text.map_or_else(String::new, |text| format!(" ({text})"));
        let _ = writeln!(
            out,
            "<tr class=\"soft\"><th scope=\"row\">{name}</th><td colspan=\"7\">equal{text}</td></tr>"
        );
        return;
    }
    let link = anchor::service(&changes.name);
    let _ = write!(out, "<tr><th scope=\"row\"><a href=\"#{link}\">{name}</a></th>");
    let (stable, early) = match changes.release() {
        Some(release) => {
            out.push_str(&number("number", changes.breaking()));
            version_bumps(release)
        }
        None => {
            out.push_str("<td class=\"number\">?</td>");
            ("not known", "not known")
        }
    };
    let class = stable.split(' ').next().unwrap_or_default();
    let _ = write!(out, "<td class=\"bump\"><span class=\"badge {class}\">{stable}</span></td>");
    let _ = write!(out, "<td class=\"detail\">{early}</td>");
    for status in [Status::Added, Status::Changed, Status::Removed] {
        out.push_str(&number("number detail", count(changes, status)));
    }
    out.push_str(&number("number detail", changes.types.len()));
    out.push_str("</tr>\n");
}

fn number(class: &str, count: usize) -> String {
    let soft = if count == 0 { " soft" } else { "" };
    format!("<td class=\"{class}{soft}\">{count}</td>")
}
