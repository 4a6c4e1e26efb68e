//! Parses patterns: alternatives, groups and quantifiers. `sets` parses sets of characters.

use super::{Alternatives, PatternNode, Set};

/// The maximum depth of groups.
const MAX_DEPTH: usize = 32;

/// The maximum length of a pattern in bytes, four times that of the longest one in published
/// models.
const MAX_LENGTH: usize = 4096;

/// The maximum length of a name or a quantifier in braces.
const MAX_IN_BRACES: usize = 48;

/// The prefixes of groups that are assertions.
const ASSERTIONS: [&str; 4] = ["?=", "?!", "?<=", "?<!"];

/// A parsed pattern.
pub(super) struct Parsed {
    pub(super) alternatives: Alternatives,
    /// False if the syntax tree lacks a part of the pattern.
    pub(super) is_complete: bool,
}

/// Parses a pattern; `None` if it is malformed or if the runtime does not support it.
pub(super) fn parse(pattern: &str) -> Option<Parsed> {
    if pattern.len() > MAX_LENGTH {
        return None;
    }
    let mut parser = Parser { text: pattern.chars().collect(), at: 0, is_complete: true };
    let alternatives = parser.alternatives(MAX_DEPTH)?;
    let Parser { text, at, is_complete } = parser;
    (at == text.len()).then_some(Parsed { alternatives, is_complete })
}

/// The characters of a pattern, and a position in it.
pub(super) struct Parser {
    text: Vec<char>,
    pub(super) at: usize,
    /// False if something has been left out.
    pub(super) is_complete: bool,
}

impl Parser {
    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    /// Skips `text` and returns true, if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let end = self.at + text.chars().count();
        let next = self.text.get(self.at..end);
        let found = next.is_some_and(|next| next.iter().copied().eq(text.chars()));
        self.at = if found { end } else { self.at };
        found
    }

    /// Returns the text up to `end`, and skips both; `None` if the text is longer than
    /// `MAX_IN_BRACES` or `end` is missing.
    pub(super) fn until(&mut self, end: char) -> Option<String> {
        let rest = self.text.get(self.at..)?.iter().copied().take(MAX_IN_BRACES);
        let text: String = rest.take_while(|c| *c != end).collect();
        self.at += text.chars().count();
        (self.next()? == end).then_some(text)
    }

    fn alternatives(&mut self, depth: usize) -> Option<Alternatives> {
        let depth = depth.checked_sub(1)?;
        let mut alternatives = vec![Vec::new()];
        while self.peek().is_some_and(|c| c != ')') {
            if self.eat("|") {
                alternatives.push(Vec::new());
                continue;
            }
            let node = self.node(depth)?;
            let node = self.repeated(node)?;
            alternatives.last_mut()?.push(node);
        }
        Some(alternatives)
    }

    fn node(&mut self, depth: usize) -> Option<PatternNode> {
        Some(match self.next()? {
            '^' => PatternNode::Start,
            '$' => PatternNode::End,
            '.' => PatternNode::Set(Set { negated: true, ranges: vec![('\n', '\n')] }),
            '[' => PatternNode::Set(self.bracketed_set()?),
            '(' => PatternNode::Group(self.group(depth)?),
            '\\' => self.escape()?,
            '*' | '+' | '?' => return None,
            c => PatternNode::Set(Set { negated: false, ranges: vec![(c, c)] }),
        })
    }

    fn group(&mut self, depth: usize) -> Option<Alternatives> {
        let is_assertion = ASSERTIONS.iter().any(|prefix| self.eat(prefix));
        if !is_assertion && self.eat("?") {
            match self.next()? {
                ':' => {}
                // An atomic group matches fewer texts than a plain one.
                '>' => self.is_complete = false,
                '<' => drop(self.until('>')?),
                _ => return None,
            }
        }
        let group = self.alternatives(depth)?;
        let group = if is_assertion { self.nothing() } else { group };
        self.eat(")").then_some(group)
    }

    /// Marks the syntax tree as incomplete, and returns an empty group for the missing part.
    fn nothing(&mut self) -> Alternatives {
        self.is_complete = false;
        vec![Vec::new()]
    }

    /// Parses what follows a backslash outside brackets.
    fn escape(&mut self) -> Option<PatternNode> {
        Some(match self.peek()? {
            'A' | 'z' | 'b' | 'B' => match self.next()? {
                'A' => PatternNode::Start,
                'z' => PatternNode::End,
                _ => PatternNode::Group(self.nothing()),
            },
            '1'..='9' => {
                while self.peek().is_some_and(|c| c.is_ascii_digit()) {
                    self.at += 1;
                }
                PatternNode::Group(self.nothing())
            }
            _ => PatternNode::Set(self.escaped_set()?),
        })
    }

    /// Parses the quantifier after a node, if there is one.
    fn repeated(&mut self, node: PatternNode) -> Option<PatternNode> {
        let Some((least, most)) = self.quantifier()? else { return Some(node) };
        // Lazy quantifiers match the same texts, and possessive ones fewer.
        let _ = self.eat("?") || self.eat("+");
        // Engines differ in the meaning of a second quantifier.
        let is_last = self.quantifier()?.is_none();
        is_last.then(|| PatternNode::Repeat(Box::new(node), least, most))
    }

    /// Parses a quantifier. Returns `None` if it is malformed, and `Some(None)` if there is none.
    fn quantifier(&mut self) -> Option<Option<(usize, usize)>> {
        let bounds = match self.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => return self.bounds(),
            _ => return Some(None),
        };
        self.at += 1;
        Some(Some(bounds))
    }

    /// Parses a quantifier in braces. A brace that does not start one is literal.
    fn bounds(&mut self) -> Option<Option<(usize, usize)>> {
        let start = self.at;
        self.at += 1;
        let is_bounds = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ',');
        let Some(text) = self.until('}').filter(|text| is_bounds(text) && !text.is_empty()) else {
            self.at = start;
            return Some(None);
        };
        let (least, most) = text.split_once(',').unwrap_or((&text, &text));
        let least: usize = least.parse().ok()?;
        let most = if most.is_empty() { usize::MAX } else { most.parse().ok()? };
        (least <= most).then_some(Some((least, most)))
    }
}
