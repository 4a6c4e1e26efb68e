//! The date in a text: which of its parts is the year, the month and the day.

use crate::shape::timestamp::calendar::Date;

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    value: i64,
    kind: PartKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartKind {
    /// The name of a month.
    MonthName,
    /// Four digits, which are always a year.
    Year,
    /// One or two digits.
    Number,
}

impl Part {
    /// Creates a part from 1, 2 or 4 digits. Returns `None` for any other number of digits.
    pub(super) fn number(digits: &str) -> Option<Self> {
        let kind = match digits.len() {
            1 | 2 => PartKind::Number,
            4 => PartKind::Year,
            _ => return None,
        };
        Some(Self { value: digits.parse().ok()?, kind })
    }

    pub(super) fn month(month: i64) -> Self {
        Self { value: month, kind: PartKind::MonthName }
    }
}

/// Up to three parts of a date, in the order of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct DateParts {
    parts: [Option<Part>; 3],
}

impl DateParts {
    /// Splits eight digits.
    pub(super) fn compact(digits: &str) -> Option<Self> {
        let part = |range| Part::number(digits.get(range)?);
        Some(Self { parts: [Some(part(0..4)?), Some(part(4..6)?), Some(part(6..8)?)] })
    }

    /// Adds a part. Returns `None` if there are three already.
    pub(super) fn push(&mut self, part: Part) -> Option<()> {
        *self.parts.iter_mut().find(|slot| slot.is_none())? = Some(part);
        Some(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts[0].is_none()
    }

    pub(super) fn is_complete(&self) -> bool {
        self.parts[2].is_some()
    }

    /// Returns the date. `current_year` is called only for a year of two digits.
    pub(super) fn resolve(self, current_year: impl FnOnce() -> i64) -> Option<Date> {
        let [Some(first), Some(second), Some(third)] = self.parts else { return None };
        match (first.kind, second.kind, third.kind) {
            (PartKind::MonthName, ..) => with_month(first, [third, second], current_year),
            (_, PartKind::MonthName, _) => with_month(second, [third, first], current_year),
            (.., PartKind::MonthName) => with_month(third, [first, second], current_year),
            (PartKind::Year, ..) => numeric(first, second, third),
            // As in the United States, the month is first, unless the first number can only be a
            // day.
            (.., PartKind::Year) if first.value <= 12 => numeric(third, first, second),
            (.., PartKind::Year) => numeric(third, second, first),
            // Three numbers of two digits have at least three possible orders.
            _ => None,
        }
    }
}

/// A date whose month is a name. Of the other parts, the one that is more likely the year is first.
fn with_month(
    month: Part,
    [likely, unlikely]: [Part; 2],
    current_year: impl FnOnce() -> i64,
) -> Option<Date> {
    let is_year = |part: Part| part.kind == PartKind::Year || part.value > 31;
    let (year, day) = match is_year(unlikely) {
        true => (unlikely, likely),
        false => (likely, unlikely),
    };
    let full = match year.kind {
        PartKind::Year => year.value,
        PartKind::Number => full_year(year.value, current_year()),
        PartKind::MonthName => return None,
    };
    let day = (day.kind == PartKind::Number).then_some(day.value)?;
    Some(Date { year: full, month: month.value, day })
}

fn numeric(year: Part, month: Part, day: Part) -> Option<Date> {
    let is_number = |part: Part| part.kind == PartKind::Number;
    (is_number(month) && is_number(day)).then_some(Date {
        year: year.value,
        month: month.value,
        day: day.value,
    })
}

/// Completes a year of two digits: the closest one that is less than 50 years in the future
/// (RFC 9110, section 5.6.7).
fn full_year(two_digits: i64, current_year: i64) -> i64 {
    let year = current_year.div_euclid(100) * 100 + two_digits;
    if year >= current_year + 50 {
        year - 100
    } else if year < current_year - 50 {
        year + 100
    } else {
        year
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_two_digits_are_less_than_50_years_in_the_future() {
        let table = [
            (2026, 75, 2075),
            (2026, 76, 1976),
            (2026, 94, 1994),
            (2026, 0, 2000),
            (1999, 0, 2000),
            (1999, 48, 2048),
            (1999, 49, 1949),
            (2080, 29, 2129),
            (2080, 30, 2030),
            (2050, 0, 2000),
            (2051, 0, 2100),
        ];
        for (current, two_digits, expected) in table {
            assert_eq!(full_year(two_digits, current), expected, "{two_digits} in {current}");
        }
    }

    #[test]
    fn the_current_year_is_only_needed_for_two_digits() {
        let date = |parts: [&str; 3]| {
            let part = |text: &str| Part::number(text).unwrap_or(Part::month(12));
            let parts = parts.map(|text| Some(part(text)));
            DateParts { parts }.resolve(|| panic!("not needed"))
        };
        let expected = Some(Date { year: 2023, month: 12, day: 14 });
        for parts in [
            ["2023", "12", "14"],
            ["12", "14", "2023"],
            ["14", "12", "2023"],
            ["14", "Dec", "2023"],
            ["Dec", "14", "2023"],
            ["2023", "Dec", "14"],
            ["2023", "14", "Dec"],
        ] {
            assert_eq!(date(parts), expected, "{parts:?}");
        }
        for parts in [["1", "2", "3"], ["12", "2023", "14"], ["Dec", "Dec", "2023"]] {
            assert_eq!(date(parts), None, "{parts:?}");
        }
    }
}
