//! The report with which a server fails a test.

/// How many entries are shown; a client that calls in a loop causes many more.
const MAX_ENTRIES: usize = 50;

/// How many lines of an entry are shown; a request may contain a list of thousands.
const MAX_LINES: usize = 100;

/// Unexpected and missing calls, in order.
#[derive(Debug, Default)]
pub(super) struct Report {
    entries: Vec<String>,
    omitted: usize,
}

impl Report {
    /// Adds an entry: a sentence, optionally followed by [indented](indented) lines.
    pub(super) fn add(&mut self, entry: String) {
        if self.entries.len() < MAX_ENTRIES { self.entries.push(entry) } else { self.omitted += 1 }
    }

    /// The text of the report; `None` if it is empty.
    pub(super) fn text(&self, url: &str) -> Option<String> {
        if self.entries.is_empty() {
            return None;
        }
        let mut text = format!("the server at {url} was not called as expected:");
        for (index, entry) in self.entries.iter().enumerate() {
            text += &format!("\n\n{}. {entry}", index + 1);
        }
        if self.omitted > 0 {
            text += &format!("\n\nand {} more", self.omitted);
        }
        Some(text)
    }
}

/// The lines of a text, indented and preceded by a line break each.
pub(super) fn indented(text: &str) -> String {
    let mut lines = text.lines();
    let mut output: String =
        lines.by_ref().take(MAX_LINES).map(|line| format!("\n     {line}")).collect();
    match lines.count() {
        0 => {}
        omitted => output += &format!("\n     .. and {omitted} more lines"),
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_after_100_lines() {
        assert_eq!(indented("a\nb"), "\n     a\n     b");
        let hundred = "\n     x".repeat(100);
        assert_eq!(indented(&"x\n".repeat(100)), hundred);
        assert_eq!(indented(&"x\n".repeat(130)), hundred + "\n     .. and 30 more lines");
    }

    #[test]
    fn entries_beyond_the_first_50_are_counted() {
        let mut report = Report::default();
        (0..53).for_each(|n| report.add(n.to_string()));
        let text = report.text("URL").unwrap_or_default();
        assert!(text.ends_with("\n\n50. 49\n\nand 3 more"), "{text}");
    }
}
