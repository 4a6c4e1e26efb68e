//! The words in a date: months, weekdays, zones, halves of the day, and filler words.

use super::clock::Half;
use super::scanner::Scanner;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Words in written dates, such as `14th of December 2023 at 10:00`.
const SKIPPED: [&str; 7] = ["at", "on", "of", "st", "nd", "rd", "th"];

/// The names of UTC. Names of other zones are not unique: `IST` and `CST` have three meanings each.
const UTC: [&str; 4] = ["Z", "UTC", "GMT", "UT"];

/// The meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The number of a month, from 1.
    Month(i64),
    Utc,
    HalfOfDay(Half),
    /// `T` between a date and a time.
    TimeFollows,
    /// A filler word, or a weekday, which is not compared with the date.
    Skipped,
}

impl Word {
    /// Returns the meaning of `text`, or `None` if it is not a known word. Takes the rest of `a.m.`
    /// and `p.m.` from `scanner`.
    pub(super) fn of(text: &str, scanner: &mut Scanner<'_>) -> Option<Self> {
        let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
        if let Some(month) = Self::month(text) {
            Some(Self::Month(month))
        } else if is_one_of(&UTC) {
            Some(Self::Utc)
        } else if is_one_of(&["T"]) {
            Some(Self::TimeFollows)
        } else if is_one_of(&SKIPPED) || WEEKDAYS.iter().any(|day| is_name(text, day)) {
            Some(Self::Skipped)
        } else {
            Self::half_of_day(text, scanner).map(Self::HalfOfDay)
        }
    }

    /// Returns the number of the month with this name or abbreviation.
    pub(super) fn month(text: &str) -> Option<i64> {
        let index = MONTHS.iter().position(|month| is_name(text, month));
        let index = index.or_else(|| text.eq_ignore_ascii_case("sept").then_some(8))?;
        i64::try_from(index + 1).ok()
    }

    pub(super) fn is_half_of_day(&self) -> bool {
        matches!(self, Self::HalfOfDay(_))
    }

    fn half_of_day(text: &str, scanner: &mut Scanner<'_>) -> Option<Half> {
        let half = match text.as_bytes().first()?.to_ascii_lowercase() {
            b'a' => Half::BeforeNoon,
            b'p' => Half::AfterNoon,
            _ => return None,
        };
        let complete = match text.len() {
            1 => scanner.take_sign('.') && scanner.take_word("m"),
            2 => text.ends_with(['m', 'M']),
            _ => false,
        };
        complete.then_some(half)
    }
}

/// Returns true if `text` is the name or its first three letters.
fn is_name(text: &str, name: &str) -> bool {
    text.eq_ignore_ascii_case(name) || text.eq_ignore_ascii_case(&name[..3])
}
