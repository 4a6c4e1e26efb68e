//! Parses sets of characters: in brackets, and after a backslash.

use super::{Set, classes, parser::Parser};

/// The code units of UTF-16 that are not characters.
const SURROGATES: std::ops::RangeInclusive<u32> = 0xD800..=0xDFFF;

/// A part of a set.
enum SetItem {
    /// The code points between these two, inclusive.
    Range(u32, u32),
    Class(Set),
}

impl SetItem {
    fn one(code: u32) -> Self {
        Self::Range(code, code)
    }
}

impl Parser {
    /// Parses a set after its opening bracket. Nested sets are not supported: in Java, they are
    /// part of the set; in ECMAScript, the inner bracket is a literal character.
    pub(super) fn bracketed_set(&mut self) -> Option<Set> {
        let mut set = Set { negated: self.eat("^"), ranges: Vec::new() };
        let mut items = 0;
        let mut has_characters = set.negated;
        loop {
            let first = match self.next()? {
                ']' if items > 0 => return has_characters.then_some(set),
                '[' => return None,
                '&' if self.peek() == Some('&') => return None,
                '\\' => self.escaped()?,
                c => SetItem::one(u32::from(c)),
            };
            items += 1;
            has_characters |= match self.range_from(first)? {
                SetItem::Range(start, end) => {
                    set.ranges.extend(characters(start, end));
                    !SURROGATES.contains(&start) || !SURROGATES.contains(&end)
                }
                SetItem::Class(class) => {
                    set.ranges.extend(classes::ranges(&class));
                    true
                }
            };
        }
    }

    /// Parses the end of a range that starts with `first`. Returns `first` if there is no range. A
    /// hyphen before or after a class is literal.
    fn range_from(&mut self, first: SetItem) -> Option<SetItem> {
        let SetItem::Range(start, _) = first else { return Some(first) };
        let before = self.at;
        if !self.eat("-") || self.peek() == Some(']') {
            self.at = before;
            return Some(first);
        }
        let last = match self.next()? {
            '\\' => self.escaped()?,
            '[' => return None,
            c => SetItem::one(u32::from(c)),
        };
        match last {
            SetItem::Range(end, _) => (start <= end).then_some(SetItem::Range(start, end)),
            SetItem::Class(_) => {
                self.at = before;
                Some(first)
            }
        }
    }

    /// Parses what follows a backslash outside brackets, if it stands for one character.
    pub(super) fn escaped_set(&mut self) -> Option<Set> {
        match self.escaped()? {
            SetItem::Range(code, _) => {
                let c = char::from_u32(code)?;
                Some(Set { negated: false, ranges: vec![(c, c)] })
            }
            SetItem::Class(set) => Some(set),
        }
    }

    fn escaped(&mut self) -> Option<SetItem> {
        let c = self.next()?;
        if let Some(ranges) = classes::escape(c.to_ascii_lowercase()) {
            let negated = c.is_ascii_uppercase();
            return Some(SetItem::Class(Set { negated, ranges: ranges.to_vec() }));
        }
        let code = match c {
            'p' | 'P' => return self.property(c == 'P'),
            'n' => u32::from('\n'),
            'r' => u32::from('\r'),
            't' => u32::from('\t'),
            'f' => 0xc,
            'v' => 0xb,
            // The octal numbers of Java, and the null character of ECMAScript.
            '0' => self.digits(3, 8).unwrap_or(0),
            'u' | 'x' if self.eat("{") => u32::from_str_radix(&self.until('}')?, 16).ok()?,
            'u' => self.utf16()?,
            'x' => self.exact_digits(2)?,
            _ if c.is_ascii_alphanumeric() => return None,
            _ => u32::from(c),
        };
        Some(SetItem::one(code))
    }

    /// Parses the four digits after `\u`, and a low surrogate that follows a high one.
    fn utf16(&mut self) -> Option<u32> {
        let high = self.exact_digits(4)?;
        let after_high = self.at;
        if (0xD800..=0xDBFF).contains(&high)
            && self.eat("\\u")
            && let Some(low @ 0xDC00..=0xDFFF) = self.exact_digits(4)
        {
            return Some(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        }
        self.at = after_high;
        Some(high)
    }

    /// Parses the name of a class after `\p` or `\P`.
    fn property(&mut self, negated: bool) -> Option<SetItem> {
        let name = match self.eat("{") {
            true => self.until('}')?,
            false => self.next()?.to_string(),
        };
        let ranges = classes::property(&name);
        self.is_complete &= ranges.is_some();
        let ranges = ranges.unwrap_or_default().to_vec();
        Some(SetItem::Class(Set { negated, ranges }))
    }

    fn exact_digits(&mut self, count: usize) -> Option<u32> {
        let start = self.at;
        let code = self.digits(count, 16)?;
        (self.at - start == count).then_some(code)
    }

    /// Parses up to this many digits; `None` if there are none.
    fn digits(&mut self, most: usize, radix: u32) -> Option<u32> {
        let mut code = None;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(radix)) else { break };
            code = Some(code.unwrap_or(0) * radix + digit);
            self.at += 1;
        }
        code
    }
}

/// The first and last character of a range of code points; `None` if all of them are surrogates.
fn characters(start: u32, end: u32) -> Option<(char, char)> {
    let (low, high) = (*SURROGATES.start(), *SURROGATES.end());
    let start = if SURROGATES.contains(&start) { high + 1 } else { start };
    let end = if SURROGATES.contains(&end) { low - 1 } else { end };
    let (start, end) = (char::from_u32(start)?, char::from_u32(end.min(u32::from(char::MAX)))?);
    (start <= end).then_some((start, end))
}
