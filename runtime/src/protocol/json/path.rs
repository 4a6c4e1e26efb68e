//! Where in a body something is, as `imageDetails[17].imagePushedAt`.
//!
//! Nobody keeps a path while a body is read, which would cost every call something. Where reading
//! failed, the body is walked a second time up to the place. The walk knows no model and checks
//! nothing, and never is a value in what it returns, only names and numbers.
//!
//! A name may also be the key of a map, the name of a tag or of a variable. Only what looks like an
//! identifier is printed, of any other key nothing.

use std::fmt::Write;

/// The longest name that is printed.
const NAME: usize = 64;

/// How many parts of a path are printed.
const PARTS: usize = 32;

/// An object or list that is open at the end of the walk.
enum Open<'a> {
    /// With the key whose value comes, once it was there.
    Object(Option<&'a [u8]>),
    /// With the number of the element.
    List(usize),
}

/// The offset of a line and a column, both from 1, as `serde_json` counts them: the column is the
/// number of bytes of the line that were read.
pub(crate) fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let mut ends = body.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = match line {
        0 | 1 => 0,
        _ => ends.nth(line - 2).map_or(body.len(), |(at, _)| at + 1),
    };
    start.saturating_add(column).min(body.len())
}

/// The path of what ends or begins at `end`; `None` for the body as a whole.
pub(crate) fn path(body: &[u8], end: usize) -> Option<String> {
    let body = &body[..end.min(body.len())];
    let open = walk(body);
    let mut path = String::new();
    for part in open.iter().take(PARTS) {
        push(&mut path, part);
    }
    if open.len() > PARTS {
        path.push_str("..");
    }
    (!path.is_empty()).then_some(path)
}

fn walk(body: &[u8]) -> Vec<Open<'_>> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        at += 1;
        match byte {
            b'{' => open.push(Open::Object(None)),
            b'[' => open.push(Open::List(0)),
            b'}' | b']' => {
                open.pop();
            }
            b',' => match open.last_mut() {
                Some(Open::Object(key)) => *key = None,
                Some(Open::List(number)) => *number += 1,
                None => {}
            },
            b'"' => {
                let text = string(&body[at..]);
                at += text.len() + 1;
                if let Some(Open::Object(key @ None)) = open.last_mut() {
                    *key = Some(text);
                }
            }
            _ => {}
        }
    }
    open
}

/// What stands before the quotation mark that ends a string.
fn string(rest: &[u8]) -> &[u8] {
    let mut escaped = false;
    let end = rest.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    &rest[..end.unwrap_or(rest.len())]
}

fn push(path: &mut String, part: &Open<'_>) {
    match part {
        Open::Object(None) => {}
        Open::Object(Some(key)) => match identifier(key) {
            Some(name) if path.is_empty() => path.push_str(name),
            Some(name) => {
                path.push('.');
                path.push_str(name);
            }
            None => path.push_str("[key]"),
        },
        // Writing to a string does not fail.
        Open::List(number) => drop(write!(path, "[{number}]")),
    }
}

fn identifier(key: &[u8]) -> Option<&str> {
    let letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    let fits = key.len() <= NAME
        && key.first().is_some_and(letter)
        && key.iter().all(|byte| letter(byte) || byte.is_ascii_digit());
    if fits { std::str::from_utf8(key).ok() } else { None }
}

/// The beginning of a path that ends with the first `member` in it; `None` where there is none.
pub(crate) fn up_to(path: &str, member: &str) -> Option<String> {
    let mut end = 0;
    for segment in path.split('.') {
        let name = segment.split('[').next().unwrap_or_default();
        if name == member {
            return Some(path[..end + name.len()].to_owned());
        }
        end += segment.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let long = format!("{{\"{}\": 1", "a".repeat(65));
        let deep = "[".repeat(40);
        let deepest = format!("{}..", "[0]".repeat(32));
        let table = [
            ("", None),
            ("{", None),
            ("{\"a\"", Some("a")),
            ("{\"a\": 1", Some("a")),
            ("{\"a\": 1,", None),
            ("{\"a\": 1, \"b\": \"x\"", Some("b")),
            ("{\"a\": {\"b\": [1, {\"c\": ", Some("a.b[1].c")),
            ("{\"a\": {\"b\": [1, {\"c\": 1}", Some("a.b[1]")),
            ("{\"a\": {\"b\": [1, {\"c\": 1}]", Some("a.b")),
            ("[[], [0, [", Some("[1][1][0]")),
            ("{\"a\": \"}],{[\\\"\\\\\", \"b\": [", Some("b[0]")),
            ("{\"a b\": {\"c\": 1", Some("[key].c")),
            ("{\"a\": {\"b-c\": [", Some("a[key][0]")),
            ("{\"\\u0061\": 1", Some("[key]")),
            ("{\"\": 1", Some("[key]")),
            ("{\"7\": 1", Some("[key]")),
            ("{\"é\": 1", Some("[key]")),
            (&long, Some("[key]")),
            (&deep, Some(&deepest)),
            ("]}\"", None),
        ];
        for (body, expected) in table {
            assert_eq!(path(body.as_bytes(), body.len()).as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn places() {
        let body = b"ab\ncd\n\ne";
        let table = [(1, 0, 0), (1, 2, 2), (2, 1, 4), (3, 0, 6), (4, 1, 8), (4, 9, 8), (9, 1, 8)];
        for (line, column, expected) in table {
            assert_eq!(offset(body, line, column), expected, "{line}:{column}");
        }
        assert_eq!(path(body, usize::MAX), None);
    }
    #[test]
    fn a_path_is_cut_at_a_member() {
        let path = "containers[0].web.environment[key].a.b";
        let table = [
            ("environment", Some("containers[0].web.environment")),
            ("containers", Some("containers")),
            ("b", Some(path)),
            ("container", None),
            ("key", None),
        ];
        for (member, expected) in table {
            assert_eq!(up_to(path, member).as_deref(), expected, "{member}");
        }
    }
}
