//! Calls that are refused, and in which words.

use std::fmt;

use super::arrival::{Arrival, Flaw};
use super::codec::Unread;
use super::reply::{UNEXPECTED, UNREADABLE};

/// A call that nobody thought of, and what to do about it.
pub(super) const UNPREPARED: &str =
    "was called, and nothing is prepared for it by `on` or `expect`";

/// Why a call is refused.
pub(super) struct Refused {
    pub(super) code: &'static str,
    /// What stands behind the name of the operation.
    pub(super) what: String,
    pub(super) lines: String,
    /// Whether it helps to know what is prepared.
    pub(super) names_others: bool,
}

impl Refused {
    pub(super) fn new(what: impl Into<String>, lines: String) -> Self {
        Self { code: UNEXPECTED, what: what.into(), lines, names_others: false }
    }

    /// A body that nobody can read.
    pub(super) fn unread(why: &dyn fmt::Display) -> Self {
        let what = format!("was called with a body that cannot be read: {why}");
        Self { code: UNREADABLE, ..Self::new(what, String::new()) }
    }

    /// A request of a type that nobody has named.
    pub(super) fn nobody(arrival: &Arrival) -> Self {
        let lines = arrival.members().map(|names| format!("its members: {names}"));
        let what = match arrival.target() {
            Some(_) => UNPREPARED,
            None => "came, and nothing is prepared for it",
        };
        let names_others = arrival.target().is_some();
        Self { names_others, ..Self::new(what, lines.unwrap_or_default()) }
    }
}

impl From<Flaw> for Refused {
    fn from(Flaw { code, what }: Flaw) -> Self {
        Self { code, ..Self::new(format!("was called {what}"), String::new()) }
    }
}

impl From<Unread> for Refused {
    fn from(unread: Unread) -> Self {
        Self::unread(&unread)
    }
}
