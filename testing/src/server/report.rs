//! What did not go as prepared, as a text.

/// How many things are told of; a client that calls in a loop has more.
const TOLD: usize = 50;

/// What is to be told, in the order in which it happened.
#[derive(Debug, Default)]
pub(super) struct Report {
    told: Vec<String>,
    more: usize,
}

impl Report {
    /// Adds a thing: a sentence, and lines that belong to it.
    pub(super) fn add(&mut self, text: String) {
        if self.told.len() < TOLD { self.told.push(text) } else { self.more += 1 }
    }

    /// The whole of it; `None` where there is nothing to tell.
    pub(super) fn text(&self, url: &str) -> Option<String> {
        if self.told.is_empty() {
            return None;
        }
        let mut text = format!("the server at {url} was not called as expected:");
        for (index, told) in self.told.iter().enumerate() {
            text += &format!("\n\n{}. {told}", index + 1);
        }
        if self.more > 0 {
            text += &format!("\n\nand {} more", self.more);
        }
        Some(text)
    }
}

/// How many lines are shown of a thing; a request may be a list of thousands.
const LINES: usize = 100;

/// Lines, each further in.
pub(super) fn indented(lines: &str) -> String {
    let mut all = lines.lines();
    let mut shown: String = all.by_ref().take(LINES).map(|line| format!("\n     {line}")).collect();
    match all.count() {
        0 => {}
        more => shown += &format!("\n     .. and {more} more lines"),
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_not_shown_to_its_end() {
        assert_eq!(indented("a\nb"), "\n     a\n     b");
        let hundred = "\n     x".repeat(100);
        assert_eq!(indented(&"x\n".repeat(100)), hundred);
        assert_eq!(indented(&"x\n".repeat(130)), hundred + "\n     .. and 30 more lines");
    }

    #[test]
    fn what_is_told_often_is_counted() {
        let mut report = Report::default();
        (0..53).for_each(|n| report.add(n.to_string()));
        let text = report.text("URL").unwrap_or_default();
        assert!(text.ends_with("\n\n50. 49\n\nand 3 more"), "{text}");
    }
}
