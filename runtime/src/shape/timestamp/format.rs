//! Writes and strictly reads the two text forms that the protocols specify: RFC 3339 and HTTP
//! dates.
//!
//! `text` also reads all other forms.

use std::fmt::Write;

use super::calendar::Date;
use super::utc::UtcTime;
use super::{Timestamp, text};

/// The text form of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// RFC 3339 in UTC, with up to six fractional digits.
    DateTime,
    /// The preferred date format of HTTP, without a fraction.
    HttpDate,
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Timestamp {
    /// Formats the timestamp. Returns `None` if the year is not between 1 and 9999.
    pub(crate) fn format(self, format: Format) -> Option<String> {
        let time = UtcTime::new(self.seconds)?;
        Some(match format {
            Format::DateTime => date_time(time, self.nanos / 1000 * 1000),
            Format::HttpDate => http_date(time),
        })
    }

    /// Reads RFC 3339 with any offset and any number of fractional digits.
    pub(super) fn parse_rfc3339(text: &str) -> Option<Self> {
        let offset = after_fraction(after(text, "0000-00-00t00:00:00")?)?;
        let is_offset = matches!(offset, "Z" | "z")
            || after(offset, "+00:00") == Some("")
            || after(offset, "-00:00") == Some("");
        is_offset.then(|| text::parse(text))?
    }

    /// Reads the preferred date format of HTTP, which all services send, with or without a
    /// fraction.
    pub(crate) fn from_http_date(text: &str) -> Option<Self> {
        let text = text.trim();
        let zone = after_fraction(after(text, "aaa, 00 aaa 0000 00:00:00")?)?;
        (zone == " GMT").then(|| text::parse(text))?
    }
}

pub(super) fn date_time(time: UtcTime, nanos: u32) -> String {
    let UtcTime { date: Date { year, month, day }, hour, minute, second } = time;
    let mut text = match year {
        0..=9999 => format!("{year:04}"),
        _ => format!("{year:+05}"),
    };
    // Writing to a string does not fail.
    let _ = write!(text, "-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if nanos > 0 {
        let _ = write!(text, ".{nanos:09}");
        text.truncate(text.trim_end_matches('0').len());
    }
    text.push('Z');
    text
}

fn http_date(time: UtcTime) -> String {
    let UtcTime { date, hour, minute, second } = time;
    let (year, day) = (date.year, date.day);
    let weekday = name(&WEEKDAYS, date.weekday());
    let month = name(&MONTHS, date.month - 1);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

fn name<'a>(names: &[&'a str], index: i64) -> &'a str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// Returns the text after a fraction of a second, or all of it if there is no fraction.
fn after_fraction(text: &str) -> Option<&str> {
    let Some(fraction) = text.strip_prefix('.') else { return Some(text) };
    let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < fraction.len()).then_some(rest)
}

/// Returns the text after a prefix that matches a pattern. In the pattern, `0` matches any digit,
/// `a` any letter, `t` a `t` or `T`, and any other character itself.
fn after<'a>(text: &'a str, pattern: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(pattern.len())?;
    let matches = start.bytes().zip(pattern.bytes()).all(|(byte, pattern)| match pattern {
        b'0' => byte.is_ascii_digit(),
        b't' => byte == b'T' || byte == b't',
        b'a' => byte.is_ascii_alphabetic(),
        _ => byte == pattern,
    });
    matches.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_are_written_and_read() {
        let table = [
            (0, 0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, 999_999_999, "1969-12-31T23:59:59.999999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
            (951_782_400, 50_000_000, "2000-02-29T00:00:00.05Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_763_726_400, 999, "2025-11-21T12:00:00Z", "Fri, 21 Nov 2025 12:00:00 GMT"),
            (-62_135_596_800, 0, "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"),
            (253_402_300_799, 0, "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ];
        for (seconds, nanos, text, date) in table {
            let time = Timestamp { seconds, nanos };
            assert_eq!(time.format(Format::DateTime).as_deref(), Some(text));
            assert_eq!(time.format(Format::HttpDate).as_deref(), Some(date));
            let read = Timestamp { seconds, nanos: nanos / 1000 * 1000 };
            assert_eq!(Timestamp::parse_rfc3339(text), Some(read), "{text}");
            assert_eq!(Timestamp::from_http_date(date), Some(Timestamp::from_seconds(seconds)));
        }
    }

    #[test]
    fn only_rfc_3339_is_read() {
        for (text, nanos) in [
            ("2025-11-21T12:00:00.123456789Z", 123_456_789),
            ("2025-11-21t12:00:00z", 0),
            ("2025-11-21T12:00:00+00:00", 0),
            ("2025-11-21T10:30:00.5-01:30", 500_000_000),
        ] {
            let expected = Timestamp::new(1_763_726_400, nanos);
            assert_eq!(Timestamp::parse_rfc3339(text), expected, "{text}");
        }
        for text in [
            "",
            "2025-11-21",
            "2025-11-21 12:00:00Z",
            "2025-11-21T12:00:00",
            "2025-11-21T12:00Z",
            "2025-11-21T12:00:00.Z",
            "2025-11-21T12:00:00+0000",
            "2025-11-21T12:00:00ZZ",
            "2025-13-21T12:00:00Z",
            "2025-11-21T25:00:00Z",
            "2025-11-21T12:00:00é",
            "Fri, 21 Nov 2025 12:00:00 GMT",
        ] {
            assert_eq!(Timestamp::parse_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn only_the_preferred_http_date_is_read() {
        let expected = Some(Timestamp::from_seconds(1_763_726_400));
        assert_eq!(Timestamp::from_http_date(" Fri, 21 Nov 2025 12:00:00 GMT "), expected);
        let expected = Timestamp::new(1_763_726_400, 250_000_000);
        assert_eq!(Timestamp::from_http_date("Fri, 21 Nov 2025 12:00:00.25 GMT"), expected);
        for text in [
            "",
            "Fri, 21 Nov 2025 12:00:00",
            "Fri, 21 Nov 2025 12:00:00 GMT+1",
            "Fri, 21 Nov 2025 12:00:00 UTC",
            "Fri, 21 Nov 2025 12:00:00. GMT",
            "Fri, 21 Nov 2025 12:00:00 GMT, 21 Nov 2025",
            "Fri, 21 Nov 2025 12:00:00 GMT (the time of a proxy)",
            "Fri, 31 Feb 2025 12:00:00 GMT",
            "Friday, 21-Nov-25 12:00:00 GMT",
            "Fri Nov 21 12:00:00 2025",
            "2025-11-21T12:00:00Z",
        ] {
            assert_eq!(Timestamp::from_http_date(text), None, "{text}");
        }
    }
}
