//! Parses patterns: alternatives, groups and quantifiers. `set_parser` parses sets.
//!
//! Assertions other than anchors are dropped, and a back reference matches any text, so that more
//! texts match and backtracking is not needed.

use super::set::Set;
use super::syntax::{Alternatives, Node, Repetition, Syntax};

/// The maximum depth of groups.
const MAX_DEPTH: usize = 32;

/// The maximum length of a pattern in bytes, four times that of the longest one in published
/// models.
const MAX_LENGTH: usize = 4096;

/// The maximum length of a name or a quantifier in braces.
const MAX_IN_BRACES: usize = 48;

/// The prefixes of groups that are assertions.
const ASSERTIONS: [&str; 4] = ["?=", "?!", "?<=", "?<!"];

/// Parses a pattern; `None` if it is malformed or has unsupported features.
pub(super) fn parse(pattern: &str) -> Option<Syntax> {
    if pattern.len() > MAX_LENGTH {
        return None;
    }
    let mut parser = Parser { text: pattern.chars().collect(), at: 0, sets: Vec::new() };
    let alternatives = parser.alternatives(MAX_DEPTH)?;
    let Parser { text, at, sets } = parser;
    (at == text.len()).then_some(Syntax { alternatives, sets })
}

/// The characters of a pattern, a position in it, and the sets found so far.
pub(super) struct Parser {
    text: Vec<char>,
    pub(super) at: usize,
    sets: Vec<Set>,
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
        let found =
            self.text.get(self.at..end).is_some_and(|it| it.iter().copied().eq(text.chars()));
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

    fn node(&mut self, depth: usize) -> Option<Node> {
        match self.next()? {
            '^' => Some(Node::Start),
            '$' => Some(Node::End),
            '.' => self.set(Set::dot()),
            '[' => {
                let set = self.bracketed_set()?;
                self.set(set)
            }
            '(' => self.group(depth),
            '\\' => self.escape(),
            '*' | '+' | '?' => None,
            c => self.set(Set::one(c)),
        }
    }

    fn group(&mut self, depth: usize) -> Option<Node> {
        let is_assertion = ASSERTIONS.iter().any(|prefix| self.eat(prefix));
        if !is_assertion && self.eat("?") {
            match self.next()? {
                // An atomic group matches fewer texts than a plain one.
                ':' | '>' => {}
                '<' => drop(self.until('>')?),
                _ => return None,
            }
        }
        let group = self.alternatives(depth)?;
        let group = if is_assertion { Node::Empty } else { Node::Group(group) };
        self.eat(")").then_some(group)
    }

    /// Parses what follows a backslash outside brackets.
    fn escape(&mut self) -> Option<Node> {
        match self.peek()? {
            'A' | 'z' | 'b' | 'B' => Some(match self.next()? {
                'A' => Node::Start,
                'z' => Node::AbsoluteEnd,
                _ => Node::Empty,
            }),
            '1'..='9' => {
                while self.peek().is_some_and(|c| c.is_ascii_digit()) {
                    self.at += 1;
                }
                let any = self.set(Set::all())?;
                Some(Node::Repeat(Box::new(any), Repetition { least: 0, most: None }))
            }
            _ => {
                let set = Set { negated: false, items: vec![self.escaped()?] };
                self.set(set)
            }
        }
    }

    fn set(&mut self, set: Set) -> Option<Node> {
        // A set of high and a set of low surrogates stand for one character, but would match two.
        if set.has_only_surrogates() {
            return None;
        }
        self.sets.push(set);
        Some(Node::Set(self.sets.len() - 1))
    }

    /// Parses the quantifier after a node, if there is one.
    fn repeated(&mut self, node: Node) -> Option<Node> {
        let Some(repetition) = self.quantifier()? else { return Some(node) };
        // Lazy quantifiers match the same texts, and possessive ones fewer.
        let _ = self.eat("?") || self.eat("+");
        // Engines differ in the meaning of a second quantifier.
        self.quantifier()?.is_none().then(|| Node::Repeat(Box::new(node), repetition))
    }

    /// Parses a quantifier. Returns `None` if it is malformed, and `Some(None)` if there is none.
    fn quantifier(&mut self) -> Option<Option<Repetition>> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counts(),
            _ => return Some(None),
        };
        self.at += 1;
        Some(Some(Repetition { least, most }))
    }

    /// Parses a quantifier in braces. A brace that does not start one is literal.
    fn counts(&mut self) -> Option<Option<Repetition>> {
        let start = self.at;
        self.at += 1;
        let is_count = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ',');
        let Some(text) = self.until('}').filter(|text| is_count(text) && !text.is_empty()) else {
            self.at = start;
            return Some(None);
        };
        let (least, most) = text.split_once(',').unwrap_or((&text, &text));
        let least: usize = least.parse().ok()?;
        let most = if most.is_empty() { None } else { Some(most.parse().ok()?) };
        most.is_none_or(|most| least <= most).then_some(Some(Repetition { least, most }))
    }
}
