//! Prints whole reports in each format, with names that need escaping.

use super::*;

/// A report with names that have a special meaning in some format.
fn hostile() -> Report {
    let old = one(&json!({"a": of("String")}), &json!({}), &json!({}));
    let pattern = json!({"smithy.api#pattern": "`<b>&\"'|*_`\u{202e}\u{7}"});
    let new = one(&json!({"a": with("String", &pattern)}), &json!({}), &json!({}));
    let name = "<i>&`*".to_owned();
    let changes = Changes { name: name.clone(), ..changes(&old, &new) };
    Report {
        from: "<old>".to_owned(),
        to: "new & \"better\"".to_owned(),
        services: vec![changes],
        added: vec!["<x>".to_owned()],
        removed: vec!["y".to_owned()],
        passed_over: 3,
        failed: vec![
            ("[z]".to_owned(), "a\tb".to_owned()),
            ("two".to_owned(), "<first>\nsecond".to_owned()),
        ],
    }
}

#[test]
fn names_are_escaped_for_a_terminal() {
    let expected = "\
<old> -> new & \"better\"

<i>&`*: 1 updated operation; nothing breaks; version bump: patch (patch before 1.0)

  Updated operations
    ~ Do
      ~ request
        ~ a: the pattern is `<b>&\"'|*_`\\u{202e}\\u{7}, previously none

1 service only in the new models: <x>

1 service only in the old models: y

ignored: 3 services of other protocols

[z]: could not be compared: a\\tb

two: could not be compared:
  <first>
  second
";
    assert_eq!(hostile().print(Format::Text), expected);
}

#[test]
fn names_are_escaped_in_markdown() {
    let expected = "\
# From \\<old\\> to new \\& \"better\"

## \\<i\\>\\&\\`\\*

1 updated operation; nothing breaks; version bump: patch (patch before 1.0)

### Updated operations

- `Do`
  - request
    - `a`: the pattern is `` `<b>&\"'|*_`\\u{202e}\\u{7} ``, previously none

1 service only in the new models: \\<x\\>

1 service only in the old models: y

ignored: 3 services of other protocols

\\[z\\] could not be compared: a\\\\tb

two could not be compared:

- \\<first\\>
- second
";
    assert_eq!(hostile().print(Format::Markdown), expected);
}

#[test]
fn names_are_escaped_in_html() {
    let page = hostile().print(Format::Html);
    let (_, body) = page.split_once("<body>\n").unwrap();
    let expected = include_str!("page.html");
    let (body, _) = body.split_once("<script>\n").unwrap();
    assert_eq!(body, expected, "{body}");
    for external in ["http:", "https:", "src=", "@import", "url(", "<link"] {
        assert!(!page.contains(external), "{external}");
    }
    assert_eq!(page.matches("<script").count(), 1);
}

#[test]
fn the_json_has_the_documented_format() {
    let value: Value = serde_json::from_str(&hostile().print(Format::Json)).unwrap();
    let expected = json!({
        "version": 1,
        "from": "<old>",
        "to": "new & \"better\"",
        "equal": false,
        "services": [{
            "name": "<i>&`*",
            "equal": false,
            "breaking": 0,
            "bump": {"stable": "patch", "initialDevelopment": "patch"},
            "notCounted": {"documentation": 0, "traits": 0},
            "operations": [{
                "kind": "operation",
                "name": "Do",
                "status": "changed",
                "children": [{
                    "kind": "request",
                    "status": "changed",
                    "children": [{
                        "kind": "member",
                        "name": "a",
                        "status": "changed",
                        "facts": [{
                            "what": "smithy.api#pattern",
                            "from": null,
                            "to": "`<b>&\"'|*_`\u{202e}\u{7}",
                        }],
                    }],
                }],
            }],
            "types": [],
        }],
        "added": ["<x>"],
        "removed": ["y"],
        "ignored": 3,
        "failed": [
            {"name": "[z]", "why": "a\tb"},
            {"name": "two", "why": "<first>\nsecond"},
        ],
    });
    assert_eq!(value, expected);
}

#[test]
fn long_words_are_cut_and_long_lines_wrap() {
    let long = "x".repeat(250);
    let pattern = json!({"smithy.api#pattern": long});
    let new = request(&json!({"a": with("String", &pattern)}));
    let text = text(&changes(&request(&json!({"a": of("String")})), &new));
    assert_eq!(text.matches('x').count(), 250);
}
