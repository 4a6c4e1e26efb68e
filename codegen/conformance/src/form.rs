//! Compares query strings and forms: pairs of names and values, in any order.

use std::collections::BTreeMap;

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

/// Sorts map entries by key and value, so that their order in the form does not matter. List
/// elements keep their order unless each has exactly two members: such a list cannot be
/// distinguished from a map.
#[must_use]
pub(crate) fn with_sorted_entries(pairs: Vec<Pair>) -> Vec<Pair> {
    let mut root = Node::default();
    for (name, value) in pairs {
        root.insert(&name, value);
    }
    root.sort_entries();
    root.pairs()
}

/// The pairs whose names begin with the same dot-separated parts.
#[derive(Debug, Default)]
struct Node {
    /// The values of the name that consists of exactly these parts.
    values: Vec<String>,
    /// The pairs whose names have more parts, by the next part.
    children: BTreeMap<String, Node>,
}

impl Node {
    fn insert(&mut self, name: &str, value: String) {
        let node = name
            .split('.')
            .fold(self, |node, part| node.children.entry(part.to_owned()).or_default());
        node.values.push(value);
    }

    fn sort_entries(&mut self) {
        self.children.values_mut().for_each(Self::sort_entries);
        let mut children = self.children.iter();
        if !children.all(|(part, child)| is_number(part) && child.children.len() == 2) {
            return;
        }
        let (numbers, mut entries): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.children).into_iter().unzip();
        entries.sort_by_cached_key(Self::pairs);
        self.children = numbers.into_iter().zip(entries).collect();
    }

    fn pairs(&self) -> Vec<Pair> {
        let own = self.values.iter().map(|value| (String::new(), value.clone()));
        let below = self.children.iter().flat_map(|(part, child)| {
            child.pairs().into_iter().map(move |(rest, value)| match rest.as_str() {
                "" => (part.clone(), value),
                rest => (format!("{part}.{rest}"), value),
            })
        });
        own.chain(below).collect()
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
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
