//! Timestamps: numbers on the wire, writing, and conversions.

use std::time::{Duration, SystemTime};

use longshore_runtime::Timestamp;

fn read(wire: &str) -> Result<Timestamp, serde_json::Error> {
    serde_json::from_str(wire)
}

#[test]
fn epoch_seconds_are_read_exactly() {
    let table = [
        ("0", 0, 0),
        ("1398796238", 1_398_796_238, 0),
        ("1398796238.0", 1_398_796_238, 0),
        ("1398796238.25", 1_398_796_238, 250_000_000),
        ("1515531081.123456", 1_515_531_081, 123_456_000),
        ("1.4E9", 1_400_000_000, 0),
        ("-1", -1, 0),
        ("-0.5", -1, 500_000_000),
        ("0.9999999", 1, 0),
    ];
    for (wire, seconds, nanos) in table {
        assert_eq!(read(wire).ok(), Timestamp::new(seconds, nanos), "{wire}");
    }
    for wire in ["null", "1e300", "-1e300", "99999999999999999999", "[]", "{}", "true"] {
        assert!(read(wire).is_err(), "{wire}");
    }
}

#[test]
fn a_member_can_be_written_as_text() {
    use longshore_runtime::codec;

    #[derive(Clone, PartialEq)]
    struct Times {
        at: Timestamp,
        all: Vec<Timestamp>,
        dates: Vec<Option<Timestamp>>,
        date: Option<Timestamp>,
    }
    longshore_runtime::structure!(Times, {
        "at" => default(at as codec::DateTime, Timestamp::from_seconds(1)),
        "all" => value(all as codec::List<codec::DateTime>),
        "dates" => value(dates as codec::List<codec::Sparse<codec::HttpDate>>),
        "date" => some(date as codec::HttpDate),
    });
    let time = Timestamp::new(946_845_296, 123_000_000).expect("in range");
    let whole = Timestamp::from_seconds(946_845_296);
    let times = Times { at: time, all: vec![whole], dates: vec![None, Some(time)], date: None };
    let wire = serde_json::to_string(&times).expect("written");
    assert_eq!(
        wire,
        r#"{"at":"2000-01-02T20:34:56.123Z","all":["2000-01-02T20:34:56Z"],"#.to_owned()
            + r#""dates":[null,"Sun, 02 Jan 2000 20:34:56 GMT"]}"#
    );
    let mixed = r#"{"all":[946845296,"Sun, 02 Jan 2000 20:34:56 GMT"],"dates":["2000-01-02T20:34:56Z"],"date":946845296.123}"#;
    let expected = Times {
        at: Timestamp::from_seconds(1),
        all: vec![whole; 2],
        dates: vec![Some(whole)],
        date: Some(time),
    };
    assert_eq!(serde_json::from_str::<Times>(mixed).expect("read"), expected);
    for seconds in [i64::MIN, -62_135_596_801, 253_402_300_800, i64::MAX] {
        let times = Times { date: Some(Timestamp::from_seconds(seconds)), ..expected.clone() };
        let error = serde_json::to_string(&times).expect_err("refused").to_string();
        assert_eq!(error, "a timestamp outside the years 1 to 9999");
    }
}

#[test]
fn whole_seconds_are_written_without_a_fraction() {
    let write = |seconds, nanos| {
        serde_json::to_string(&Timestamp::new(seconds, nanos).expect("in range")).expect("written")
    };
    assert_eq!(write(1_398_796_238, 0), "1398796238");
    assert_eq!(write(1_398_796_238, 123_000_000), "1398796238.123");
    assert_eq!(write(-1, 500_000_000), "-0.5");
    for micros in (0..1_000_000).step_by(997) {
        let time = Timestamp::new(1_763_715_364, micros * 1000).expect("in range");
        let wire = serde_json::to_string(&time).expect("written");
        assert_eq!(read(&wire).expect("read"), time, "{wire}");
    }
}

#[test]
fn rfc_3339_is_read_and_written() {
    let table = [
        ("2014-04-29T18:30:38Z", 1_398_796_238, 0),
        ("2014-04-29T18:30:38.25Z", 1_398_796_238, 250_000_000),
        ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
    ];
    for (text, seconds, nanos) in table {
        let time = Timestamp::new(seconds, nanos).expect("in range");
        assert_eq!(time.to_string(), text);
        assert_eq!(text.parse(), Ok(time));
    }
    assert_eq!("2014-04-29T20:30:38+02:00".parse(), Ok(Timestamp::from_seconds(1_398_796_238)));
    assert!("yesterday".parse::<Timestamp>().is_err());
}

#[test]
fn system_time_is_converted_in_both_directions() {
    for (seconds, nanos) in [(0, 0), (5, 1), (-1, 500_000_000), (-7, 0), (1_700_000_000, 42)] {
        let time = Timestamp::new(seconds, nanos).expect("in range");
        let system = SystemTime::try_from(time).expect("in range");
        assert_eq!(Timestamp::from(system), time);
    }
    let before = SystemTime::UNIX_EPOCH - Duration::from_millis(1500);
    assert_eq!(Some(Timestamp::from(before)), Timestamp::new(-2, 500_000_000));
    assert_eq!(Timestamp::new(i64::MAX, 1_000_000_000), None);
    assert_eq!(Timestamp::new(1, 2_500_000_000), Timestamp::new(3, 500_000_000));
    assert!(Timestamp::default() < Timestamp::now());
}
