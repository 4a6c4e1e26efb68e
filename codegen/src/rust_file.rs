//! Represents a generated source file before it is printed: `emit` builds it and `format` prints
//! it.

use proc_macro2::TokenStream;

/// Separates the lines of a doc comment in its attribute. Documentation contains no control
/// characters.
pub(crate) const DOC_LINE_BREAK: char = '\u{1e}';

/// A generated file before it is printed.
pub(crate) struct RustFile {
    /// Its path below the source folder, with `/` between the parts.
    pub(crate) path: String,
    /// Its documentation, one string per paragraph.
    pub(crate) about: Vec<String>,
    /// Its items, which are separated by blank lines.
    pub(crate) items: Vec<Item>,
}

/// An item of a file.
pub(crate) enum Item {
    /// Rust items that are printed without blank lines between them.
    Code(TokenStream),
    /// A macro of the runtime with a table.
    Table(Table),
}

/// A call of a macro of the runtime whose last argument is a table.
pub(crate) struct Table {
    /// The macro's name.
    pub(crate) name: &'static str,
    /// The arguments before the table.
    pub(crate) arguments: Vec<TokenStream>,
    /// The kind of the rows' keys.
    pub(crate) keys: TableKeys,
    /// The rows.
    pub(crate) rows: Vec<Row>,
}

/// A row of a table.
pub(crate) struct Row {
    /// Its documentation, one string per line.
    pub(crate) about: Vec<String>,
    /// Why it is deprecated, if it is; the text may be empty.
    pub(crate) deprecated: Option<String>,
    /// Its keys.
    pub(crate) keys: Vec<String>,
    /// What the keys stand for.
    pub(crate) target: TokenStream,
}

impl From<(Vec<String>, TokenStream)> for Row {
    fn from((keys, target): (Vec<String>, TokenStream)) -> Self {
        Self { about: Vec::new(), deprecated: None, keys, target }
    }
}

/// The kind of keys in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKeys {
    /// Names on the wire, which are printed as string literals.
    Names,
    /// Numbers on the wire or fields, which are printed as they are.
    Plain,
}

impl From<TokenStream> for Item {
    fn from(code: TokenStream) -> Self {
        Self::Code(code)
    }
}
