//! Reads structures whose members are in any order, repeated or unknown, and compares the result
//! with the rules of the table.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::{Value, json};

use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::json;

/// A structure with member names of the same length, beginning or end. `kind` is the only required
/// member, and the default of `number` is not 0.
#[derive(PartialEq)]
struct Alike {
    a: Option<i64>,
    b: Option<i64>,
    seven: Option<i64>,
    eight: Option<i64>,
    image_a: Option<i64>,
    image_b: Option<i64>,
    long_a: Option<i64>,
    long_b: Option<i64>,
    text: Vec<i64>,
    number: i64,
    kind: i64,
}

crate::structure!(Alike, {
    "a" => some(a),
    "b" => some(b),
    "sevenXY" => some(seven),
    "eightXYZ" => some(eight),
    "imageDigestA" => some(image_a),
    "imageDigestB" => some(image_b),
    "theFirstWordsAndTheLastAreTheSame" => some(long_a),
    "theFirstWordsBotTheLastAreTheSame" => some(long_b),
    "text" => value(text),
    "number" => default(number, 7),
    "kind" => required(kind),
});

/// The names of the members, and names that differ from one of them in a single byte.
const NAMES: [&str; 18] = [
    "a",
    "b",
    "sevenXY",
    "eightXYZ",
    "imageDigestA",
    "imageDigestB",
    "theFirstWordsAndTheLastAreTheSame",
    "theFirstWordsBotTheLastAreTheSame",
    "text",
    "number",
    "kind",
    "c",
    "sevenxY",
    "FightXYZ",
    "imageDigestC",
    "imagedigestA",
    "theFirstWordsAntTheLastAreTheSame",
    "",
];

/// Applies the rules of the table: the last value counts, and a `null` removes the value of an
/// optional member and changes nothing in a member that is always present.
fn expected(entries: &[(&str, Value)]) -> Option<Alike> {
    let mut last = BTreeMap::new();
    for (name, value) in entries {
        let is_kept = matches!(*name, "text" | "number") && value.is_null();
        if !is_kept {
            last.insert(*name, value.clone());
        }
    }
    let integer = |name| last.get(name).and_then(Value::as_i64);
    Some(Alike {
        a: integer("a"),
        b: integer("b"),
        seven: integer("sevenXY"),
        eight: integer("eightXYZ"),
        image_a: integer("imageDigestA"),
        image_b: integer("imageDigestB"),
        long_a: integer("theFirstWordsAndTheLastAreTheSame"),
        long_b: integer("theFirstWordsBotTheLastAreTheSame"),
        text: last.get("text").and_then(|list| list.get(0)?.as_i64()).into_iter().collect(),
        number: integer("number").unwrap_or(7),
        kind: integer("kind")?,
    })
}

fn value_of(name: &str, random: &mut Rng) -> Value {
    let number = random.i64(..);
    match name {
        "text" => json!([number]),
        // It cannot be `null`.
        "kind" => json!(number),
        _ if random.u8(..4) == 0 => Value::Null,
        _ => json!(number),
    }
}

/// Writes the entries as JSON, with an escape in some of the keys.
fn write(entries: &[(&str, Value)], random: &mut Rng) -> String {
    let entries = entries.iter().map(|(name, value)| {
        let name = match name.chars().next() {
            Some(first) if random.u8(..4) == 0 => {
                format!("\\u{:04x}{}", u32::from(first), &name[first.len_utf8()..])
            }
            _ => (*name).to_owned(),
        };
        format!("\"{name}\":{value}")
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

fn read(text: &str) -> Result<Alike, DecodeProblem> {
    json::read(text.as_bytes())
}

#[test]
fn any_sequence_of_members_is_read() {
    let mut random = Rng::with_seed(8);
    for _ in 0..3000 {
        let count = random.usize(..2 * NAMES.len());
        let entries: Vec<_> = (0..count)
            .map(|_| {
                let name = random.choice(NAMES).unwrap_or_default();
                (name, value_of(name, &mut random))
            })
            .collect();
        let text = write(&entries, &mut random);
        assert_eq!(read(&text).ok(), expected(&entries), "{text}");
        assert_eq!(serde_json::from_str(&text).ok(), expected(&entries), "{text}");
    }
}

#[test]
fn all_members_are_read_in_every_rotation() {
    let mut random = Rng::with_seed(9);
    let mut entries: Vec<_> = NAMES.map(|name| (name, value_of(name, &mut random))).into();
    for _ in 0..NAMES.len() {
        entries.rotate_left(1);
        for entries in [entries.clone(), entries.iter().rev().cloned().collect()] {
            let text = write(&entries, &mut random);
            assert_eq!(read(&text).ok(), expected(&entries), "{text}");
        }
    }
}

#[test]
fn an_error_names_the_member_in_any_order() {
    let table = [
        (r#"{"kind": 1, "b": "x", "a": 2}"#, Some("b")),
        (r#"{"number": [], "kind": 1}"#, Some("number")),
        (r#"{"c": {"d": 1}, "text": [1, true], "kind": 1}"#, Some("text[1]")),
        (r#"{"kind": null, "a": 1}"#, Some("kind")),
    ];
    for (text, path) in table {
        let problem = read(text).expect_err("an error");
        assert_eq!(problem.path.as_deref(), path, "{text}: {problem:?}");
    }
}
