//! Compares the reader with `serde_json` on generated documents: values, kinds of errors, and
//! positions.

mod comparison;
mod documents;
mod large_strings;
mod samples;

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_core::de::IgnoredAny;
use serde_json::Value;

use self::comparison::compare;
use self::documents::{
    any_document, any_number, any_string, deep_document, mutate, sample_document,
};
use self::samples::{Sample, Variants};
use crate::Document;

/// The number of documents of each kind.
const DOCUMENTS: usize = 1500;

/// Compares a document, and a mutation of it.
fn compare_all(random: &mut Rng, document: Vec<u8>, compare: impl Fn(&[u8])) {
    compare(&mutate(random, document.clone()));
    compare(&document);
}

#[test]
fn documents_without_a_model() {
    let mut random = Rng::with_seed(1);
    for _ in 0..DOCUMENTS {
        let document = any_document(&mut random);
        compare_all(&mut random, document, |input| {
            compare::<Value>(input);
            compare::<Document>(input);
            compare::<IgnoredAny>(input);
            compare::<BTreeMap<String, Option<Vec<Value>>>>(input);
        });
    }
}

#[test]
fn documents_of_a_structure() {
    let mut random = Rng::with_seed(2);
    for _ in 0..DOCUMENTS {
        let document = sample_document(&mut random);
        compare_all(&mut random, document, compare::<Sample>);
    }
}

#[test]
fn numbers() {
    let mut random = Rng::with_seed(3);
    for _ in 0..DOCUMENTS {
        let number = any_number(&mut random).into_bytes();
        compare_all(&mut random, number, |input| {
            compare::<f64>(input);
            compare::<f32>(input);
            compare::<u64>(input);
            compare::<i8>(input);
            compare::<i64>(input);
        });
    }
}

#[test]
fn numbers_with_any_number_of_digits() {
    for (integer, fraction) in (0..=30).flat_map(|integer| (0..=30).map(move |f| (integer, f))) {
        let digits = |count| "9876543210".chars().cycle().take(count).collect::<String>();
        let point = if fraction == 0 { "" } else { "." };
        for sign in ["", "-"] {
            let number = [sign, &digits(integer), point, &digits(fraction)].concat();
            compare::<f64>(number.as_bytes());
            compare::<u64>(number.as_bytes());
            compare::<i64>(number.as_bytes());
        }
    }
}

#[test]
fn every_byte_in_a_number_at_every_place() {
    for byte in 0..=u8::MAX {
        for place in 0..20 {
            let mut input = *b"1234567890.123456789 ";
            input[place] = byte;
            compare::<f64>(&input);
            compare::<u64>(&input[..10]);
            compare::<IgnoredAny>(&input);
        }
    }
}

#[test]
fn wide_integers() {
    for digits in
        ["0", "-0", "7", "-7", "340282366920938463463374607431768211455", "-1701411834604692317"]
    {
        compare::<i128>(digits.as_bytes());
        if !digits.starts_with('-') {
            compare::<u128>(digits.as_bytes());
        }
    }
}

#[test]
fn strings() {
    let mut random = Rng::with_seed(4);
    for _ in 0..DOCUMENTS {
        let string = any_string(&mut random);
        compare_all(&mut random, string, |input| {
            compare::<String>(input);
            compare::<char>(input);
            compare::<Option<Box<str>>>(input);
            compare::<IgnoredAny>(input);
        });
    }
}

#[test]
fn every_byte_in_a_string_at_every_place_in_a_word() {
    for byte in 0..=u8::MAX {
        for place in 0..9 {
            let mut input = *b"\"abcdefghij\" ";
            input[1 + place] = byte;
            compare::<String>(&input);
            compare::<IgnoredAny>(&input);
        }
    }
}

#[test]
fn nested_documents() {
    let mut random = Rng::with_seed(5);
    for depth in 120..136 {
        for _ in 0..10 {
            let document = deep_document(&mut random, depth);
            compare_all(&mut random, document, |input| {
                compare::<Value>(input);
                compare::<IgnoredAny>(input);
                compare::<Sample>(input);
            });
        }
    }
}

#[test]
fn tuples_variants_and_keys() {
    let documents: [&[u8]; 24] = [
        br#"[1, "a"]"#,
        br#"[1]"#,
        br#"[]"#,
        br#"{"1": 2, "-3": null}"#,
        br#"{"1": 2}"#,
        br#"{"true": 1, "false": 2}"#,
        br#""Unit""#,
        br#"{"Unit": null}"#,
        br#"{"Unit": 1}"#,
        br#"{"Newtype": 1}"#,
        br#"{"Newtype": "x"}"#,
        br#"{"Newtype" 1}"#,
        br#"{"Tuple": [1, "a"]}"#,
        br#"{"Tuple": {}}"#,
        br#"{"Struct": {"a": 1}}"#,
        br#"{"Struct": {"a": }}"#,
        br#""Newtype""#,
        br#""Tuple""#,
        br#""Struct""#,
        br#"{}"#,
        br#"{1: 2}"#,
        br#"null"#,
        br#" [ null , true , false ] "#,
        br#"[nul, tru, fals]"#,
    ];
    for document in documents {
        for end in 0..=document.len() {
            let document = &document[..end];
            compare::<(i32, String)>(document);
            compare::<BTreeMap<String, i32>>(document);
            compare::<Vec<Option<bool>>>(document);
            compare::<()>(document);
            if matches!(document.first(), Some(b'"' | b'{')) {
                compare::<Variants>(document);
            }
        }
    }
    let keys = [br#"{"1": 2, "-3": 4}"#.as_slice(), br#"{"true": 1, "false": 2}"#];
    compare::<BTreeMap<i32, i32>>(keys[0]);
    compare::<BTreeMap<Option<i64>, i32>>(keys[0]);
    compare::<BTreeMap<bool, i32>>(keys[1]);
}
