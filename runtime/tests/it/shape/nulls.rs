//! `null` in lists and maps: discarded in dense ones of responses, kept in sparse ones.

use std::collections::BTreeMap;

use longshore_runtime::{Document, Timestamp, UnrecognizedMember, codec};

#[derive(Debug, Clone, PartialEq)]
struct Item {
    tags: Vec<String>,
}
longshore_runtime::structure!(Item, {
    "tags" => value(tags as codec::List<codec::Dense>),
});

#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Many(Vec<i32>),
    Unrecognized(UnrecognizedMember),
}
longshore_runtime::union!(Choice, Unrecognized, {
    "many" => Many as codec::List<codec::Dense<codec::Integer>>,
});

#[derive(Debug, Clone, PartialEq)]
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
    "list" => value(list as codec::List<codec::Dense>),
    "map" => some(map as codec::Map<codec::Dense>),
    "numbers" => default(numbers as codec::List<codec::Dense<codec::Integer>>, vec![1]),
    "times" => value(times as codec::Map<codec::Dense<codec::DateTime>>),
    "nested" => value(nested as codec::List<codec::Dense<codec::Map<codec::Dense<codec::List<codec::Dense<codec::Float>>>>>>),
    "sparse" => value(sparse),
    "sparseOfDense" => value(sparse_of_dense as codec::Map<codec::Sparse<codec::List<codec::Dense<codec::Integer>>>>),
    "denseOfSparse" => value(dense_of_sparse as codec::List<codec::Dense<codec::List<codec::Sparse<codec::Integer>>>>),
    "items" => value(items as codec::List<codec::Dense>),
    "choices" => value(choices as codec::List<codec::Dense>),
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

/// The lists of requests have no such codec: a `null` in a request is a mistake of the caller.
#[test]
fn lists_of_requests_refuse_null() {
    #[derive(Debug)]
    struct Sent {
        list: Vec<String>,
        numbers: Vec<i32>,
        map: BTreeMap<String, i32>,
    }
    longshore_runtime::structure!(Sent, {
        "list" => value(list),
        "numbers" => value(numbers as codec::List<codec::Integer>),
        "map" => value(map as codec::Map<codec::Integer>),
    });
    let sent: Sent = serde_json::from_str(r#"{"list": ["a"], "numbers": [1]}"#).expect("read");
    assert_eq!((sent.list.len(), sent.numbers.len(), sent.map.len()), (1, 1, 0));
    for json in [r#"{"list": [null]}"#, r#"{"numbers": [null]}"#, r#"{"map": {"a": null}}"#] {
        assert!(serde_json::from_str::<Sent>(json).is_err(), "{json}");
    }
}
