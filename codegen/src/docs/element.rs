//! Classifies the tags of documentation by their meaning for a reader.

/// The meaning of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A separate block: a paragraph or a division.
    Division,
    /// A paragraph that is a title.
    Heading,
    /// A division that starts with its name, such as "Note".
    Notice(&'static str),
    /// A list with bullets.
    Bullets,
    /// A list with numbers.
    Numbers,
    /// An item of either kind of list.
    Item,
    /// A list of terms.
    Terms,
    /// A term.
    Term,
    /// The description of a term.
    Meaning,
    /// Text with significant lines and spaces.
    Verbatim,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// A line break within a paragraph.
    Break,
    /// Text that a machine reads.
    Code,
    /// Important text.
    Strong,
    /// Emphasized text.
    Emphasis,
    /// A link, with its address.
    Link,
    /// An image, represented by its alternative text.
    Image,
    /// A tag without a visible effect.
    Span,
    /// Text that is not visible.
    Hidden,
}

impl Element {
    /// Returns the element for a tag name, or `None` if the name is not a tag but text in angle
    /// brackets.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "p" | "div" | "fullname" | "section" | "article" | "blockquote" | "center"
            | "caption" | "hr" | "body" | "html" => Self::Division,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "note" => Self::Notice("Note"),
            "important" => Self::Notice("Important"),
            "caution" => Self::Notice("Caution"),
            "warning" => Self::Notice("Warning"),
            "tip" => Self::Notice("Tip"),
            "ul" | "menu" => Self::Bullets,
            "ol" => Self::Numbers,
            "li" => Self::Item,
            "dl" => Self::Terms,
            "dt" => Self::Term,
            "dd" => Self::Meaning,
            "pre" => Self::Verbatim,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "br" => Self::Break,
            "code" | "tt" | "kbd" | "samp" => Self::Code,
            "b" | "strong" => Self::Strong,
            "i" | "em" | "var" | "cite" | "dfn" => Self::Emphasis,
            "a" => Self::Link,
            "span" | "sup" | "sub" | "u" | "small" | "big" | "font" | "s" | "thead" | "tbody"
            | "tfoot" | "col" | "colgroup" | "wbr" | "abbr" => Self::Span,
            "img" => Self::Image,
            "script" | "style" => Self::Hidden,
            _ => return None,
        })
    }

    /// Returns the element for a tag of DocBook or of AWS's own tools, which sometimes appear in
    /// prose. Their names are also used as placeholders, such as a lone `<text>`.
    pub fn of_pair(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "para" | "text" | "value" | "listitem" | "zonbook" | "xhtml" => Self::Division,
            "replaceable" => Self::Emphasis,
            "filename" => Self::Code,
            "link" => Self::Span,
            _ => return None,
        })
    }

    /// Returns true if the element is part of a line of text.
    pub fn is_inline(self) -> bool {
        matches!(self, Self::Code | Self::Strong | Self::Emphasis | Self::Link | Self::Span)
    }

    /// Returns the elements that can contain this one; empty if it can appear anywhere.
    pub fn parents(self) -> &'static [Self] {
        match self {
            Self::Item => &[Self::Bullets, Self::Numbers],
            Self::Term | Self::Meaning => &[Self::Terms],
            Self::Row | Self::Cell => &[Self::Table],
            _ => &[],
        }
    }
}
