//! The documentation of an item.

/// Rustdoc of an item, without comment marks: one string a paragraph, Markdown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// The paragraphs; the first one is the summary line.
    pub paragraphs: Vec<String>,
    /// Why the item is deprecated, where it is; the text may be empty.
    pub deprecated: Option<String>,
}
