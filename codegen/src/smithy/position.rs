//! Where a shape was read.

use std::{fmt, path::PathBuf, sync::Arc};

/// Where in a file a shape was read: line and column count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, as it was named to the reader.
    pub file: Arc<PathBuf>,
    /// The line on which the shape's value opens.
    pub line: usize,
    /// The column, in bytes, at which the shape's value opens.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}
