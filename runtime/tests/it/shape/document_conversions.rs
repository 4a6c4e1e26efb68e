//! Conversions of other types to documents, and of documents to their parts.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use longshore_runtime::{Document, Number, setters, structure};

#[test]
fn values_convert_to_documents() {
    let table: [(Document, &str); 20] = [
        (true.into(), "true"),
        ((-1_i8).into(), "-1"),
        (i16::MIN.into(), "-32768"),
        (i32::MIN.into(), "-2147483648"),
        (i64::MIN.into(), "-9223372036854775808"),
        ((-7_isize).into(), "-7"),
        (u8::MAX.into(), "255"),
        (u16::MAX.into(), "65535"),
        (u32::MAX.into(), "4294967295"),
        (u64::MAX.into(), "18446744073709551615"),
        (7_usize.into(), "7"),
        (Number::from(7).into(), "7"),
        (0.5_f32.into(), "0.5"),
        (0.1_f64.into(), "0.1"),
        (f32::NAN.into(), "null"),
        ("a".into(), r#""a""#),
        (String::from("a").into(), r#""a""#),
        (Box::<str>::from("a").into(), r#""a""#),
        (Cow::Borrowed("a").into(), r#""a""#),
        (4.into(), "4"),
    ];
    for (document, json) in table {
        assert_eq!(document.to_string(), json);
    }
}

#[test]
fn lists_and_maps_convert_to_documents() {
    let lists: [Document; 5] = [
        [1, 2].into(),
        vec![1_u8, 2].into(),
        (&[1_i64, 2][..]).into(),
        [1, 2].into_iter().collect(),
        vec![Document::from(1), 2.into()].into(),
    ];
    for list in lists {
        assert_eq!(list.to_string(), "[1,2]");
    }
    let maps: [Document; 4] = [
        BTreeMap::from([("a", 1)]).into(),
        HashMap::from([(String::from("a"), 1)]).into(),
        [("a", 1)].into_iter().collect(),
        [("a", 0), ("a", 1)].into_iter().collect(),
    ];
    for map in maps {
        assert_eq!(map.to_string(), r#"{"a":1}"#);
    }
    let nested = Document::from_iter([("list", Document::from([["a"], ["b"]])), ("n", 1.into())]);
    assert_eq!(nested.to_string(), r#"{"list":[["a"],["b"]],"n":1}"#);
}

#[test]
fn the_parts_of_a_document_can_be_taken() {
    assert_eq!(Document::from("a").into_string().as_deref(), Ok("a"));
    let numbers = Document::from([1, 2]).into_array().map(|list| list.len());
    assert_eq!(numbers, Ok(2));
    let names = Document::from_iter([("a", 1)]).into_object().map(BTreeMap::into_keys);
    assert_eq!(names.map(Vec::from_iter), Ok(vec!["a".to_owned()]));
    // A document of another kind is returned.
    let number = Document::from(1);
    assert_eq!(number.clone().into_string(), Err(number.clone()));
    assert_eq!(number.clone().into_array(), Err(number.clone()));
    assert_eq!(number.clone().into_object(), Err(number));
}

#[derive(Clone, PartialEq)]
struct Settings {
    value: Option<Document>,
    list: Option<Vec<Document>>,
}
structure!(Settings, Default, { "value" => some(value), "list" => some(list) });
setters!(Settings, {
    /// The value.
    value => option(Document),
    /// The list.
    list => option(Vec<Document>),
});

#[test]
fn setters_of_documents_take_values_and_options() {
    let value = |settings: Settings| settings.value.map(|value| value.to_string());
    assert_eq!(value(Settings::default().value([1, 2])).as_deref(), Some("[1,2]"));
    assert_eq!(value(Settings::default().value(Some("a"))).as_deref(), Some(r#""a""#));
    assert_eq!(value(Settings::default().value(None::<&str>)), None);
    let list = Settings::default().list([1, 2]).list;
    assert_eq!(list, Some(vec![1.into(), 2.into()]));
}
