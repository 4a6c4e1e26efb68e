//! Splits a text into numbers, words, spaces and signs.

use super::date::Part;
use super::words::Word;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// ASCII digits.
    Number(&'a str),
    /// ASCII letters.
    Word(&'a str),
    /// Any amount of white space.
    Space,
    /// Any other character.
    Sign(char),
}

/// The rest of a text. Copy it to look ahead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'a>(&'a str);

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text)
    }

    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let first = self.0.chars().next()?;
        Some(match first {
            '0'..='9' => Token::Number(self.take_while(|c| c.is_ascii_digit())),
            'a'..='z' | 'A'..='Z' => Token::Word(self.take_while(|c| c.is_ascii_alphabetic())),
            _ if first.is_whitespace() => {
                self.take_while(char::is_whitespace);
                Token::Space
            }
            _ => {
                self.0 = &self.0[first.len_utf8()..];
                Token::Sign(first)
            }
        })
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|c| !belongs(c)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    /// Takes the next token if `read` returns a value for it.
    fn take<T>(&mut self, read: impl FnOnce(Token<'a>) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let value = read(ahead.next()?)?;
        *self = ahead;
        Some(value)
    }

    /// Takes the sign if it is next. Returns true if it was.
    pub(super) fn take_sign(&mut self, sign: char) -> bool {
        self.take(|token| (token == Token::Sign(sign)).then_some(())).is_some()
    }

    /// Takes the word if it is next, ignoring case. Returns true if it was.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        self.take(|token| match token {
            Token::Word(found) => found.eq_ignore_ascii_case(word).then_some(()),
            _ => None,
        })
        .is_some()
    }

    pub(super) fn take_number(&mut self) -> Option<&'a str> {
        self.take(|token| match token {
            Token::Number(digits) => Some(digits),
            _ => None,
        })
    }

    /// Takes a decimal point or comma and the digits after it.
    pub(super) fn take_fraction(&mut self) -> Option<&'a str> {
        let mut ahead = *self;
        let (Token::Sign('.' | ','), Token::Number(digits)) = (ahead.next()?, ahead.next()?) else {
            return None;
        };
        *self = ahead;
        Some(digits)
    }

    /// Takes a separator and the part of a date after it.
    pub(super) fn take_part(&mut self, separator: char) -> Option<Part> {
        let mut ahead = *self;
        let (Token::Sign(found), next) = (ahead.next()?, ahead.next()?) else { return None };
        let part = match next {
            Token::Number(digits) => Part::number(digits),
            Token::Word(text) => Word::month(text).map(Part::month),
            _ => None,
        };
        let part = part.filter(|_| found == separator)?;
        *self = ahead;
        Some(part)
    }

    /// Skips everything through the sign.
    pub(super) fn skip_through(&mut self, sign: char) -> Option<()> {
        let (_, rest) = self.0.split_once(sign)?;
        self.0 = rest;
        Some(())
    }

    /// Returns true if the next word, after any space, is of this kind.
    pub(super) fn followed_by(mut self, is_of_kind: impl Fn(&Word) -> bool) -> bool {
        self.take_while(char::is_whitespace);
        match self.next() {
            Some(Token::Word(text)) => Word::of(text, &mut self).as_ref().is_some_and(is_of_kind),
            _ => false,
        }
    }
}
