//! Defines the position at which a shape was read.

use std::{fmt, path::PathBuf, sync::Arc};

/// The position of a shape in a file; line and column count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, as it was passed to the reader.
    pub file: Arc<PathBuf>,
    /// The line on which the shape's value starts.
    pub line: usize,
    /// The column, in bytes, at which the shape's value starts.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}
