//! `null` in lists and maps: discarded in dense ones of responses, kept in sparse ones.

use std::collections::BTreeMap;

use longshore_runtime::{Document, Timestamp, UnrecognizedMember, codec};

#[derive(Clone, PartialEq)]
struct Item {
    tags: Vec<String>,
}
longshore_runtime::structure!(Item, {
    "tags" => value(tags as codec::List),
});

#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Many(Vec<i32>),
    Unrecognized(UnrecognizedMember),
}
longshore_runtime::union!(Choice, Unrecognized, {
    "many" => Many as codec::List<codec::Integer>,
});

#[derive(Clone, PartialEq)]
struct Received {
    list: Vec<String>,
    map: Option<BTreeMap<String, bool>>,
    numbers: Vec<i64>,
    times: BTreeMap<String, Timestamp>,
    nested: Vec<BTreeMap<String, Vec<f64>>>,
    sparse: Vec<Option<String>>,
    sparse_of_dense: BTreeMap<String, Option<Vec<i32>>>,
    dense_of_sparse: Vec<Vec<Option<i32>>>,
    items: Vec<Item>,
    choices: Vec<Choice>,
    documents: Vec<Document>,
    document: Option<Document>,
}
longshore_runtime::structure!(Received, {
    "list" => value(list as codec::List),
    "map" => some(map as codec::Map),
    "numbers" => default(numbers as codec::List<codec::Integer>, vec![1]),
    "times" => value(times as codec::Map<codec::DateTime>),
    "nested" => value(nested as codec::List<codec::Map<codec::List<codec::Float>>>),
    "sparse" => value(sparse),
    "sparseOfDense" => value(sparse_of_dense as codec::Map<codec::Sparse<codec::List<codec::Integer>>>),
    "denseOfSparse" => value(dense_of_sparse as codec::List<codec::List<codec::Sparse<codec::Integer>>>),
    "items" => value(items as codec::List),
    "choices" => value(choices as codec::List),
    "documents" => value(documents),
    "document" => some(document),
});

fn read(json: &str) -> Received {
    serde_json::from_str(json).expect(json)
}

fn empty() -> Received {
    Received { numbers: vec![1], ..read("{}") }
}

#[test]
fn nulls_of_dense_lists_and_maps_are_discarded() {
    let map = |pairs: &[(&str, bool)]| {
        Some(pairs.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect())
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let table = [
        (r#"{"list": ["a", null]}"#, Received { list: texts(&["a"]), ..empty() }),
        (r#"{"list": [null, null, "b", null]}"#, Received { list: texts(&["b"]), ..empty() }),
        (r#"{"list": [null]}"#, empty()),
        (r#"{"map": {"a": null, "b": true}}"#, Received { map: map(&[("b", true)]), ..empty() }),
        (r#"{"map": {"a": null}}"#, Received { map: map(&[]), ..empty() }),
        // As if the second member were absent.
        (r#"{"map": {"a": true, "a": null}}"#, Received { map: map(&[("a", true)]), ..empty() }),
        (r#"{"numbers": [null, 2.0]}"#, Received { numbers: vec![2], ..empty() }),
        (
            r#"{"times": {"a": null, "b": 5}}"#,
            Received { times: [("b".to_owned(), Timestamp::from_seconds(5))].into(), ..empty() },
        ),
        (
            r#"{"nested": [null, {"a": [null, 1.5, "Infinity"], "b": null}, {}]}"#,
            Received {
                nested: vec![[("a".to_owned(), vec![1.5, f64::INFINITY])].into(), BTreeMap::new()],
                ..empty()
            },
        ),
        (
            r#"{"items": [null, {"tags": ["a", null]}, {"tags": null}]}"#,
            Received {
                items: vec![Item { tags: texts(&["a"]) }, Item { tags: vec![] }],
                ..empty()
            },
        ),
        (
            r#"{"choices": [null, {"many": [1, null]}]}"#,
            Received { choices: vec![Choice::Many(vec![1])], ..empty() },
        ),
    ];
    for (json, expected) in table {
        assert_eq!(read(json), expected, "{json}");
    }
}

#[test]
fn nulls_of_sparse_lists_and_maps_and_of_documents_are_kept() {
    let received = read(
        r#"{
            "sparse": ["a", null],
            "sparseOfDense": {"a": null, "b": [1, null]},
            "denseOfSparse": [null, [null, 1]],
            "documents": [null, [null], {"a": null}],
            "document": [null]
        }"#,
    );
    let documents = vec![
        Document::Null,
        Document::Array(vec![Document::Null]),
        Document::Object([("a".to_owned(), Document::Null)].into()),
    ];
    let expected = Received {
        sparse: vec![Some("a".to_owned()), None],
        sparse_of_dense: [("a".to_owned(), None), ("b".to_owned(), Some(vec![1]))].into(),
        dense_of_sparse: vec![vec![None, Some(1)]],
        documents,
        document: Some(Document::Array(vec![Document::Null])),
        ..empty()
    };
    assert_eq!(received, expected);
}

/// Only `null` is discarded.
#[test]
fn other_values_in_dense_lists_and_maps_are_still_checked() {
    for json in [
        r#"{"list": ["a", 5]}"#,
        r#"{"list": [[]]}"#,
        r#"{"list": {}}"#,
        r#"{"map": {"a": "null"}}"#,
        r#"{"map": [null]}"#,
        r#"{"numbers": [1.5]}"#,
        r#"{"choices": [{}]}"#,
        r#"{"list": [nul"#,
    ] {
        assert!(serde_json::from_str::<Received>(json).is_err(), "{json}");
    }
}

/// Lists of requests have no codec unless their elements need one. Only test servers read them.
#[test]
fn lists_without_a_codec_refuse_null() {
    struct Sent {
        list: Vec<String>,
    }
    longshore_runtime::structure!(Sent, {
        "list" => value(list),
    });
    let sent: Sent = serde_json::from_str(r#"{"list": ["a"]}"#).expect("read");
    assert_eq!(sent.list, ["a"]);
    serde_json::from_str::<Sent>(r#"{"list": [null]}"#).expect_err("a null");
}
