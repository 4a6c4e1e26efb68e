//! Maps offsets in the text of a JSON file to lines and columns.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::smithy::Position;

/// The text of one file.
pub(crate) struct SourceText {
    file: Arc<PathBuf>,
    pub(super) text: String,
    /// The offset at which each line starts.
    lines: Vec<usize>,
}

impl SourceText {
    /// Creates a text with the file name that problems show.
    pub(crate) fn new(file: PathBuf, text: String) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(index, _)| index + 1)).collect();
        Self { file: Arc::new(file), text, lines }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The file name that problems show.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the text with replacements: ranges, in order, and their new content. The new content
    /// has its line breaks removed, so that lines keep their numbers.
    pub(crate) fn edited(&self, edits: &[(Range<usize>, String)], file: PathBuf) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut behind = 0;
        for (range, new) in edits {
            text.push_str(self.text.get(behind..range.start).unwrap_or_default());
            text.push_str(&new.replace(['\n', '\r'], " "));
            behind = range.end;
        }
        text.push_str(self.text.get(behind..).unwrap_or_default());
        Self::new(file, text)
    }

    /// The line and column of an offset.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position { file: self.file.clone(), line, column: offset - start.min(offset) + 1 }
    }

    /// Returns the position of an error of serde_json in the slice that starts at `base`.
    pub(super) fn position_in(&self, base: usize, error: &serde_json::Error) -> Position {
        let start = self.position(base);
        let (line, column) = (error.line().max(1), error.column().max(1));
        if line == 1 {
            Position { column: start.column + column - 1, ..start }
        } else {
            Position { line: start.line + line - 1, column, ..start }
        }
    }
}
