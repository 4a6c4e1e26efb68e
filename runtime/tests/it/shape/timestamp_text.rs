//! The text forms in which timestamps are read, whatever form the model specifies.

use longshore_runtime::{Timestamp, codec};

fn read(text: &str) -> Result<Timestamp, serde_json::Error> {
    serde_json::from_value(text.into())
}

/// 2023-12-14T10:00:00Z.
const TEN: i64 = 1_702_548_000;

/// The midnight before [`TEN`].
const MIDNIGHT: i64 = 1_702_512_000;

#[test]
fn every_known_form_is_read() {
    let table: &[(&str, i64, u32)] = &[
        // Numbers in quotes.
        ("1702548000", TEN, 0),
        ("1702548000.0", TEN, 0),
        ("1702548000.123456", TEN, 123_456_000),
        ("1.702548e9", TEN, 0),
        ("-1.5", -2, 500_000_000),
        ("+5", 5, 0),
        (".5", 0, 500_000_000),
        ("5.", 5, 0),
        (" 5 ", 5, 0),
        ("10", 10, 0),
        ("2023", 2023, 0),
        ("20231214", 20_231_214, 0),
        ("-62135596800", -62_135_596_800, 0),
        ("253402300799", 253_402_300_799, 0),
        // RFC 3339 and variations of it.
        ("2023-12-14T10:00:00Z", TEN, 0),
        ("2023-12-14t10:00:00z", TEN, 0),
        ("2023-12-14T10:00:00.123456Z", TEN, 123_456_000),
        ("2023-12-14T10:00:00.123456789123Z", TEN, 123_456_789),
        ("2023-12-14T10:00:00,5Z", TEN, 500_000_000),
        ("2023-12-14T10:00:00.+00:00", TEN, 0),
        ("2023-12-14T10:00:00.123456", TEN, 123_456_000),
        ("2023-12-14T10:00:00", TEN, 0),
        ("2023-12-14 10:00:00", TEN, 0),
        ("2023-12-14 10:00:00+00:00", TEN, 0),
        ("2023-12-14 10:00:00 UTC", TEN, 0),
        ("2023-12-14 10:00:00 utc", TEN, 0),
        ("2023-12-14 10:00:00.5 +0000 UTC", TEN, 500_000_000),
        ("2023-12-14T10:00Z", TEN, 0),
        ("2023-12-14T10:00.5Z", TEN + 30, 0),
        ("2023-12-14T10Z", TEN, 0),
        ("2023-12-14T1:2:3Z", MIDNIGHT + 3723, 0),
        ("2023-1-2T03:04:05Z", 1_672_628_645, 0),
        ("2023-12-14", MIDNIGHT, 0),
        ("2024-02-29T00:00:00Z", 1_709_164_800, 0),
        ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
        ("9999-12-31T23:59:59.5Z", 253_402_300_799, 500_000_000),
        // Offsets.
        ("2023-12-14T15:30:00+05:30", TEN, 0),
        ("2023-12-14T15:30:00+0530", TEN, 0),
        ("2023-12-14T15:30:00 +05:30", TEN, 0),
        ("2023-12-14T15:00:00+05", TEN, 0),
        ("2023-12-14T15:00:00+5", TEN, 0),
        ("2023-12-14T02:00:00.5-08:00", TEN, 500_000_000),
        ("2023-12-14T10:00:00-00:00", TEN, 0),
        ("2023-12-15T09:59:00+23:59", TEN, 0),
        // Leap seconds.
        ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
        ("2017-01-01T05:29:60.5+05:30", 1_483_228_800, 500_000_000),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800, 0),
        // ISO 8601 without separators.
        ("20231214T100000Z", TEN, 0),
        ("20231214T100000.5Z", TEN, 500_000_000),
        ("20231214T1000Z", TEN, 0),
        ("20231214T10Z", TEN, 0),
        ("20231214 100000", TEN, 0),
        ("20231214T10:00:00Z", TEN, 0),
        ("2023-12-14T100000Z", TEN, 0),
        ("20231214100000", TEN, 0),
        ("20231214100000Z", TEN, 0),
        ("20231214110000+0100", TEN, 0),
        ("202312141000Z", TEN, 0),
        // HTTP: the preferred form, RFC 850, and asctime.
        ("Thu, 14 Dec 2023 10:00:00 GMT", TEN, 0),
        ("Thu, 14 Dec 2023 10:00:00.1234567891 GMT", TEN, 123_456_789),
        ("Thursday, 14-Dec-2023 10:00:00 GMT", TEN, 0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777, 0),
        ("Sun Nov  6 08:49:37 1994", 784_111_777, 0),
        // Email.
        ("Thu, 14 Dec 2023 10:00:00 UT", TEN, 0),
        ("Thu, 14 Dec 2023 10:00:00 +0000", TEN, 0),
        ("Thu, 14 Dec 2023 02:00:00 -0800 (PST)", TEN, 0),
        ("Thu, 14 Dec 2023 10:00 GMT", TEN, 0),
        ("Thu,14 Dec 2023 10:00:00", TEN, 0),
        ("14 Dec 2023 10:00:00 GMT", TEN, 0),
        ("14 Dec 94 10:00:00 GMT", 787_399_200, 0),
        ("thu, 14 dec 2023 10:00:00 gmt", TEN, 0),
        // Programming languages and people.
        ("Thu Dec 14 10:00:00 UTC 2023", TEN, 0),
        ("Thu Dec 14 2023 10:00:00 GMT+0000 (Coordinated Universal Time)", TEN, 0),
        ("Dec 14, 2023 10:00:00 AM", TEN, 0),
        ("Dec 14, 2023, 10:00:00\u{202f}AM", TEN, 0),
        ("Dec. 14, 2023 10:00", TEN, 0),
        ("December 14th, 2023 at 10:00:00 a.m. UTC", TEN, 0),
        ("14th of December 2023", MIDNIGHT, 0),
        ("14. Dec 2023", MIDNIGHT, 0),
        ("14-Dec-2023", MIDNIGHT, 0),
        ("2023-Dec-14", MIDNIGHT, 0),
        ("Dec/14/2023", MIDNIGHT, 0),
        ("14 Sept 2023", 1_694_649_600, 0),
        ("14Dec2023", MIDNIGHT, 0),
        ("99-01-Jan", 915_148_800, 0),
        ("2023/12/14 10:00:00", TEN, 0),
        ("2023.12.14 10:00:00", TEN, 0),
        ("2023 12 14", MIDNIGHT, 0),
        ("12/14/2023 10:00:00", TEN, 0),
        ("14.12.2023 10:00:00", TEN, 0),
        ("12-14-2023 10pm", MIDNIGHT + 22 * 3600, 0),
        ("12/14/2023 12:30am", MIDNIGHT + 1800, 0),
        ("12/14/2023 12:30 p.m.", MIDNIGHT + 12 * 3600 + 1800, 0),
        ("01/02/2023", 1_672_617_600, 0),
        ("10:00:00 2023-12-14", TEN, 0),
        ("10:00:00Z, 14 Dec 2023", TEN, 0),
    ];
    for (text, seconds, nanos) in table {
        assert_eq!(read(text).ok(), Timestamp::new(*seconds, *nanos), "{text}");
    }
}

#[test]
fn other_text_is_an_error() {
    let long = "9".repeat(100_000);
    let table = [
        "",
        " ",
        "yesterday",
        "null",
        // Numbers out of range, and text that only looks like a number.
        "253402300800",
        "-62135596801",
        "1702548000000",
        "99999999999999999999",
        "1e400",
        "inf",
        "nan",
        "0x10",
        "1_000",
        "1702548000s",
        &long,
        // There is no such date, time or zone.
        "2023-02-29T10:00:00Z",
        "2000-13-02T20:34:56Z",
        "2023-00-10T10:00:00Z",
        "2023-01-32",
        "10000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-00:01",
        "-0001-01-01T00:00:00Z",
        "2023-12-14T24:00:00Z",
        "2023-12-14T10:60:00Z",
        "2023-12-14T10:00:60Z",
        "2023-12-14T23:59:61Z",
        "2023-12-14T10:00:00+24:00",
        "2023-12-14T10:00:00+05:60",
        "2023-12-14T10:00:00+000",
        "2023-12-14T10:00:00+05:30:15",
        "2023-12-14T10:00:00 + 01:00",
        "12/14/2023 13:00 PM",
        "Sun, 31 Feb 2000 20:34:56 GMT",
        // Parts are missing, so the current date would have to complete them.
        "2023-12",
        "12-14",
        "Dec 2023",
        "Dec 14",
        "Thu",
        "10:00",
        "10:00:00Z",
        "GMT",
        // Parts occur twice or contradict each other.
        "2023-12-14T10:00:00Z 11:00",
        "2023-12-14-10.00.00",
        "2023-12-14 2023-12-14",
        "2023-12-14T10:00:00+01:00Z",
        "2023-12-14T10:00:00 AM PM",
        // Readers disagree.
        "01/02/03",
        "13/02/03",
        "99/02/03",
        "231214T100000Z",
        "1-1-1",
        "2023-12-14T10:00:00 EST",
        "Sun, 02 Jan 2000 20:34:56 CET",
        "Thu Dec 14 2023 10:00:00 GMT+0100",
        "2023-12-14T10:00:00UTC-01:00",
        "2023-12-14T10:00:00 A",
        // Not a date and a time.
        "2023-12-14Z",
        "2023-W50-4",
        "2023-348",
        "2023-12-14_10:00:00",
        "2023-12-14T10:00:00(UTC)",
        "2023-12-14T10:00:00Z (UTC",
        "2023-12-14T10:00:00\u{2212}05:00",
        "\u{661}\u{667}\u{660}",
        "2000-01-02T20:34:5é",
        "Sun, 0é Jan 2000 20:34:56 GMT",
        "Sun, 02 Jan 2000 20:34:56.+1 GMT",
        "Sun, 02 Jan 2000 20:34:56.1.2 GMT",
        "/Date(1702548000000)/",
        "2023-12-14 10h30m15s",
    ];
    for text in table {
        let error = read(text).expect_err(text).to_string();
        assert!(error.starts_with("expected a timestamp, found a string"), "{text}: {error}");
        assert!(text.trim().is_empty() || !error.contains(text), "{error}");
    }
}

/// Extracts, doubles and removes every part of texts in several forms.
#[test]
fn no_text_causes_a_panic() {
    for text in [
        "2023-12-14T10:00:00.123456+05:30",
        "20231214T100000.5Z",
        "Thursday, 14-Dec-94 10:00:00 GMT",
        "Dec 14, 2023, 10:00:00\u{202f}p.m. (é)",
    ] {
        let cuts: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
        for start in &cuts {
            for end in cuts.iter().filter(|end| *end >= start) {
                let _ = read(&text[*start..*end]);
                let _ = read(&[&text[..*end], &text[*start..]].concat());
                let _ = read(&[&text[..*start], &text[*end..]].concat());
            }
        }
    }
}

#[test]
fn every_codec_reads_every_form() {
    #[derive(PartialEq)]
    struct Times {
        number: Timestamp,
        iso: Timestamp,
        http: Timestamp,
        list: Vec<Timestamp>,
    }
    longshore_runtime::structure!(Times, {
        "number" => value(number),
        "iso" => value(iso as codec::DateTime),
        "http" => value(http as codec::HttpDate),
        "list" => value(list as codec::List<codec::DateTime>),
    });
    let ten = Timestamp::from_seconds(TEN);
    let expected = Times { number: ten, iso: ten, http: ten, list: vec![ten] };
    for form in [
        "1702548000",
        "1702548000.0",
        "\"1702548000\"",
        "\"2023-12-14 10:00:00\"",
        "\"Thu, 14 Dec 2023 10:00:00 GMT\"",
        "\"20231214T100000Z\"",
    ] {
        let document =
            format!(r#"{{"number": {form}, "iso": {form}, "http": {form}, "list": [{form}]}}"#);
        assert_eq!(serde_json::from_str::<Times>(&document).expect(form), expected);
    }
}
