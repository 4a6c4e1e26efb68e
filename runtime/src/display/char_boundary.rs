//! Cuts strings without splitting a character.

/// Returns the last character boundary at or before `index`. `str::floor_char_boundary` requires
/// Rust 1.91.
pub(crate) fn floor_char_boundary(text: &str, index: usize) -> usize {
    if index >= text.len() {
        return text.len();
    }
    (0..=index).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}

/// Returns the beginning of a text, and two dots if the text is longer.
pub(crate) fn clip(text: &str, max_length: usize) -> (&str, &'static str) {
    let start = &text[..floor_char_boundary(text, max_length)];
    (start, if start.len() < text.len() { ".." } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boundary_is_at_or_before_the_index() {
        let text = "a€🦀";
        let boundaries = [0, 1, 1, 1, 4, 4, 4, 4, 8, 8];
        for (index, expected) in boundaries.into_iter().enumerate() {
            assert_eq!(floor_char_boundary(text, index), expected, "{index}");
        }
        assert_eq!(floor_char_boundary("", 0), 0);
        assert_eq!(floor_char_boundary("", usize::MAX), 0);
    }
}
