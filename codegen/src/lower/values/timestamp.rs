//! Reads timestamps in the notations of models: seconds since 1970, RFC 3339, or an HTTP date.
//!
//! A timestamp is whole seconds since 1970 and nanoseconds. Years are Gregorian, from 0 to 9999.

use serde_json::Number;
use time::{
    OffsetDateTime,
    format_description::well_known::{Rfc2822, Rfc3339},
};

/// Reads seconds since 1970. The fraction is that of the shortest decimal representation, which is
/// what was written: `946845296.123` has 123,000,000 nanoseconds, although no `f64` has this value.
pub(in crate::lower) fn from_number(number: &Number) -> Option<(i64, u32)> {
    if let Some(seconds) = number.as_i64() {
        return Some((seconds, 0));
    }
    let number = number.as_f64()?;
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let seconds: i64 = whole.parse().ok()?;
    match (number < 0.0, nanos(fraction.get(..9).unwrap_or(fraction))?) {
        (false, nanos) => Some((seconds, nanos)),
        (true, 0) => Some((-seconds, 0)),
        (true, nanos) => Some((-seconds - 1, 1_000_000_000 - nanos)),
    }
}

/// `2020-01-01T12:34:56.5Z`, with any offset.
pub(in crate::lower) fn from_date_time(text: &str) -> Option<(i64, u32)> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(moment)
}

/// `Wed, 01 Jan 2020 12:34:56 GMT`; a fraction may follow the seconds, as Smithy allows.
pub(in crate::lower) fn from_http_date(text: &str) -> Option<(i64, u32)> {
    let (time, fraction) = match text.split_once('.') {
        None => (text.to_owned(), None),
        Some((before, behind)) => {
            let (fraction, zone) = behind.split_once(' ')?;
            (format!("{before} {zone}"), Some(fraction))
        }
    };
    // Mail dates allow other time zones; HTTP dates do not.
    let time = text.ends_with(" GMT").then_some(time)?;
    let (seconds, _) = OffsetDateTime::parse(&time, &Rfc2822).ok().map(moment)?;
    let nanos = fraction.map_or(Some(0), nanos)?;
    Some((seconds, nanos))
}

fn moment(time: OffsetDateTime) -> (i64, u32) {
    (time.unix_timestamp(), time.nanosecond())
}

/// Returns the nanoseconds for the digits after a decimal point.
fn nanos(fraction: &str) -> Option<u32> {
    let digits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| format!("{fraction:0<9}").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        let table = [
            ("1970-01-01T00:00:00Z", Some((0, 0))),
            ("2020-01-01T12:34:56.5Z", Some((1_577_882_096, 500_000_000))),
            ("2020-01-01t12:34:56z", Some((1_577_882_096, 0))),
            ("2020-01-01T13:34:56+01:00", Some((1_577_882_096, 0))),
            ("2020-01-01T00:04:56-12:30", Some((1_577_882_096, 0))),
            ("1969-12-31T23:59:59.25Z", Some((-1, 250_000_000))),
            ("2000-02-29T00:00:00Z", Some((951_782_400, 0))),
            ("0000-01-01T00:00:00Z", Some((-62_167_219_200, 0))),
            ("9999-12-31T23:59:59Z", Some((253_402_300_799, 0))),
            ("2001-02-29T00:00:00Z", None),
            ("2020-13-01T00:00:00Z", None),
            ("2020-01-00T00:00:00Z", None),
            ("2020-01-01T24:00:00Z", None),
            ("2020-01-01T00:00:00", None),
            ("2020-01-01T00:00:00.Z", None),
            ("2020-1-1T00:00:00Z", None),
            ("+020-01-01T00:00:00Z", None),
            ("2020-01-01", None),
            ("", None),
        ];
        for (text, wanted) in table {
            assert_eq!(from_date_time(text), wanted, "{text}");
        }
    }

    #[test]
    fn http_dates_are_read() {
        let table = [
            ("Wed, 01 Jan 2020 12:34:56 GMT", Some((1_577_882_096, 0))),
            ("Wed, 01 Jan 2020 12:34:56.5 GMT", Some((1_577_882_096, 500_000_000))),
            ("Wed, 01 Foo 2020 12:34:56 GMT", None),
            ("Wed, 31 Feb 2020 12:34:56 GMT", None),
            ("Wed, 01 Jan 2020 12:34:56", None),
            ("01 Jan 2020 12:34:56 GMT", Some((1_577_882_096, 0))),
        ];
        for (text, wanted) in table {
            assert_eq!(from_http_date(text), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_are_seconds() {
        let number = |value: f64| Number::from_f64(value).unwrap();
        assert_eq!(from_number(&Number::from(5)), Some((5, 0)));
        assert_eq!(from_number(&number(1.25)), Some((1, 250_000_000)));
        assert_eq!(from_number(&number(946_845_296.123)), Some((946_845_296, 123_000_000)));
        assert_eq!(from_number(&number(0.000_001)), Some((0, 1_000)));
        assert_eq!(from_number(&number(0.999_999_999_9)), Some((0, 999_999_999)));
        assert_eq!(from_number(&number(-0.5)), Some((-1, 500_000_000)));
        assert_eq!(from_number(&number(-3.0)), Some((-3, 0)));
        assert_eq!(from_number(&number(1e300)), None);
    }
}
