//! Numbers in the forms that services and deserializers produce.

use longshore_runtime::codec::{Codec, Float, Integer};
use longshore_runtime::{Document, Timestamp};
use serde_core::de::value::{Error, MapDeserializer};

fn read<C: Codec<T>, T>(wire: &str) -> Option<T> {
    C::deserialize(&mut serde_json::Deserializer::from_str(wire)).ok()
}

#[test]
fn integers_can_be_written_as_floats() {
    let table = [
        ("0", Some(0)),
        ("-7", Some(-7)),
        ("1.0", Some(1)),
        ("1e3", Some(1000)),
        ("-2.50e1", Some(-25)),
        ("-0", Some(0)),
        ("-0.0", Some(0)),
        ("2147483647.0", Some(i32::MAX)),
        ("2147483648", None),
        ("2147483648.0", None),
        ("-2147483649.0", None),
        ("1e300", None),
        ("18446744073709551615", None),
        ("1.5", None),
        ("1e-3", None),
        ("\"1\"", None),
        ("null", None),
        ("true", None),
        ("{}", None),
        ("[]", None),
    ];
    for (wire, expected) in table {
        assert_eq!(read::<Integer, i32>(wire), expected, "{wire}");
    }
    assert_eq!(read::<Integer, i8>("-128.0"), Some(i8::MIN));
    assert_eq!(read::<Integer, i8>("128"), None);
    assert_eq!(read::<Integer, i16>("32767"), Some(i16::MAX));
    assert_eq!(read::<Integer, i16>("32768.0"), None);
    assert_eq!(read::<Integer, i64>("-9223372036854775808"), Some(i64::MIN));
    assert_eq!(read::<Integer, i64>("9223372036854775807"), Some(i64::MAX));
}

/// A float that may have been rounded is not an integer.
#[test]
fn integers_are_never_rounded() {
    let max = 9_007_199_254_740_991;
    let table = [
        ("9007199254740991.0", Some(max)),
        ("-9007199254740991.0", Some(-max)),
        ("9007199254740993", Some(max + 2)),
        ("9007199254740992.0", None),
        ("9007199254740993.0", None),
        ("-9.007199254740993e15", None),
        ("1e18", None),
        ("-9223372036854775808.0", None),
        ("-9223372036854775809", None),
        ("9223372036854775808", None),
        ("9223372036854775808.0", None),
    ];
    for (wire, expected) in table {
        assert_eq!(read::<Integer, i64>(wire), expected, "{wire}");
        assert_eq!(<Integer as Codec<i64>>::deserialize(digits(wire)).ok(), expected, "{wire}");
    }
    let error = <Integer as Codec<i64>>::deserialize(digits("1e18")).expect_err("an error");
    let expected = "expected an integer, found a float that is too large to be exact";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn integers_can_be_members() {
    use longshore_runtime::codec;

    #[derive(PartialEq)]
    struct Sizes {
        size: Option<i64>,
        count: i32,
        sizes: Vec<i16>,
    }
    longshore_runtime::structure!(Sizes, {
        "size" => some(size as codec::Integer),
        "count" => required(count as codec::Integer),
        "sizes" => value(sizes as codec::List<codec::Integer>),
    });
    let wire = r#"{"size":1e3,"count":2.0,"sizes":[3.0,4]}"#;
    let sizes: Sizes = serde_json::from_str(wire).expect("read");
    assert_eq!(sizes, Sizes { size: Some(1000), count: 2, sizes: vec![3, 4] });
    let wire = serde_json::to_string(&sizes).expect("written");
    assert_eq!(wire, r#"{"size":1000,"count":2,"sizes":[3,4]}"#);
    let sizes: Sizes = serde_json::from_str(r#"{"size":null,"count":2}"#).expect("read");
    assert_eq!(sizes.size, None);
}

/// A number as `serde_json` passes it on with its feature `arbitrary_precision`.
fn digits(text: &str) -> MapDeserializer<'_, std::array::IntoIter<(&str, &str), 1>, Error> {
    MapDeserializer::new([("$serde_json::private::Number", text)].into_iter())
}

#[test]
fn numbers_can_arrive_as_digits() {
    use serde_core::Deserialize;

    let float = |text| <Float as Codec<f64>>::deserialize(digits(text)).ok();
    let integer = |text| <Integer as Codec<i64>>::deserialize(digits(text)).ok();
    let time = |text| Timestamp::deserialize(digits(text)).ok();
    assert_eq!(float("1.5"), Some(1.5));
    assert_eq!(float("100000000000000000000"), Some(1e20));
    assert_eq!(float("1e400"), None);
    assert_eq!(float("NaN"), None);
    assert_eq!(<Float as Codec<f32>>::deserialize(digits("0.1")).ok(), Some(0.1));
    assert_eq!(integer("1e3"), Some(1000));
    assert_eq!(integer("1.5"), None);
    assert_eq!(integer("100000000000000000000"), None);
    assert_eq!(time("1398796238.25"), Timestamp::new(1_398_796_238, 250_000_000));
    assert_eq!(time("1e300"), None);

    let other = MapDeserializer::<_, Error>::new([("a", "1.5")].into_iter());
    let error = <Float as Codec<f64>>::deserialize(other).expect_err("refused");
    assert!(error.to_string().contains("expected a number"), "{error}");
}

#[test]
fn floats_are_parsed_exactly() {
    for text in ["0.4818379252011053", "0.9073038322028689", "8.383658838626809e-78", "5e-324"] {
        let exact: f64 = text.parse().expect("a float");
        assert_eq!(read::<Float, f64>(text), Some(exact), "{text}");
        let document: Document = serde_json::from_str(text).expect("a number");
        assert_eq!((document.as_f64(), document.to_string()), (Some(exact), text.to_owned()));
    }
}
