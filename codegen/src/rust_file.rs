//! A generated source file before it is text: `emit` builds it and `format` prints it.

use proc_macro2::TokenStream;

/// A generated file before it is text.
pub(crate) struct RustFile {
    /// Its path below the source folder, with `/` between the parts.
    pub(crate) path: String,
    /// What it says of itself, one string a paragraph.
    pub(crate) about: Vec<String>,
    /// Its items; an empty line goes between two of them.
    pub(crate) items: Vec<Item>,
}

/// An item of a file.
pub(crate) enum Item {
    /// One or several Rust items that belong close together.
    Code(TokenStream),
    /// A macro of the runtime that is given a table.
    Table(Table),
}

/// A call of a macro of the runtime whose last argument is a table.
pub(crate) struct Table {
    /// The macro's name.
    pub(crate) name: &'static str,
    /// The arguments before the table.
    pub(crate) arguments: Vec<TokenStream>,
    /// What the keys of the rows are.
    pub(crate) keys: TableKeys,
    /// The rows: keys, and what they stand for.
    pub(crate) rows: Vec<(Vec<String>, TokenStream)>,
}

/// What the keys of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKeys {
    /// Names on the wire, which are printed as strings.
    Names,
    /// Numbers on the wire, which are printed as they are.
    Numbers,
}

impl From<TokenStream> for Item {
    fn from(code: TokenStream) -> Self {
        Self::Code(code)
    }
}
