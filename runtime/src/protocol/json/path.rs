//! Locates a position in a body, as a path such as `imageDetails[17].imagePushedAt`.
//!
//! No path is tracked while a body is read, because that would slow down every call. If reading
//! fails, the body is scanned a second time, up to the position of the error. The scan is
//! independent of the model and validates nothing. A path contains names and indexes, never values.
//!
//! A name in the body may also be the key of a map, for example of tags or environment variables.
//! Keys that do not look like identifiers are not printed.

use std::fmt::Write;

/// The maximum length of a name in a path.
const MAX_NAME_LENGTH: usize = 64;

/// The maximum number of segments in a path.
const MAX_SEGMENTS: usize = 32;

/// An object or array that is open at the end of the scan.
enum OpenContainer<'a> {
    /// The key of the current member, once it was read.
    Object(Option<&'a [u8]>),
    /// The index of the current element.
    Array(usize),
}

/// The objects and arrays that are open at a position. Only those that a path can show are stored.
/// The others are only counted, because a body can have any number of them.
#[derive(Default)]
struct OpenContainers<'a> {
    shown: Vec<OpenContainer<'a>>,
    deeper: usize,
}

impl<'a> OpenContainers<'a> {
    fn push(&mut self, container: OpenContainer<'a>) {
        if self.shown.len() < MAX_SEGMENTS {
            self.shown.push(container);
        } else {
            self.deeper += 1;
        }
    }

    fn pop(&mut self) {
        match self.deeper.checked_sub(1) {
            Some(deeper) => self.deeper = deeper,
            None => drop(self.shown.pop()),
        }
    }

    /// The innermost container, if it is stored.
    fn last(&mut self) -> Option<&mut OpenContainer<'a>> {
        if self.deeper == 0 { self.shown.last_mut() } else { None }
    }
}

/// Returns the path of the value that ends or begins at `end`; `None` for the whole body.
pub(crate) fn path(body: &[u8], end: usize) -> Option<String> {
    let open = scan(&body[..end.min(body.len())]);
    let mut path = String::new();
    for segment in &open.shown {
        push_segment(&mut path, segment);
    }
    if open.deeper > 0 {
        path.push_str("..");
    }
    (!path.is_empty()).then_some(path)
}

fn scan(body: &[u8]) -> OpenContainers<'_> {
    let mut open = OpenContainers::default();
    let mut position = 0;
    while let Some(byte) = body.get(position) {
        position += 1;
        match byte {
            b'{' => open.push(OpenContainer::Object(None)),
            b'[' => open.push(OpenContainer::Array(0)),
            b'}' | b']' => open.pop(),
            b',' => match open.last() {
                Some(OpenContainer::Object(key)) => *key = None,
                Some(OpenContainer::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                let text = string_content(&body[position..]);
                position += text.len() + 1;
                if let Some(OpenContainer::Object(key @ None)) = open.last() {
                    *key = Some(text);
                }
            }
            _ => {}
        }
    }
    open
}

/// Returns the content of a string, up to its closing quotation mark.
fn string_content(rest: &[u8]) -> &[u8] {
    let mut escaped = false;
    let end = rest.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    &rest[..end.unwrap_or(rest.len())]
}

fn push_segment(path: &mut String, segment: &OpenContainer<'_>) {
    match segment {
        OpenContainer::Object(None) => {}
        OpenContainer::Object(Some(key)) => match identifier(key) {
            Some(name) if path.is_empty() => path.push_str(name),
            Some(name) => {
                path.push('.');
                path.push_str(name);
            }
            None => path.push_str("[key]"),
        },
        // Writing to a string does not fail.
        OpenContainer::Array(index) => drop(write!(path, "[{index}]")),
    }
}

fn identifier(key: &[u8]) -> Option<&str> {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    let valid = key.len() <= MAX_NAME_LENGTH
        && key.first().is_some_and(is_letter)
        && key.iter().all(|byte| is_letter(byte) || byte.is_ascii_digit());
    if valid { std::str::from_utf8(key).ok() } else { None }
}

/// Returns the beginning of a path up to its first segment called `member`; `None` if there is no
/// such segment.
pub(crate) fn prefix_through(path: &str, member: &str) -> Option<String> {
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
        assert_eq!(path(b"{\"a\": 1", usize::MAX).as_deref(), Some("a"));
    }

    #[test]
    fn memory_and_depth_are_bounded() {
        const DEPTH: usize = 5_000_000;
        for bracket in ["[", "{", "{\"a\":", "[[0,{\"a\":"] {
            let body = ["{\"x\":", &bracket.repeat(DEPTH / bracket.len())].concat();
            let open = scan(body.as_bytes());
            assert_eq!(open.shown.len(), MAX_SEGMENTS);
            assert!(open.shown.capacity() <= 2 * MAX_SEGMENTS);
            let path = path(body.as_bytes(), body.len()).expect("a path");
            assert!(path.starts_with('x') && path.ends_with(".."), "{path}");
        }
    }

    #[test]
    fn deep_content_that_is_closed_does_not_affect_the_path() {
        let deep = format!("{}1,2{}", "[".repeat(100), "]".repeat(100));
        let body = format!("{{\"a\": [{deep}, {deep}, {{\"b\": 1, \"c\": ");
        assert_eq!(path(body.as_bytes(), body.len()).as_deref(), Some("a[2].c"));
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
            assert_eq!(prefix_through(path, member).as_deref(), expected, "{member}");
        }
    }
}
