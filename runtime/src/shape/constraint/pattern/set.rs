//! Sets of characters: ranges and classes.

use std::ops::RangeInclusive;

use super::class::{Class, Membership};

/// The code units of UTF-16 that are not characters.
const SURROGATES: RangeInclusive<u32> = 0xD800..=0xDFFF;

/// The last character that UTF-16 encodes without surrogates.
const LAST_WITHOUT_SURROGATES: u32 = 0xFFFF;

/// The vertical tab.
pub(super) const VERTICAL_TAB: u32 = 0xB;

/// A set of characters.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) negated: bool,
    pub(super) items: Vec<SetItem>,
}

/// A part of a set.
#[derive(Debug, Clone, Copy)]
pub(super) enum SetItem {
    /// The code points between these two, inclusive.
    Range(u32, u32),
    Class {
        class: Class,
        negated: bool,
    },
}

impl SetItem {
    pub(super) fn one(code: u32) -> Self {
        Self::Range(code, code)
    }

    fn membership(self, c: char) -> Membership {
        let code = u32::from(c);
        match self {
            Self::Range(first, last) if (first..=last).contains(&code) => Membership::Yes,
            // Engines that match code units may find the surrogates of the character in the range.
            Self::Range(first, last)
                if first <= *SURROGATES.end()
                    && last >= *SURROGATES.start()
                    && code > LAST_WITHOUT_SURROGATES =>
            {
                Membership::Maybe
            }
            // In Java, `\v` contains all vertical white space unless it is the end of a range.
            Self::Range(VERTICAL_TAB, VERTICAL_TAB) if is_vertical_space(c) => Membership::Maybe,
            Self::Range(..) => Membership::No,
            Self::Class { class, negated: false } => class(c),
            Self::Class { class, negated: true } => class(c).negated(),
        }
    }
}

fn is_vertical_space(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl Set {
    /// The set of all characters.
    pub(super) fn all() -> Self {
        Self { negated: true, items: Vec::new() }
    }

    pub(super) fn one(c: char) -> Self {
        Self { negated: false, items: vec![SetItem::one(u32::from(c))] }
    }

    /// The set that `.` stands for. Engines differ in the line separators that they exclude besides
    /// the line feed.
    pub(super) fn dot() -> Self {
        Self { negated: true, ..Self::one('\n') }
    }

    /// Returns true if `c` may be in the set.
    pub(super) fn accepts(&self, c: char) -> bool {
        let mut memberships = self.items.iter().map(|item| item.membership(c));
        if self.negated {
            memberships.all(|membership| membership != Membership::Yes)
        } else {
            memberships.any(|membership| membership != Membership::No)
        }
    }

    /// Returns true if the set contains code units of UTF-16, but no character.
    pub(super) fn has_only_surrogates(&self) -> bool {
        let is_surrogate = |item: &SetItem| match item {
            SetItem::Range(first, last) => SURROGATES.contains(first) && SURROGATES.contains(last),
            SetItem::Class { .. } => false,
        };
        !self.negated && self.items.iter().all(is_surrogate)
    }
}
