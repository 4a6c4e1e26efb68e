//! Searches ahead in prose, for example for a closing tag.

use std::collections::HashMap;

/// Caches search results, so that repeated searches for the same text take linear time in total.
pub struct Lookahead<'p> {
    prose: &'p str,
    /// For each text, where its last search started and the position that it found.
    found: HashMap<String, (usize, Option<usize>)>,
}

impl<'p> Lookahead<'p> {
    /// Creates a lookahead in this prose.
    pub fn new(prose: &'p str) -> Self {
        Self { prose, found: HashMap::new() }
    }

    /// Returns the position of the first occurrence of a text in `rest`, which must be a suffix of
    /// the prose.
    pub fn find(&mut self, wanted: &str, rest: &str) -> Option<usize> {
        let at = self.prose.len() - rest.len();
        if let Some((from, found)) = self.found.get(wanted)
            && *from <= at
            && found.is_none_or(|found| found >= at)
        {
            return found.map(|found| found - at);
        }
        let found = rest.find(wanted);
        self.found.insert(wanted.to_owned(), (at, found.map(|found| found + at)));
        found
    }

    /// Splits `rest`, which must be a suffix of the prose, at the first occurrence of a text.
    pub fn split_once<'r>(&mut self, rest: &'r str, wanted: &str) -> Option<(&'r str, &'r str)> {
        let at = self.find(wanted, rest)?;
        Some((&rest[..at], &rest[at + wanted.len()..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_search_finds_the_next_occurrence() {
        let prose = "a;b;c";
        let mut ahead = Lookahead::new(prose);
        for at in [0, 1, 2, 3, 4, 0, 2] {
            assert_eq!(ahead.find(";", &prose[at..]), prose[at..].find(';'), "{at}");
            assert_eq!(ahead.find("x", &prose[at..]), None);
        }
        assert_eq!(ahead.split_once("b;c", ";"), Some(("b", "c")));
    }
}
