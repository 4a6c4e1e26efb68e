//! Points in time, as models write them: seconds since 1970, RFC 3339, or an HTTP date.
//!
//! A point is whole seconds since 1970 and nanoseconds after them. Years are those of the Gregorian
//! calendar, 0 to 9999.

use serde_json::Number;

const DAY: i64 = 86_400;
const NANOS: f64 = 1e9;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Seconds since 1970.
pub(super) fn from_number(number: &Number) -> Option<(i64, u32)> {
    if let Some(seconds) = number.as_i64() {
        return Some((seconds, 0));
    }
    let number = number.as_f64().filter(|number| number.abs() < 9.2e18)?;
    let nanos = ((number - number.floor()) * NANOS).round();
    let carried = nanos >= NANOS;
    let seconds = number.floor() as i64 + i64::from(carried);
    Some((seconds, if carried { 0 } else { nanos as u32 }))
}

/// `2020-01-01T12:34:56.5Z`, with any offset.
pub(super) fn from_date_time(text: &str) -> Option<(i64, u32)> {
    let (date, time) = text.split_once(['T', 't'])?;
    let [year, month, day] = parts(date, '-', [4, 2, 2])?;
    let (time, offset) = split_offset(time)?;
    let (seconds, nanos) = seconds_of_day(time)?;
    Some((days(year, month, day)? * DAY + seconds - offset, nanos))
}

/// `Wed, 01 Jan 2020 12:34:56 GMT`
pub(super) fn from_http_date(text: &str) -> Option<(i64, u32)> {
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.strip_suffix(" GMT")?.split(' ');
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let (seconds, nanos) = seconds_of_day(words.next()?)?;
    let days = days(digits(year, 4)?, i64::try_from(month).ok()?, digits(day, 2)?)?;
    words.next().is_none().then_some((days * DAY + seconds, nanos))
}

/// RFC 3339 where the year has four digits, otherwise the seconds.
pub(super) fn text(seconds: i64, nanos: u32) -> String {
    let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = date(days);
    if !(0..=9999).contains(&year) {
        return seconds.to_string();
    }
    let fraction = match nanos {
        0 => String::new(),
        nanos => format!(".{nanos:09}").trim_end_matches('0').to_owned(),
    };
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// `12:34:56.5` and the seconds that its offset is east of Greenwich.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let at = time.rfind(['+', '-'])?;
    let (time, offset) = time.split_at(at);
    let (sign, offset) = offset.split_at(1);
    let [hours, minutes] = parts(offset, ':', [2, 2])?;
    let seconds = (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
    Some((time, if sign == "-" { -seconds } else { seconds }))
}

fn seconds_of_day(time: &str) -> Option<(i64, u32)> {
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hours, minutes, seconds] = parts(time, ':', [2, 2, 2])?;
    // A leap second is the first one of the next minute.
    let sound = hours < 24 && minutes < 60 && seconds <= 60;
    let digits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    let nanos = format!("{fraction:0<9}");
    (sound && digits).then_some(())?;
    Some((hours * 3600 + minutes * 60 + seconds, nanos.parse().ok()?))
}

fn parts<const N: usize>(text: &str, sign: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut words = text.split(sign);
    for (number, width) in numbers.iter_mut().zip(widths) {
        *number = digits(words.next()?, width)?;
    }
    words.next().is_none().then_some(numbers)
}

fn digits(text: &str, width: usize) -> Option<i64> {
    let sound = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

/// The days from 1970 to a date; nothing where there is no such date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    // Counted from the first of March, so that a leap day is the last one of its year.
    let (from_march, shifted) = if month > 2 { (month - 3, year) } else { (month + 9, year - 1) };
    let (era, in_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let in_year = (153 * from_march + 2) / 5 + day - 1;
    let days = era * 146_097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719_468;
    (date(days) == (year, month, day)).then_some(days)
}

/// The date so many days from 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, in_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (in_era - in_era / 1_460 + in_era / 36_524 - in_era / 146_096) / 365;
    let in_year = in_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * in_year + 2) / 153;
    let day = in_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + i64::from(month < 3), month, day)
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
            ("01 Jan 2020 12:34:56 GMT", None),
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
        assert_eq!(from_number(&number(-0.5)), Some((-1, 500_000_000)));
        assert_eq!(from_number(&number(0.999_999_999_9)), Some((1, 0)));
        assert_eq!(from_number(&number(1e300)), None);
    }

    #[test]
    fn times_are_written_as_they_are_read() {
        for text in ["1969-12-31T23:59:59.25Z", "2000-02-29T01:02:03Z", "9999-12-31T23:59:59Z"] {
            let (seconds, nanos) = from_date_time(text).unwrap();
            assert_eq!(super::text(seconds, nanos), text);
        }
        assert_eq!(super::text(i64::MAX, 0), i64::MAX.to_string());
    }
}
