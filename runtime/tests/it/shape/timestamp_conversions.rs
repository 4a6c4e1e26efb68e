//! Conversions between timestamps and the types of `chrono`, `jiff` and `time`.

use std::fmt::Debug;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use jiff::{ZonedDateTime, tz};
use longshore_runtime::{Timestamp, TimestampRangeError, setters, structure};
use time::{OffsetDateTime, PrimitiveDateTime, UtcDateTime, UtcOffset};

use super::at;

/// Timestamps that all of the types can represent.
const COMMON: [(i64, u32); 9] = [
    (0, 0),
    (0, 1),
    (-1, 999_999_999),
    (-1, 0),
    (-2, 1),
    (1_700_000_000, 123_456_789),
    (-62_135_596_800, 0),
    (-62_135_596_801, 999_999_999),
    (253_402_200_000, 999_999_999),
];

const NANO: std::time::Duration = std::time::Duration::from_nanos(1);

/// Checks that the limits of a type convert in both directions, and that the timestamps outside of
/// them are errors.
fn check_limits<T>(min: T, max: T, name: &str)
where
    T: Clone + Debug + PartialEq + TryFrom<Timestamp, Error = TimestampRangeError>,
    Timestamp: From<T>,
{
    for limit in [&min, &max] {
        let timestamp = Timestamp::from(limit.clone());
        assert_eq!(T::try_from(timestamp).as_ref(), Ok(limit));
    }
    let outside = [Timestamp::from(min) - NANO, Timestamp::from(max) + NANO];
    for timestamp in outside.into_iter().chain([at(i64::MIN, 0), at(i64::MAX, 999_999_999)]) {
        let error = T::try_from(timestamp).expect_err("out of range");
        assert_eq!(error.timestamp(), timestamp);
        assert_eq!(
            error.to_string(),
            format!("the timestamp {timestamp} is out of range for {name}")
        );
    }
}

#[test]
fn chrono_is_exact_in_both_directions() {
    for (seconds, nanos) in COMMON {
        let timestamp = at(seconds, nanos);
        let time = DateTime::<Utc>::try_from(timestamp).expect("in range");
        assert_eq!((time.timestamp(), time.timestamp_subsec_nanos()), (seconds, nanos));
        assert_eq!(Timestamp::from(time), timestamp);
        let east = FixedOffset::east_opt(5 * 3600 + 1800).expect("an offset");
        assert_eq!(Timestamp::from(time.with_timezone(&east)), timestamp);
    }
    check_limits(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, "chrono::DateTime");
}

/// A leap second becomes the second after it, as in text.
#[test]
fn leap_seconds_of_chrono_have_a_timestamp() {
    let leap_second = Utc.timestamp_opt(1_483_228_799, 1_500_000_000).single().expect("a time");
    assert_eq!(Timestamp::from(leap_second), at(1_483_228_800, 500_000_000));
    assert_eq!("2016-12-31T23:59:60.5Z".parse(), Ok(at(1_483_228_800, 500_000_000)));
}

#[test]
fn jiff_is_exact_in_both_directions() {
    for (seconds, nanos) in COMMON {
        let timestamp = at(seconds, nanos);
        let time = jiff::Timestamp::try_from(timestamp).expect("in range");
        let total = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        assert_eq!(time.as_nanosecond(), total);
        assert_eq!(Timestamp::from(time), timestamp);
        let zone = tz::Offset::constant(-11).to_time_zone();
        let zoned = ZonedDateTime::new(time, zone);
        assert_eq!((Timestamp::from(&zoned), Timestamp::from(zoned)), (timestamp, timestamp));
    }
    check_limits(jiff::Timestamp::MIN, jiff::Timestamp::MAX, "jiff::Timestamp");
}

#[test]
fn time_is_exact_in_both_directions() {
    for (seconds, nanos) in COMMON {
        let timestamp = at(seconds, nanos);
        let time = OffsetDateTime::try_from(timestamp).expect("in range");
        assert_eq!((time.unix_timestamp(), time.nanosecond()), (seconds, nanos));
        assert_eq!(time.offset(), UtcOffset::UTC);
        assert_eq!(Timestamp::from(time), timestamp);
        let west = UtcOffset::from_hms(-9, -30, 0).expect("an offset");
        assert_eq!(Timestamp::from(time.to_offset(west)), timestamp);
        let utc = UtcDateTime::try_from(timestamp).expect("in range");
        assert_eq!((utc.unix_timestamp(), utc.nanosecond()), (seconds, nanos));
        assert_eq!(Timestamp::from(utc), timestamp);
    }
    let (min, max) = (PrimitiveDateTime::MIN.assume_utc(), PrimitiveDateTime::MAX.assume_utc());
    check_limits(min, max, "time::OffsetDateTime");
    check_limits(UtcDateTime::MIN, UtcDateTime::MAX, "time::UtcDateTime");
}

#[test]
fn random_timestamps_convert_to_the_same_nanosecond() {
    let mut random = fastrand::Rng::with_seed(86);
    for _ in 0..1_000 {
        let seconds = random.i64(-377_000_000_000..253_000_000_000);
        let timestamp = at(seconds, random.u32(0..1_000_000_000));
        let chrono = DateTime::<Utc>::try_from(timestamp).expect("in range");
        let jiff = jiff::Timestamp::try_from(timestamp).expect("in range");
        let time = OffsetDateTime::try_from(timestamp).expect("in range");
        assert_eq!(jiff.as_nanosecond(), time.unix_timestamp_nanos());
        let back: [Timestamp; 3] = [chrono.into(), jiff.into(), time.into()];
        assert_eq!(back, [timestamp; 3]);
    }
}

#[derive(Clone, PartialEq)]
struct Span {
    start: Option<Timestamp>,
    ends: Option<Vec<Timestamp>>,
}
structure!(Span, Default, { "start" => some(start), "ends" => some(ends) });
setters!(Span, {
    /// The start.
    start => option(Timestamp),
    /// The ends.
    ends => option(Vec<Timestamp>),
});

#[test]
fn setters_take_the_types_of_other_crates() {
    let timestamp = at(1_700_000_000, 5);
    let chrono = DateTime::<Utc>::try_from(timestamp).expect("in range");
    let jiff = jiff::Timestamp::try_from(timestamp).expect("in range");
    let time = OffsetDateTime::try_from(timestamp).expect("in range");
    let expected = Span { start: Some(timestamp), ends: Some(vec![timestamp]) };
    assert!(Span::default().start(chrono).ends([jiff]) == expected);
    assert!(Span::default().start(Some(time)).ends(Some([time])) == expected);
    assert!(Span::default().start(None::<jiff::Timestamp>) == Span::default());
}
