//! Structures on the wire, in both directions.

use std::collections::BTreeMap;

use crate::support::service::{ImageAlreadyExistsException, PutImageRequest, PutImageResponse};
use longshore_runtime::{Blob, Timestamp, codec};
use serde_json::{Value, json};

/// A structure with a member of every kind.
#[derive(Clone, PartialEq)]
struct Everything {
    text: Option<String>,
    list: Vec<String>,
    sparse: Option<Vec<Option<f64>>>,
    score: Option<f64>,
    narrow: f32,
    scores: BTreeMap<String, Vec<f64>>,
    time: Option<Timestamp>,
    data: Blob,
    inner: Option<Box<Everything>>,
    boxed: Option<Box<f64>>,
}

longshore_runtime::structure!(Everything, Default, {
    "text" => some(text),
    "list" => value(list),
    "sparse" => some(sparse as codec::List<codec::Sparse<codec::Float>>),
    "score" => some(score as codec::Float),
    "narrow" => value(narrow as codec::Float),
    "scores" => value(scores as codec::Map<codec::List<codec::Float>>),
    "time" => some(time as codec::Same),
    "data" => value(data),
    "inner" => some(inner),
    "boxed" => some(boxed as codec::Boxed<codec::Float>),
});

fn everything() -> (Everything, Value) {
    let value = Everything {
        text: Some("t\n\"".to_owned()),
        list: vec!["a".to_owned()],
        sparse: Some(vec![Some(1.5), None, Some(f64::NEG_INFINITY)]),
        score: Some(0.1),
        narrow: 0.1,
        scores: [("k".to_owned(), vec![1.0, f64::INFINITY])].into(),
        time: Timestamp::new(1_398_796_238, 500_000_000),
        data: Blob::from("bytes"),
        inner: Some(Box::default()),
        boxed: Some(Box::new(2.5)),
    };
    let wire = json!({
        "text": "t\n\"",
        "list": ["a"],
        "sparse": [1.5, null, "-Infinity"],
        "score": 0.1,
        "narrow": 0.1_f32,
        "scores": {"k": [1.0, "Infinity"]},
        "time": 1_398_796_238.5,
        "data": "Ynl0ZXM=",
        "inner": {"list": [], "narrow": 0.0, "scores": {}, "data": ""},
        "boxed": 2.5,
    });
    (value, wire)
}

#[test]
fn values_and_text_have_the_same_form() {
    let (value, wire) = everything();
    assert_eq!(serde_json::to_value(&value).expect("written"), wire);
    let text = serde_json::to_string(&value).expect("written");
    assert!(text.starts_with(r#"{"text":"t\n\"","list":["a"],"sparse":[1.5,null,"-Infinity"],"#));
    assert!(text.contains(r#""narrow":0.1,"#), "{text}");

    // Borrowed keys, owned keys, and keys from a reader.
    assert_eq!(serde_json::from_str::<Everything>(&text).expect("read"), value);
    assert_eq!(serde_json::from_value::<Everything>(wire).expect("read"), value);
    assert_eq!(serde_json::from_reader::<_, Everything>(text.as_bytes()).expect("read"), value);
    let escaped = text.replace("\"text\"", "\"te\\u0078t\"");
    assert_eq!(serde_json::from_str::<Everything>(&escaped).expect("read"), value);
}

#[test]
fn members_may_have_any_order() {
    let (value, wire) = everything();
    let Value::Object(members) = wire else { panic!("an object") };
    let entries: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())))
        .collect();
    for first in 0..entries.len() {
        let (end, start) = entries.split_at(first);
        let rotated = [start, end].concat();
        let reversed = rotated.iter().rev().cloned().collect::<Vec<_>>();
        for entries in [rotated, reversed] {
            let text = format!("{{{}}}", entries.join(","));
            assert_eq!(serde_json::from_str::<Everything>(&text).expect("read"), value, "{text}");
        }
    }
}

#[test]
fn the_last_of_two_values_is_used() {
    let text = r#"{"text":"a","list":["b"],"text":"c","list":["d"],"text":"e"}"#;
    let value: Everything = serde_json::from_str(text).expect("read");
    assert_eq!((value.text.as_deref(), value.list), (Some("e"), vec!["d".to_owned()]));
}

/// The same members with the derived `Debug`.
mod derived {
    #[derive(Debug)]
    #[allow(dead_code)]
    pub struct Sample {
        pub text: Option<String>,
        pub list: Vec<i32>,
        pub r#type: f64,
    }
}

struct Sample {
    text: Option<String>,
    list: Vec<i32>,
    r#type: f64,
}
longshore_runtime::structure!(Sample, {
    "Text" => some(text),
    "List" => value(list),
    "Type" => value(r#type as codec::Float),
});

#[test]
fn debug_output_is_that_of_the_derived_implementation() {
    for text in [None, Some("a\n".to_owned())] {
        let (list, number) = (vec![1, 2], f64::NAN);
        let derived = derived::Sample { text: text.clone(), list: list.clone(), r#type: number };
        let value = Sample { text, list, r#type: number };
        assert_eq!(format!("{value:?}"), format!("{derived:?}"));
        assert_eq!(format!("{value:#?}"), format!("{derived:#?}"));
    }
}

#[test]
fn null_members_are_treated_as_absent() {
    let nulls = json!({
        "text": null, "list": null, "sparse": null, "score": null, "narrow": null,
        "scores": null, "time": null, "data": null, "inner": null, "boxed": null,
    });
    assert_eq!(serde_json::from_value::<Everything>(nulls).expect("read"), Everything::default());
}

#[test]
fn lists_and_maps_with_a_codec_discard_null() {
    let wire = json!({"scores": {"k": null, "l": [null, 1.5], "m": [null]}});
    let value: Everything = serde_json::from_value(wire).expect("read");
    let scores = [("l".to_owned(), vec![1.5]), ("m".to_owned(), vec![])];
    assert_eq!(value, Everything { scores: scores.into(), ..Everything::default() });
    let error = serde_json::from_value::<Everything>(json!({"list": ["a", null]}));
    assert!(error.expect_err("refused").to_string().contains("null"));
}

#[test]
fn unknown_members_and_types_are_ignored() {
    let wire = r#"{"__type":"a#Everything","later":{"deep":[1,{"x":null}]},"text":"t","z":1e400}"#;
    let value: Everything = serde_json::from_str(wire).expect("read");
    assert_eq!(value, Everything { text: Some("t".to_owned()), ..Everything::default() });
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| "{\"inner\":".repeat(depth) + "{}" + &"}".repeat(depth);
    assert!(serde_json::from_str::<Everything>(&nested(100)).is_ok());
    let error = serde_json::from_str::<Everything>(&nested(128)).expect_err("refused");
    assert!(error.to_string().contains("recursion"), "{error}");
    // Skipping a value does not recurse, so any depth is accepted.
    let unknown = format!("{{\"later\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(serde_json::from_str::<Everything>(&unknown).is_ok());
}

#[test]
fn an_error_for_a_value_that_is_not_an_object_names_the_structure() {
    for wire in ["[]", "1", "\"text\"", "null", "true"] {
        let error = serde_json::from_str::<Everything>(wire).expect_err("refused").to_string();
        assert!(error.contains("expected an object for the structure Everything"), "{error}");
    }
}

#[test]
fn missing_required_members_are_an_error() {
    let whole = json!({"repositoryName": "a", "imageManifest": "b"});
    let request: PutImageRequest = serde_json::from_value(whole).expect("read");
    assert_eq!(request, PutImageRequest::new("a", "b"));
    let error = serde_json::from_str::<PutImageRequest>(r#"{"repositoryName":"a"}"#);
    let error = error.expect_err("refused").to_string();
    assert!(error.contains("missing field `imageManifest`"), "{error}");
    let null = r#"{"repositoryName":"a","imageManifest":null}"#;
    assert!(serde_json::from_str::<PutImageRequest>(null).is_err());
    // A structure that occurs only in responses gets default values instead.
    let response: PutImageResponse = serde_json::from_str("{}").expect("read");
    assert_eq!(response, PutImageResponse::default());
}

#[test]
fn the_first_message_that_is_not_null_wins() {
    let table = [
        (r#"{"Message":"a","message":"b"}"#, "a"),
        (r#"{"Message":null,"message":"b"}"#, "b"),
        (r#"{"errorMessage":"c","message":null}"#, "c"),
    ];
    for (wire, expected) in table {
        let exception: ImageAlreadyExistsException = serde_json::from_str(wire).expect("read");
        assert_eq!(exception.message.as_deref(), Some(expected), "{wire}");
    }
}

#[test]
fn a_required_message_has_several_names_too() {
    #[derive(Clone, PartialEq)]
    struct Failure {
        message: String,
    }
    longshore_runtime::structure!(Failure, { "text" => value_message(message) });
    for name in ["text", "message", "Message", "errorMessage"] {
        let wire = serde_json::json!({ name: "a" });
        assert_eq!(serde_json::from_value::<Failure>(wire).expect("read").message, "a", "{name}");
    }
    assert_eq!(serde_json::from_str::<Failure>("{}").expect("read").message, "");
}

#[test]
fn floats_accept_all_numbers_and_three_strings() {
    let read = |wire: Value| serde_json::from_value::<Everything>(json!({ "score": wire }));
    assert_eq!(read(json!(3)).expect("read").score, Some(3.0));
    assert_eq!(read(json!(-3)).expect("read").score, Some(-3.0));
    assert!(read(json!("NaN")).expect("read").score.expect("there").is_nan());
    assert!(read(json!("nan")).is_err() && read(json!("1.5")).is_err() && read(json!([])).is_err());
    let nan = Everything { score: Some(f64::NAN), narrow: f32::NAN, ..Everything::default() };
    let wire = serde_json::to_value(&nan).expect("written");
    assert_eq!((&wire["score"], &wire["narrow"]), (&json!("NaN"), &json!("NaN")));
    let narrow = |wire: Value| serde_json::from_value::<Everything>(json!({ "narrow": wire }));
    assert_eq!(narrow(json!("-Infinity")).expect("read").narrow, f32::NEG_INFINITY);
    assert_eq!(narrow(json!(0.1)).expect("read").narrow, 0.1);
    assert!(narrow(json!(1e300)).is_err());
}

#[test]
fn the_last_value_of_a_duplicate_map_key_wins() {
    let wire = r#"{"scores": {"k": [1], "l": [2], "k": [3]}}"#;
    let read: Everything = serde_json::from_str(wire).expect("read");
    assert_eq!(read.scores, [("k".to_owned(), vec![3.0]), ("l".to_owned(), vec![2.0])].into());
}
