//! Defines the documentation of an item.

/// The rustdoc text of an item without comment markers: Markdown, one string per paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// The paragraphs; the first one is the summary.
    pub paragraphs: Vec<String>,
    /// Why the item is deprecated, if it is; the text may be empty.
    pub deprecated: Option<String>,
}
