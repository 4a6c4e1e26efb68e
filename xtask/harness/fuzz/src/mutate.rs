//! Makes text that is similar to a valid sample: its tree or its bytes with a few changes.
//!
//! Random bytes are hardly ever JSON, and random JSON hardly ever gets past the first checks of a
//! reader.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value};

/// The maximum number of changes to a text.
const CHANGES: u32 = 6;

/// The depth of nested values. Readers reject more than 128 levels.
const DEEP: usize = 160;

/// Strings that have a special meaning to some reader.
const STRINGS: [&str; 20] = [
    "",
    "NaN",
    "-Infinity",
    "AAECAw==",
    "AAECAw",
    "====",
    "a#b:c",
    "aws.protocol#LimitsException:http://example.com/",
    "ThrottlingException",
    "2015-01-01T00:00:00Z",
    "\u{0}\n\u{1b}[31m\u{202e}",
    "smithy.api#required",
    "smithy.api#String",
    "fn",
    "r#fn",
    "../../etc/passwd",
    "*/ \" { } ```",
    "\u{fffd}\u{1f980}é",
    "structure",
    "$version",
];

const NUMBERS: [f64; 8] = [0.5, -0.0, 1e308, 1e-320, 1_700_000_000.123, -0.000_001, 9e18, 3.5e38];
const WHOLE: [i64; 7] = [0, 1, -1, i64::MIN, i64::MAX, 1 << 53, 4_294_967_296];

/// One of `samples` with a few changes, or the fuzzer's bytes unchanged.
pub(crate) fn text(u: &mut Unstructured<'_>, samples: &[impl AsRef<str>]) -> Result<Vec<u8>> {
    if u.ratio(1, 16)? {
        return Ok(u.bytes(u.len())?.to_vec());
    }
    let sample = u.choose(samples)?;
    near(u, sample.as_ref())
}

/// `sample` with a few changes.
pub(crate) fn near(u: &mut Unstructured<'_>, sample: &str) -> Result<Vec<u8>> {
    let mut text = match serde_json::from_str::<Value>(sample) {
        Ok(mut value) if u.ratio(7, 8)? => {
            for _ in 0..u.int_in_range(0..=CHANGES)? {
                let root = value.clone();
                change(u, &mut value, &root)?;
            }
            value.to_string().into_bytes()
        }
        _ => sample.as_bytes().to_vec(),
    };
    if u.ratio(1, 4)? {
        for _ in 0..u.int_in_range(1..=CHANGES)? {
            splice(u, &mut text)?;
        }
    }
    Ok(text)
}

/// Makes one change somewhere in a tree.
fn change(u: &mut Unstructured<'_>, value: &mut Value, root: &Value) -> Result<()> {
    let deeper = !u.ratio(1, 5)?;
    match value {
        Value::Object(members) if deeper && !members.is_empty() => {
            let at = u.choose_index(members.len())?;
            if u.ratio(1, 8)? {
                return change_key(u, members, at);
            }
            match members.values_mut().nth(at) {
                Some(member) => change(u, member, root),
                None => Ok(()),
            }
        }
        Value::Array(elements) if deeper && !elements.is_empty() => {
            let at = u.choose_index(elements.len())?;
            match elements.get_mut(at) {
                Some(element) => change(u, element, root),
                None => Ok(()),
            }
        }
        _ => replace(u, value, root),
    }
}

fn change_key(u: &mut Unstructured<'_>, members: &mut Map<String, Value>, at: usize) -> Result<()> {
    let Some(key) = members.keys().nth(at).cloned() else {
        return Ok(());
    };
    let Some(value) = members.remove(&key) else {
        return Ok(());
    };
    if u.ratio(1, 2)? {
        members.insert(string(u)?, value);
    }
    Ok(())
}

fn replace(u: &mut Unstructured<'_>, value: &mut Value, root: &Value) -> Result<()> {
    *value = match u.int_in_range(0..=9)? {
        0 => Value::Null,
        1 => Value::Bool(u.arbitrary()?),
        2 => (*u.choose(&WHOLE)?).into(),
        3 => (*u.choose(&NUMBERS)?).into(),
        4 => string(u)?.into(),
        5 => vec![value.take(); u.int_in_range(0..=3)?].into(),
        6 => Value::Object(Map::from_iter([(string(u)?, value.take())])),
        7 => nested(value.take(), u.int_in_range(1..=DEEP)?),
        8 => part(u, root)?,
        _ => u.arbitrary::<i64>()?.into(),
    };
    Ok(())
}

fn nested(value: Value, depth: usize) -> Value {
    (0..depth).fold(value, |value, level| match level % 2 {
        0 => Value::Array(vec![value]),
        _ => Value::Object(Map::from_iter([("a".to_owned(), value)])),
    })
}

/// A random subtree.
fn part(u: &mut Unstructured<'_>, tree: &Value) -> Result<Value> {
    let mut part = tree;
    while !u.ratio(1, 4)? {
        let next = match part {
            Value::Object(members) if !members.is_empty() => {
                members.values().nth(u.choose_index(members.len())?)
            }
            Value::Array(elements) if !elements.is_empty() => {
                elements.get(u.choose_index(elements.len())?)
            }
            _ => None,
        };
        match next {
            Some(next) => part = next,
            None => break,
        }
    }
    Ok(part.clone())
}

/// A string, occasionally a long one.
pub(crate) fn string(u: &mut Unstructured<'_>) -> Result<String> {
    match u.int_in_range(0..=5)? {
        0 => Ok(u.arbitrary::<&str>()?.to_owned()),
        1 => Ok(u.choose(&STRINGS)?.repeat(u.int_in_range(0..=500)?)),
        _ => Ok((*u.choose(&STRINGS)?).to_owned()),
    }
}

/// Overwrites, inserts or removes some bytes.
fn splice(u: &mut Unstructured<'_>, text: &mut Vec<u8>) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let start = u.choose_index(text.len())?;
    let end = (start + u.int_in_range(0..=8)?).min(text.len());
    match u.int_in_range(0..=3)? {
        0 => text.truncate(start),
        1 => drop(text.drain(start..end)),
        2 => drop(text.splice(start..end, u.arbitrary::<[u8; 2]>()?)),
        _ => drop(text.splice(start..start, (*u.choose(&STRINGS)?).bytes())),
    }
    Ok(())
}
