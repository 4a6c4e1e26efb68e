//! The line and the column of a position in a text.

/// Converts an offset to a line and a column. Lines start at 1. The column is the number of bytes
/// between the start of the line and the offset, so it is 0 at the start of a line.
pub(crate) fn line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let read = &text[..offset.min(text.len())];
    let line = read.split(|byte| *byte == b'\n').count();
    let start = read.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    (line, read.len() - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let body = b"ab\ncd\n\ne";
        let table = [
            (0, (1, 0)),
            (2, (1, 2)),
            (3, (2, 0)),
            (4, (2, 1)),
            (6, (3, 0)),
            (7, (4, 0)),
            (8, (4, 1)),
            (9, (4, 1)),
        ];
        for (offset, expected) in table {
            assert_eq!(line_and_column(body, offset), expected, "{offset}");
        }
    }
}
