//! Prints changes as text, Markdown, JSON or HTML.
//!
//! `words` makes sentences, `outline` puts them in order, and each format only prints.

mod html;
mod json;
mod markdown;
mod outline;
mod summary;
mod text;
mod words;

pub(crate) use self::summary::Report;
use super::tree::Changes;

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal, 100 columns wide
    Text,
    /// For a changelog or a pull request
    Markdown,
    /// For other programs
    Json,
    /// A single self-contained page
    Html,
}

impl Report {
    /// The report as text that ends with a newline.
    pub(crate) fn print(&self, format: Format) -> String {
        match format {
            Format::Text => text::print(self),
            Format::Markdown => markdown::print(self),
            Format::Json => json::print(self),
            Format::Html => html::print(self),
        }
    }
}

/// The changes of one service as a list item for a changelog.
#[must_use]
pub fn changelog(changes: &Changes, source: &str) -> String {
    markdown::item(changes, source)
}

/// The changes of one service for a terminal.
#[must_use]
pub fn terminal(changes: &Changes) -> String {
    text::service(changes)
}
