//! Parses sets of characters: in brackets, and after a backslash.

use super::class;
use super::parser::Parser;
use super::set::{Set, SetItem, VERTICAL_TAB};

impl Parser {
    /// Parses a set after its opening bracket. Nested sets are not supported: in Java, they are
    /// part of the set; in ECMAScript, the inner bracket is a literal character.
    pub(super) fn bracketed_set(&mut self) -> Option<Set> {
        let mut set = Set { negated: self.eat("^"), items: Vec::new() };
        loop {
            let first = match self.next()? {
                ']' if !set.items.is_empty() => return Some(set),
                '[' => return None,
                '&' if self.peek() == Some('&') => return None,
                '\\' => self.escaped()?,
                c => SetItem::one(u32::from(c)),
            };
            let item = self.range_from(first)?;
            set.items.push(item);
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
            SetItem::Class { .. } => {
                self.at = before;
                Some(first)
            }
        }
    }

    /// Parses what follows a backslash, if it stands for one character.
    pub(super) fn escaped(&mut self) -> Option<SetItem> {
        let c = self.next()?;
        if let Some(class) = class::escape(c.to_ascii_lowercase()) {
            return Some(SetItem::Class { class, negated: c.is_ascii_uppercase() });
        }
        let code = match c {
            'p' | 'P' => return self.property(c == 'P'),
            'n' => u32::from('\n'),
            'r' => u32::from('\r'),
            't' => u32::from('\t'),
            'f' => 0xc,
            'v' => VERTICAL_TAB,
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
        Some(SetItem::Class { class: class::property(&name), negated })
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
