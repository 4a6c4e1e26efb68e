//! `Display` and `FromStr` are inverses of each other.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use longshore_runtime::{
    Blob, Document, Number, Timestamp, Unrecognized, UnrecognizedInt, int_enum, string_enum,
};

use super::at;

/// The number of random values of each type.
const VALUES: usize = 2_000;

fn random() -> fastrand::Rng {
    fastrand::Rng::with_seed(86)
}

/// Checks that parsing the text of a value returns the same value.
fn check<T: Debug + Display + FromStr<Err: Debug> + PartialEq>(value: &T) {
    let text = value.to_string();
    assert_eq!(&text.parse::<T>().expect(&text), value, "{text}");
}

#[test]
fn every_timestamp_can_be_read() {
    let table = [
        (0, 1, "1970-01-01T00:00:00.000000001Z"),
        (-1, 999_999_990, "1969-12-31T23:59:59.99999999Z"),
        (-62_135_596_800, 0, "0001-01-01T00:00:00Z"),
        (-62_135_596_801, 999_999_999, "0000-12-31T23:59:59.999999999Z"),
        (-62_167_219_200, 0, "0000-01-01T00:00:00Z"),
        (-62_167_219_201, 500_000_000, "-0001-12-31T23:59:59.5Z"),
        (253_402_300_799, 999_999_999, "9999-12-31T23:59:59.999999999Z"),
        (253_402_300_800, 0, "+10000-01-01T00:00:00Z"),
        (i64::MAX, 999_999_999, "+292277026596-12-04T15:30:07.999999999Z"),
        (i64::MIN, 0, "-292277022657-01-27T08:29:52Z"),
    ];
    for (seconds, nanos, text) in table {
        let timestamp = at(seconds, nanos);
        assert_eq!(timestamp.to_string(), text);
        check(&timestamp);
    }
    let mut random = random();
    for _ in 0..VALUES {
        let bits = random.u32(0..64);
        let nanos = random.u32(0..1_000_000_000) / 10_u32.pow(random.u32(0..9)) % 1_000_000_000;
        check(&at(random.i64(..) >> bits, nanos));
    }
}

#[test]
fn years_outside_of_rfc_3339_need_a_sign() {
    // The sign depends on the year as written, which may differ from the year in UTC.
    for (text, seconds) in [
        ("+10000-01-01T01:00:00+01:00", 253_402_300_800),
        ("+10000-01-01T00:00:00+01:00", 253_402_297_200),
        ("9999-12-31T23:59:59-01:00", 253_402_304_399),
        ("0001-01-01T00:30:00+01:00", -62_135_598_600),
        ("0000-12-31T23:59:59-01:00", -62_135_593_201),
        ("-0001-12-31T23:59:59-01:00", -62_167_215_601),
    ] {
        assert_eq!(text.parse(), Ok(Timestamp::from_seconds(seconds)), "{text}");
    }
    for text in [
        "",
        "-",
        "+",
        "é-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "+1-01-01T00:00:00Z",
        "+-0001-01-01T00:00:00Z",
        "--0001-01-01T00:00:00Z",
        "+2000-01-01T00:00:00Z",
        "+0000-01-01T00:00:00Z",
        "-0000-01-01T00:00:00Z",
        "00000-01-01T00:00:00Z",
        "+10000-02-30T00:00:00Z",
        "+10000-01-01",
        "+292277026596-12-04T15:30:08Z",
        "-292277022657-01-27T08:29:51Z",
        "+9999999999999999999-01-01T00:00:00Z",
        // A number could be a date, or milliseconds.
        "20231214",
        "1702548000000",
        "-99999999999999",
    ] {
        let error = text.parse::<Timestamp>().expect_err(text).to_string();
        assert_eq!(error, "not a timestamp: expected RFC 3339, such as 2000-01-02T20:34:56Z");
    }
}

fn random_number(random: &mut fastrand::Rng) -> Number {
    let bits = random.u32(0..64);
    match random.u8(0..4) {
        0 => (random.u64(..) >> bits).into(),
        1 => (random.i64(..) >> bits).into(),
        2 => Number::from_f64(random.i32(-1000..1000).into()).expect("finite"),
        _ => Number::from_f64(f64::from_bits(random.u64(..))).unwrap_or(0.into()),
    }
}

#[test]
fn every_number_can_be_read() {
    for text in ["0", "-0.0", "1.0", "18446744073709551615", "-9223372036854775808", "5e-324"] {
        assert_eq!(text.parse::<Number>().expect(text).to_string(), text);
    }
    let mut random = random();
    (0..VALUES).for_each(|_| check(&random_number(&mut random)));
    assert_eq!(
        format!("{:>6}|{:.1}", Number::from(-7), "2.25".parse::<Number>().unwrap()),
        "    -7|2.2"
    );
    for text in
        ["", "-", "x", " 1", "1 ", "1\n", "+1", "01", ".5", "5.", "1e", "1e400", "NaN", "inf"]
    {
        let error = text.parse::<Number>().expect_err(text).to_string();
        assert_eq!(error, "not a JSON number in the range of `f64`", "{text}");
    }
}

fn random_text(random: &mut fastrand::Rng) -> String {
    let length = random.usize(0..6);
    (0..length)
        .map(|_| if random.bool() { random.char(..) } else { random.char(..'\u{80}') })
        .collect()
}

fn random_document(random: &mut fastrand::Rng, depth: u8) -> Document {
    let length = random.usize(0..4);
    match random.u8(0..if depth == 0 { 4 } else { 6 }) {
        0 => Document::Null,
        1 => random.bool().into(),
        2 => random_number(random).into(),
        3 => random_text(random).into(),
        4 => (0..length).map(|_| random_document(random, depth - 1)).collect(),
        _ => {
            (0..length).map(|_| (random_text(random), random_document(random, depth - 1))).collect()
        }
    }
}

#[test]
fn every_document_can_be_read() {
    let mut random = random();
    (0..VALUES).for_each(|_| check(&random_document(&mut random, 4)));
    assert_eq!(
        " [1, {}]\n".parse(),
        Ok(Document::Array(vec![1.into(), BTreeMap::<String, Document>::new().into()]))
    );
}

#[test]
fn text_that_is_no_document_is_an_error_with_its_position() {
    let table = [
        ("", 1, 0, "it ends too early at line 1 column 0"),
        ("[1,\n x]", 2, 2, "unexpected character at line 2 column 2"),
        ("1 2", 1, 3, "unexpected character at line 1 column 3"),
    ];
    for (text, line, column, problem) in table {
        let error = text.parse::<Document>().expect_err(text);
        assert_eq!((error.line(), error.column()), (line, column));
        assert_eq!(error.to_string(), format!("not a JSON document: {problem}"));
    }
    let error = "{\"password\": \"hunter2\", }".parse::<Document>().expect_err("invalid");
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert_eq!("\u{feff}[1]".parse(), Ok(Document::from([1])));
    let deep = "[".repeat(100_000);
    assert!(deep.parse::<Document>().is_err());
}

#[derive(Debug, Clone, PartialEq)]
enum Level {
    Low,
    Unrecognized(Unrecognized),
}
string_enum!(Level, Unrecognized, { "LOW" => Low });

#[derive(Debug, Clone, PartialEq)]
enum Code {
    Good,
    Unrecognized(UnrecognizedInt),
}
int_enum!(Code, Unrecognized, { 0 => Good });

#[test]
fn every_enum_can_be_read() {
    let mut random = random();
    for text in ["LOW", "low", ""]
        .map(str::to_owned)
        .into_iter()
        .chain((0..100).map(|_| random_text(&mut random)))
    {
        let level = Level::from(text.clone());
        check(&level);
        if let Level::Unrecognized(unrecognized) = &level {
            assert_eq!((unrecognized.to_string(), unrecognized.as_ref()), (text.clone(), &*text));
        }
        assert_eq!(String::from(level), text);
    }
    for value in [0, 1, -1, i32::MIN, i32::MAX] {
        let code = Code::from(value);
        check(&code);
        if let Code::Unrecognized(unrecognized) = &code {
            assert_eq!(
                (unrecognized.to_string(), i32::from(*unrecognized)),
                (value.to_string(), value)
            );
        }
        assert_eq!(i32::from(code), value);
    }
    assert_eq!(format!("{:>5}{:>5}", Level::Low, Code::Good), "  LOW    0");
    assert!("2147483648".parse::<Code>().is_err() && "LOW".parse::<Code>().is_err());
}

#[test]
fn every_blob_can_be_read_from_base64() {
    let mut random = random();
    for _ in 0..200 {
        let blob: Blob = (0..random.usize(0..100)).map(|_| random.u8(..)).collect();
        let text = blob.to_base64();
        assert_eq!(Blob::from_base64(&text).as_ref(), Ok(&blob));
        assert_eq!(Blob::from_base64(text.trim_end_matches('=')).as_ref(), Ok(&blob));
        assert_eq!(serde_json::to_value(&blob).expect("written"), text);
    }
    for text in ["Z", "Zg=", "Zg==Zg", "not base64!", "-_-_", "é"] {
        let error = Blob::from_base64(text).expect_err(text).to_string();
        assert_eq!(error, "not valid base64 (RFC 4648, section 4)");
    }
}
