//! Parses the regular expressions of models, as far as examples need them. A pattern with other
//! features (assertions, back references, Unicode scripts) is not parsed, and no error is reported.

/// Alternatives, each a sequence.
pub(super) type Alternatives = Vec<Vec<PatternNode>>;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PatternNode {
    /// One character of a set.
    Set(Set),
    /// A group.
    Group(Alternatives),
    /// Repetition, with an inclusive upper bound.
    Repeat(Box<PatternNode>, usize, usize),
    /// The start of the text.
    Start,
    /// Its end.
    End,
}

/// Characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Set {
    pub(super) negated: bool,
    pub(super) ranges: Vec<(char, char)>,
}

impl Set {
    pub(super) fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)) != self.negated
    }
}

/// The maximum depth of groups.
const MAX_DEPTH: usize = 32;

/// The maximum length of a pattern in bytes, four times that of the longest one in published
/// models.
const MAX_LENGTH: usize = 4096;

/// The maximum length of a quantifier in braces.
const MAX_BOUNDS: usize = 48;

/// Parses a pattern; `None` if it has unsupported features.
pub(super) fn read(pattern: &str) -> Option<Alternatives> {
    if pattern.len() > MAX_LENGTH {
        return None;
    }
    let mut reader = Reader { rest: pattern.chars().collect(), at: 0 };
    let alternatives = reader.alternatives(MAX_DEPTH)?;
    (reader.at == reader.rest.len()).then_some(alternatives)
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn eat(&mut self, c: char) -> bool {
        let there = self.peek() == Some(c);
        self.at += usize::from(there);
        there
    }

    fn alternatives(&mut self, depth: usize) -> Option<Alternatives> {
        let depth = depth.checked_sub(1)?;
        let mut alternatives = vec![Vec::new()];
        while let Some(c) = self.peek().filter(|c| *c != ')') {
            if c == '|' {
                self.at += 1;
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
            '[' => PatternNode::Set(self.set()?),
            '(' => {
                if self.eat('?') && !self.eat(':') {
                    return None;
                }
                let group = self.alternatives(depth)?;
                self.eat(')').then_some(PatternNode::Group(group))?
            }
            '\\' => match self.next()? {
                'A' => PatternNode::Start,
                'Z' | 'z' => PatternNode::End,
                c => PatternNode::Set(self.escaped(c)?),
            },
            '*' | '+' | '?' => return None,
            c => PatternNode::Set(one(c)),
        })
    }

    /// Parses a quantifier after a node.
    fn repeated(&mut self, node: PatternNode) -> Option<PatternNode> {
        let (least, most) = match self.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => match self.bounds() {
                Some(bounds) => bounds,
                // A brace that is not a quantifier is literal.
                None => return Some(node),
            },
            _ => return Some(node),
        };
        self.at += 1;
        // Lazy and possessive quantifiers match the same texts or fewer.
        let _ = self.eat('?') || self.eat('+');
        Some(PatternNode::Repeat(Box::new(node), least, most))
    }

    /// Parses the bounds in braces; stops at the closing brace.
    fn bounds(&mut self) -> Option<(usize, usize)> {
        let length = self.rest[self.at..].iter().take(MAX_BOUNDS).position(|c| *c == '}')?;
        let text: String = self.rest[self.at + 1..self.at + length].iter().collect();
        let (least, most) = match text.split_once(',') {
            None => (text.parse().ok()?, text.parse().ok()?),
            Some((least, "")) => (least.parse().ok()?, usize::MAX),
            Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
        };
        self.at += length;
        Some((least, most))
    }

    fn set(&mut self) -> Option<Set> {
        let mut set = Set { negated: self.eat('^'), ranges: Vec::new() };
        loop {
            let c = match self.next()? {
                ']' if !set.ranges.is_empty() => return Some(set),
                '[' | '&' if self.peek().is_some_and(|next| matches!(next, ':' | '&')) => {
                    return None;
                }
                '\\' => {
                    let c = self.next()?;
                    let escaped = self.escaped(c)?;
                    match (escaped.negated, escaped.ranges.as_slice()) {
                        (false, [(first, last)]) if first == last => *first,
                        (false, ranges) => {
                            set.ranges.extend(ranges);
                            continue;
                        }
                        (true, _) => return None,
                    }
                }
                c => c,
            };
            set.ranges.push((c, self.range_end(c)?));
        }
    }

    /// Returns the last character of a range that starts with `first`, or `first` if there is no
    /// range.
    fn range_end(&mut self, first: char) -> Option<char> {
        let start = self.at;
        if !self.eat('-') || self.peek() == Some(']') {
            self.at = start;
            return Some(first);
        }
        if !self.eat('\\') {
            return self.next().filter(|last| first <= *last);
        }
        let c = self.next()?;
        match self.escaped(c)?.ranges[..] {
            [(last, same)] if last == same => Some(last).filter(|last| first <= *last),
            // A hyphen before a class is literal.
            _ => {
                self.at = start;
                Some(first)
            }
        }
    }

    /// Parses the character after a backslash.
    fn escaped(&mut self, c: char) -> Option<Set> {
        let ranges: &[(char, char)] = match c.to_ascii_lowercase() {
            'w' => &[('a', 'z'), ('0', '9'), ('A', 'Z'), ('_', '_')],
            'd' => &[('0', '9')],
            's' => &[(' ', ' '), ('\t', '\r')],
            'p' => return self.property(c == 'P'),
            'n' => return Some(one('\n')),
            'r' => return Some(one('\r')),
            't' => return Some(one('\t')),
            'u' | 'x' => return self.code(if c == 'u' { 4 } else { 2 }).map(one),
            _ if c.is_ascii_alphanumeric() => return None,
            _ => return Some(one(c)),
        };
        Some(Set { negated: c.is_ascii_uppercase(), ranges: ranges.to_vec() })
    }

    /// Parses a Unicode class, limited to ASCII, which is sufficient for examples.
    fn property(&mut self, negated: bool) -> Option<Set> {
        let start = self.at + 1;
        let length = self.rest.get(start..)?.iter().position(|c| *c == '}')?;
        let name: String = self.rest[start..start + length].iter().collect();
        let ranges: &[(char, char)] = match (self.peek()?, name.as_str()) {
            ('{', "L" | "Alpha") => &[('a', 'z'), ('A', 'Z')],
            ('{', "N" | "Nd") => &[('0', '9')],
            ('{', "Z" | "Zs") => &[(' ', ' ')],
            _ => return None,
        };
        self.at = start + length + 1;
        Some(Set { negated, ranges: ranges.to_vec() })
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let text: String = self.rest.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        char::from_u32(u32::from_str_radix(&text, 16).ok()?)
    }
}

fn one(c: char) -> Set {
    Set { negated: false, ranges: vec![(c, c)] }
}
