//! The Gregorian calendar: converts a date to a number of days and back.

/// A date, which need not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
}

impl Date {
    /// Returns the number of days since 1970-01-01, negative for earlier dates. Returns `None` if
    /// there is no such date.
    pub(super) fn days_since_1970(self) -> Option<i64> {
        let Self { year, month, day } = self;
        if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
            return None;
        }
        // Here a year begins in March, so that the leap day is its last day, and days are counted
        // from 0000-03-01.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        // From March on, the months have 31, 30, 31, 30 and 31 days, repeatedly.
        let day_of_year = (153 * month + 2) / 5 + day - 1;
        Some(year * 365 + leap_days + day_of_year - DAYS_UNTIL_1970)
    }

    /// Returns the date that is this number of days after 1970-01-01. This is the inverse of
    /// [`days_since_1970`](Self::days_since_1970).
    pub(super) fn from_days_since_1970(days: i64) -> Self {
        let days = days + DAYS_UNTIL_1970;
        let (cycle, day) = (days.div_euclid(CYCLE_DAYS), days.rem_euclid(CYCLE_DAYS));
        // Without the earlier leap days of the cycle, every year has 365 days. A leap day is the
        // last day of every 4 years, except every 100 years, but including the last of the 400
        // years.
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (year * 365 + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let year = cycle * CYCLE_YEARS + year;
        match month {
            0..=9 => Self { year, month: month + 3, day },
            _ => Self { year: year + 1, month: month - 9, day },
        }
    }

    /// Returns the day of the week; Monday is 0. The date must exist.
    pub(super) fn weekday(self) -> i64 {
        // 1970-01-01 was a Thursday.
        (self.days_since_1970().unwrap_or_default() + 3).rem_euclid(7)
    }
}

/// The number of years after which the calendar repeats.
pub(super) const CYCLE_YEARS: i64 = 400;

/// The number of days in these years.
pub(super) const CYCLE_DAYS: i64 = 146_097;

/// The number of days from 0000-03-01 to 1970-01-01.
const DAYS_UNTIL_1970: i64 = 719_468;

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Returns the year of a time in seconds since 1970. On the first and the last day of a year, it
/// may be the adjacent year.
pub(super) fn approximate_year(seconds: i64) -> i64 {
    const AVERAGE_YEAR: i64 = 31_556_952;
    1970 + seconds.div_euclid(AVERAGE_YEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let table = [
            ((1970, 1, 1), Some(0)),
            ((1969, 12, 31), Some(-1)),
            ((2000, 2, 29), Some(11_016)),
            ((2000, 3, 1), Some(11_017)),
            ((1900, 2, 28), Some(-25_509)),
            ((1900, 3, 1), Some(-25_508)),
            ((2023, 12, 14), Some(19_705)),
            ((1, 1, 1), Some(-719_162)),
            ((0, 1, 1), Some(-719_528)),
            ((9999, 12, 31), Some(2_932_896)),
            ((1900, 2, 29), None),
            ((2023, 4, 31), None),
            ((2023, 0, 1), None),
            ((2023, 13, 1), None),
            ((2023, 1, 0), None),
        ];
        for ((year, month, day), expected) in table {
            assert_eq!(
                Date { year, month, day }.days_since_1970(),
                expected,
                "{year}-{month}-{day}"
            );
        }
    }

    #[test]
    fn every_day_is_one_day_after_the_previous_one() {
        let mut previous = Date { year: 1899, month: 12, day: 31 }.days_since_1970();
        for year in 1900..=2101 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    let days = Date { year, month, day }.days_since_1970();
                    assert_eq!(days, previous.map(|days| days + 1), "{year}-{month}-{day}");
                    let date = Date { year, month, day };
                    assert_eq!(days.map(Date::from_days_since_1970), Some(date));
                    previous = days;
                }
            }
        }
    }

    #[test]
    fn every_number_of_days_is_a_date() {
        for days in (-719_162..=2_932_896).step_by(11) {
            let date = Date::from_days_since_1970(days);
            assert_eq!(date.days_since_1970(), Some(days), "{date:?}");
        }
    }

    #[test]
    fn the_year_of_a_time() {
        let table = [(0, 1970), (-86_400, 1969), (1_702_548_000, 2023), (-62_135_000_000, 1)];
        for (seconds, year) in table {
            assert_eq!(approximate_year(seconds), year, "{seconds}");
        }
    }
}
