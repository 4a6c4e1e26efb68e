//! Compares query strings and forms: pairs of names and values, in any order.

use crate::differences::clipped;

/// A decoded name and its value.
type Pair = (String, String);

/// Decodes a query string or a form. A name without `=` has an empty value.
#[must_use]
pub fn pairs(text: &str) -> Vec<Pair> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    pairs.map(pair).collect()
}

/// Replaces the numbers of list elements and map entries in names, so that their order does not
/// matter.
#[must_use]
pub(crate) fn without_indexes(pairs: Vec<Pair>) -> Vec<Pair> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let name = |name: String| {
        let parts = name.split('.').map(|part| if is_number(part) { "*" } else { part });
        parts.collect::<Vec<_>>().join(".")
    };
    pairs.into_iter().map(|(text, value)| (name(text), value)).collect()
}

/// Describes the pairs that are only on one side.
#[must_use]
pub(crate) fn differences(what: &str, expected: Vec<Pair>, mut found: Vec<Pair>) -> Vec<String> {
    let shown = |(name, value): &Pair| clipped(&format!("{name}={value}"));
    let mut failures = Vec::new();
    for pair in &expected {
        match found.iter().position(|other| other == pair) {
            Some(index) => drop(found.remove(index)),
            None => failures.push(format!("{what}: expected {}, found nothing", shown(pair))),
        }
    }
    let unexpected = found.iter();
    failures
        .extend(unexpected.map(|pair| format!("{what}: expected nothing, found {}", shown(pair))));
    failures
}

fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        let mut digits = bytes.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match (byte, digit(digits.next()), digit(digits.next())) {
            (b'%', Some(high), Some(low)) => {
                decoded.extend(u8::try_from(high * 16 + low));
                bytes = digits;
            }
            (b'+', ..) => decoded.push(b' '),
            (byte, ..) => decoded.push(byte),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
