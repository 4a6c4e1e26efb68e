//! Generates documents from a seed: JSON with unusual numbers, strings and white space, and
//! mutations of it.

use fastrand::Rng;

const SPACES: [&str; 8] = ["", "", "", "", " ", "\n", "\r\n\t", "  "];

const NUMBERS: [&str; 26] = [
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "127",
    "128",
    "255",
    "-128",
    "-129",
    "1.0",
    "1e3",
    "-1.5E+2",
    "0.1",
    "1e-400",
    "1e400",
    "5e-324",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "9007199254740993",
    "0.30000000000000004",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "123456789012345678901234567890.5e-10",
];

const STRINGS: [&str; 18] = [
    "",
    "a",
    "abcdefg",
    "abcdefgh",
    "abcdefghi",
    "NaN",
    "-Infinity",
    "AAECAw==",
    "2015-01-01T00:00:00Z",
    "\u{e9}\u{1f980}\u{2028}\u{7f}",
    "\\\"\\\\\\/\\b\\f\\n\\r\\t",
    "\\u00e9\\u0000\\uFFFF",
    "\\ud83e\\udd80",
    "\\ud83e",
    "\\udd80",
    "\\ud83e\\u0041",
    "\\ud83ex",
    "a long text with \\n an escape in the middle of it",
];

/// Names with and without a member in the sample.
const KEYS: [&str; 14] = [
    "text",
    "flag",
    "number",
    "small",
    "float",
    "time",
    "blob",
    "list",
    "map",
    "inner",
    "document",
    "required",
    "later",
    "te\\u0078t",
];

/// Bytes that are special in JSON, or that are not UTF-8.
const BYTES: &[u8] = b"\"\\{}[]:,0-+.eEntfu \n\x00\x1f\x7f\x80\xc3\xa9\xed\xff";

fn space(random: &mut Rng) -> &'static str {
    random.choice(SPACES).unwrap_or_default()
}

/// A number: one from the table, or random digits.
pub(super) fn any_number(random: &mut Rng) -> String {
    if random.bool() {
        return random.choice(NUMBERS).unwrap_or_default().to_owned();
    }
    let digits = |random: &mut Rng, most| -> String {
        let count = random.usize(1..=most);
        (0..count).map(|_| random.digit(10)).collect()
    };
    let mut number = if random.bool() { "-".to_owned() } else { String::new() };
    number += digits(random, 22).trim_start_matches('0');
    number += if number.ends_with(|last: char| last.is_ascii_digit()) { "" } else { "0" };
    if random.bool() {
        number += ".";
        number += &digits(random, 24);
    }
    if random.u8(..4) == 0 {
        number += random.choice(["e", "E", "e-", "E+"]).unwrap_or_default();
        number += &digits(random, 3);
    }
    number
}

/// A string with its quotation marks.
pub(super) fn any_string(random: &mut Rng) -> Vec<u8> {
    let mut string = "\"".to_owned();
    for _ in 0..random.usize(..4) {
        string += random.choice(STRINGS).unwrap_or_default();
        string.extend((0..random.usize(..10)).map(|_| random.alphanumeric()));
    }
    (string + "\"").into_bytes()
}

fn scalar(random: &mut Rng, out: &mut Vec<u8>) {
    match random.u8(..5) {
        0 => out.extend_from_slice(b"null"),
        1 => out.extend_from_slice(if random.bool() { b"true" } else { b"false" }),
        2 => out.extend_from_slice(any_number(random).as_bytes()),
        _ => out.extend(any_string(random)),
    }
}

fn key(random: &mut Rng, out: &mut Vec<u8>) {
    if random.u8(..8) == 0 {
        return out.extend(any_string(random));
    }
    out.push(b'"');
    out.extend_from_slice(random.choice(KEYS).unwrap_or_default().as_bytes());
    out.push(b'"');
}

fn value(random: &mut Rng, depth: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(space(random).as_bytes());
    match random.u8(..4) {
        0 if depth > 0 => container(random, depth, b"{}", out),
        1 if depth > 0 => container(random, depth, b"[]", out),
        _ => scalar(random, out),
    }
    out.extend_from_slice(space(random).as_bytes());
}

fn container(random: &mut Rng, depth: usize, brackets: &[u8; 2], out: &mut Vec<u8>) {
    out.push(brackets[0]);
    out.extend_from_slice(space(random).as_bytes());
    for index in 0..random.usize(..5) {
        if index > 0 {
            out.push(b',');
            out.extend_from_slice(space(random).as_bytes());
        }
        if brackets == b"{}" {
            key(random, out);
            out.extend_from_slice(space(random).as_bytes());
            out.push(b':');
        }
        value(random, depth - 1, out);
    }
    out.push(brackets[1]);
}

/// Any valid document, with a few levels.
pub(super) fn any_document(random: &mut Rng) -> Vec<u8> {
    let mut document = Vec::new();
    value(random, 4, &mut document);
    document
}

/// An object that often fits the sample.
pub(super) fn sample_document(random: &mut Rng) -> Vec<u8> {
    let mut document = br#"{"required": "r""#.to_vec();
    if random.u8(..8) == 0 {
        document = br#"{"later": 1"#.to_vec();
    }
    for _ in 0..random.usize(..8) {
        document.extend_from_slice(b", ");
        member(random, &mut document);
    }
    document.push(b'}');
    document
}

fn member(random: &mut Rng, out: &mut Vec<u8>) {
    let name = random.choice(KEYS).unwrap_or_default();
    out.extend_from_slice(format!("\"{name}\":").as_bytes());
    match name {
        _ if random.u8(..6) == 0 => value(random, 2, out),
        "text" => out.extend(any_string(random)),
        "flag" => out.extend_from_slice(b"true"),
        "number" | "small" | "float" | "time" => {
            out.extend_from_slice(any_number(random).as_bytes());
        }
        "blob" => out.extend_from_slice(b"\"AAECAw==\""),
        "list" => container(random, 1, b"[]", out),
        "map" => container(random, 1, b"{}", out),
        "inner" => out.extend(sample_document(random)),
        _ => value(random, 3, out),
    }
}

/// A document with `depth` levels.
pub(super) fn deep_document(random: &mut Rng, depth: usize) -> Vec<u8> {
    let names = ["{\"inner\": ", "{\"document\": ", "{\"later\": ", "["];
    let (mut start, mut end) = (String::new(), String::new());
    let name = random.usize(..names.len());
    for level in 0..depth {
        let opening = names[if level < 2 { name } else { random.usize(..names.len()) }];
        start += opening;
        end.insert(0, if opening == "[" { ']' } else { '}' });
    }
    [start.as_bytes(), b"1", end.as_bytes()].concat()
}

/// Truncates a document, or changes a few of its bytes.
pub(super) fn mutate(random: &mut Rng, mut document: Vec<u8>) -> Vec<u8> {
    for _ in 0..random.usize(1..3) {
        let position = random.usize(..=document.len());
        let byte = BYTES[random.usize(..BYTES.len())];
        match random.u8(..5) {
            0 => document.truncate(position),
            1 => document.insert(position, byte),
            2 if position < document.len() => drop(document.remove(position)),
            _ if position < document.len() => document[position] = byte,
            _ => document.push(byte),
        }
    }
    document
}
