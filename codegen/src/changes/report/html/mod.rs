//! Prints the report as one self-contained HTML page: a summary, then the services with collapsible
//! operations. The page loads nothing, and without scripts it lacks only the buttons and the filter.

mod anchor;
mod service;
mod table;

use std::fmt::Write;

use super::{
    Report,
    words::{self, visible},
};

/// The style sheet, for light and dark mode, for phones and for paper.
const STYLE: &str = include_str!("page.css");

/// Expands, collapses and filters entries, and opens the entry that a link names.
const SCRIPT: &str = include_str!("page.js");

/// Forbids everything but the style sheet and the script of the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

pub(super) fn print(report: &Report) -> String {
    let mut out = String::new();
    let (from, to) = (escape(&report.from), escape(&report.to));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>Changes from {from} to {to}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>What changed</h1>\n\
         <p class=\"sides\"><code>{from}</code> <span role=\"img\" aria-label=\"to\">\u{2192}</span> \
         <code>{to}</code></p>\n</header>\n<main>\n"
    );
    table::print(&mut out, report);
    controls(&mut out, report);
    for changes in report.services.iter().filter(|changes| !changes.is_empty()) {
        service::print(&mut out, changes);
    }
    others(&mut out, report);
    let _ = write!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// Prints the buttons and the filter, which the script shows. If nothing breaks, there is no filter.
fn controls(out: &mut String, report: &Report) {
    if report.services.iter().all(|changes| changes.is_empty()) {
        return;
    }
    out.push_str(
        "<div class=\"controls\" role=\"group\" aria-label=\"Entries\" hidden>\n\
         <button type=\"button\" data-open=\"true\">Expand all</button>\n\
         <button type=\"button\" data-open=\"false\">Collapse all</button>\n",
    );
    if report.services.iter().any(|changes| changes.breaking() > 0) {
        out.push_str(
            "<label><input type=\"checkbox\" autocomplete=\"off\"> Breaking changes only</label>\n",
        );
    }
    out.push_str("<span class=\"soft\" role=\"status\"></span>\n</div>\n");
}

/// Prints the services that were not compared.
fn others(out: &mut String, report: &Report) {
    for (title, names) in report.alone().into_iter().filter(|(_, names)| !names.is_empty()) {
        let count = words::counted(names.len(), "service", "services");
        let names = escape(&names.join(", "));
        let _ = writeln!(
            out,
            "<details class=\"alone\"><summary>{count} {title}</summary>\n<p>{names}</p></details>"
        );
    }
    if let Some(text) = words::passed_over(report.passed_over) {
        let _ = writeln!(out, "<p class=\"soft\">{text}</p>");
    }
    for (name, why) in &report.failed {
        let (name, why) = (escape(name), problems(why));
        let _ = writeln!(out, "<p class=\"why\"><b>{name}</b> could not be compared: {why}</p>");
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
