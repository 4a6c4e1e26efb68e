//! Documents: values of any shape, read and written without loss.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use longshore_runtime::{Document, Number, codec};
use serde_core::de::value::{Error, MapDeserializer};
use serde_core::{Deserialize, de::IntoDeserializer};
use serde_json::{Value, json};

fn read(wire: &str) -> Result<Document, serde_json::Error> {
    serde_json::from_str(wire)
}

fn object<const N: usize>(members: [(&str, Document); N]) -> Document {
    Document::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
}

#[test]
fn documents_are_written_as_they_were_read() {
    let wires = [
        "null",
        "true",
        "18446744073709551615",
        "-9223372036854775808",
        "9007199254740993",
        "0",
        "1.0",
        "-0.0",
        "0.1",
        r#""a\"\n\u0001é""#,
        "[]",
        "{}",
        r#"[null,[1,{"a":[]}],"x"]"#,
        r#"{"a":{"b":null},"c":"__type"}"#,
    ];
    for wire in wires {
        let document = read(wire).expect(wire);
        // Serialized with the serializer for requests and with that of `serde_json`.
        assert_eq!(document.to_string(), wire);
        assert_eq!(serde_json::to_string(&document).expect("written"), wire);
        // Converted to a `serde_json::Value` and back.
        let value: Value = serde_json::from_str(wire).expect("a value");
        assert_eq!(Value::from(document.clone()), value);
        assert_eq!(Document::from(value.clone()), document);
        assert_eq!(serde_json::from_value::<Document>(value).expect("read"), document);
    }
    for wire in ["", "[1", "1e400", "nan", "{1:2}"] {
        assert!(read(wire).is_err(), "{wire}");
    }
}

#[test]
fn documents_are_built_from_values_and_inspected() {
    let document = object([
        ("truth", true.into()),
        ("list", vec![Document::from(-1_i32), (-2_i64).into(), 3_u64.into(), 0.5.into()].into()),
        ("text", "a".into()),
        ("owned", String::from("b").into()),
        ("map", BTreeMap::from([("k".to_owned(), Document::default())]).into()),
    ]);
    let json = r#"{"list":[-1,-2,3,0.5],"map":{"k":null},"owned":"b","text":"a","truth":true}"#;
    assert_eq!(document.to_string(), json);
    let get = |name| document.get(name).expect(name);
    assert_eq!((get("truth").as_bool(), get("text").as_bool()), (Some(true), None));
    assert_eq!((get("text").as_str(), get("list").as_str()), (Some("a"), None));
    let list = get("list").as_array().expect("a list");
    assert_eq!(
        list.iter().map(Document::as_i64).collect::<Vec<_>>()[1..],
        [Some(-2), Some(3), None]
    );
    assert_eq!((list[0].as_u64(), list[2].as_u64(), list[3].as_u64()), (None, Some(3), None));
    assert_eq!(
        (list[0].as_f64(), list[3].as_f64(), get("text").as_f64()),
        (Some(-1.0), Some(0.5), None)
    );
    assert_eq!(list[0].as_number(), Some(&Number::from(-1_i64)));
    assert!(get("map").get("k").is_some_and(Document::is_null) && !document.is_null());
    assert_eq!((document.get("none"), get("text").get("none")), (None, None));
    assert!(get("map").as_array().is_none() && get("list").as_object().is_none());
    assert_eq!(Document::from(u64::MAX).as_i64(), None);
}

#[test]
fn floats_without_a_json_form_become_null() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Document::from(value), Document::Null);
        assert_eq!(Document::from(Value::from(value)), Document::Null);
        assert_eq!(Number::from_f64(value), None);
        // Other formats cannot produce it either.
        let error = Document::deserialize(IntoDeserializer::<Error>::into_deserializer(value));
        assert!(error.expect_err("refused").to_string().contains("a number out of range"));
    }
}

#[test]
fn equal_documents_have_equal_hashes() {
    let hashes = RandomState::new();
    let equal = [(Document::from(0.0), Document::from(-0.0)), (1_i64.into(), 1_u64.into())];
    for (one, other) in equal {
        assert_eq!(one, other);
        assert_eq!(hashes.hash_one(&one), hashes.hash_one(&other));
    }
    assert_ne!(Document::from(1_i64), Document::from(1.0));
}

#[test]
fn numbers_can_arrive_as_digits() {
    // A number as `serde_json` passes it on with its feature `arbitrary_precision`.
    let digits = |text| {
        let map =
            MapDeserializer::<_, Error>::new([("$serde_json::private::Number", text)].into_iter());
        Document::deserialize(map)
    };
    let table = [
        ("18446744073709551615", Document::from(u64::MAX)),
        ("-9223372036854775808", i64::MIN.into()),
        ("100000000000000000000", 1e20.into()),
        ("-0", (-0.0).into()),
        ("2.50", 2.5.into()),
    ];
    for (text, document) in table {
        assert_eq!(digits(text).expect(text), document);
    }
    for text in ["1e400", "-1e400"] {
        assert!(digits(text).unwrap_err().to_string().contains("a number out of range"), "{text}");
    }
    // Objects that only resemble such a number.
    for text in ["NaN", "inf", "-inf", "+1", "", "-", "x"] {
        assert_eq!(
            digits(text).expect(text),
            object([("$serde_json::private::Number", text.into())])
        );
    }
}

#[test]
fn nesting_is_limited() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(&nested(127)).is_ok());
    assert!(read(&nested(128)).unwrap_err().to_string().contains("recursion"));
    assert!(read(&"{\"a\":".repeat(100_000)).is_err());
}

#[derive(PartialEq)]
struct Settings {
    required: Document,
    some: Option<Document>,
    list: Vec<Document>,
    sparse: Vec<Option<Document>>,
    map: BTreeMap<String, Document>,
    limit: Document,
}
longshore_runtime::structure!(Settings, {
    "required" => required(required),
    "some" => some(some) where (),
    "list" => value(list) where (length(..=2), unique, each()),
    "sparse" => value(sparse as codec::List<codec::Sparse<codec::Same>>),
    "map" => value(map),
    "limit" => default(limit, 7_i32.into()),
});

#[test]
fn documents_can_be_members() {
    let wire = json!({"required": null, "some": {"a": 1}, "list": [null, 1], "sparse": [null, 2], "map": {"k": []}});
    let settings: Settings = serde_json::from_value(wire).expect("read");
    let expected = Settings {
        required: Document::Null,
        some: Some(object([("a", 1.into())])),
        list: vec![Document::Null, 1.into()],
        sparse: vec![None, Some(2.into())],
        map: [("k".to_owned(), Document::Array(Vec::new()))].into(),
        limit: 7.into(),
    };
    assert_eq!(settings, expected);
    assert!(longshore_runtime::validate(&settings).is_ok());
    let wire = r#"{"required":null,"some":{"a":1},"list":[null,1],"sparse":[null,2],"map":{"k":[]},"limit":7}"#;
    assert_eq!(serde_json::to_string(&settings).expect("written"), wire);
    let none: Settings = serde_json::from_str(r#"{"required":1,"some":null}"#).expect("read");
    assert_eq!((none.required, none.some), (1.into(), None));
    assert!(serde_json::from_str::<Settings>("{}").is_err());
    let twice = Settings { list: vec![1.into(), 1.into()], ..settings };
    let error = longshore_runtime::validate(&twice).unwrap_err().to_string();
    assert!(error.contains("list[1] must be unique and equals [0]"), "{error}");
}
