//! Adding and subtracting durations.

use std::time::{Duration, SystemTime};

use longshore_runtime::Timestamp;

use super::at;

const MIN: Timestamp = Timestamp::from_seconds(i64::MIN);

fn max() -> Timestamp {
    at(i64::MAX, 999_999_999)
}

#[test]
fn a_duration_is_added_and_subtracted() {
    let table = [
        (at(0, 0), Duration::ZERO, at(0, 0)),
        (at(5, 0), Duration::from_secs(60), at(65, 0)),
        (at(5, 600_000_000), Duration::from_millis(400), at(6, 0)),
        (at(5, 600_000_000), Duration::from_millis(1600), at(7, 200_000_000)),
        (at(-1, 500_000_000), Duration::from_millis(499), at(-1, 999_000_000)),
        (at(-1, 500_000_000), Duration::from_nanos(500_000_001), at(0, 1)),
        (at(-10, 0), Duration::from_secs(3), at(-7, 0)),
        (MIN, Duration::new(u64::MAX, 999_999_999), max()),
    ];
    for (start, duration, end) in table {
        assert_eq!(start.checked_add(duration), Some(end));
        assert_eq!(end.checked_sub(duration), Some(start));
        assert_eq!((start + duration, end - duration), (end, start));
        let (mut forward, mut back) = (start, end);
        forward += duration;
        back -= duration;
        assert_eq!((forward, back), (end, start));
        assert_eq!(end.checked_duration_since(start), Some(duration));
        assert_eq!(end.saturating_duration_since(start), duration);
        if !duration.is_zero() {
            assert!(start < end);
            assert_eq!(start.checked_duration_since(end), None);
            assert_eq!(start.saturating_duration_since(end), Duration::ZERO);
        }
    }
}

#[test]
fn a_result_out_of_range_is_none() {
    let nano = Duration::from_nanos(1);
    assert_eq!(max().checked_add(nano), None);
    assert_eq!(max().checked_add(Duration::MAX), None);
    assert_eq!(at(0, 0).checked_add(Duration::from_secs(u64::MAX)), None);
    assert_eq!(MIN.checked_sub(nano), None);
    assert_eq!(MIN.checked_sub(Duration::MAX), None);
    assert_eq!(at(0, 0).checked_sub(Duration::from_secs(u64::MAX)), None);
    assert_eq!(max().checked_sub(nano), Some(at(i64::MAX, 999_999_998)));
    assert_eq!(MIN.checked_add(nano), Some(at(i64::MIN, 1)));
}

#[test]
#[should_panic(expected = "overflow when adding a duration to a timestamp")]
fn an_overflow_of_plus_panics() {
    let _ = max() + Duration::from_nanos(1);
}

#[test]
#[should_panic(expected = "overflow when subtracting a duration from a timestamp")]
fn an_overflow_of_minus_panics() {
    let _ = MIN - Duration::from_nanos(1);
}

#[test]
fn results_agree_with_system_time() {
    let times = [at(0, 0), at(1_700_000_000, 999_999_999), at(-5, 1), at(-5, 500_000_000)];
    let durations = [0, 1, 999_999_999, 1_000_000_000, 1_500_000_001, 7_200_000_000_003];
    for time in times {
        let system = SystemTime::try_from(time).expect("in range");
        for duration in durations.map(Duration::from_nanos) {
            assert_eq!(time + duration, Timestamp::from(system + duration));
            assert_eq!(time - duration, Timestamp::from(system - duration));
        }
    }
}
