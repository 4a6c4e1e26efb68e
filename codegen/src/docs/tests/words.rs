//! Tests sentences, constraints, code and lines.

use super::super::{wrap::wrap, *};
use crate::ir::{Bounds, Constraints, Number};

#[test]
fn summaries_are_first_sentences() {
    let rows = [
        ("One. Two.", "One."),
        ("One", "One"),
        ("One? Two", "One?"),
        ("Use e.g. Two. Three.", "Use e.g. Two."),
        ("Use i.e. this (cf. That). Three.", "Use i.e. this (cf. That)."),
        ("Version 1.2.3 of a.b. Two.", "Version 1.2.3 of a.b."),
        ("Lists etc. are long. Two.", "Lists etc. are long."),
        ("Is `a. B` code? Two.", "Is `a. B` code?"),
        ("[See. This](https://a.example). Two.", "[See. This](https://a.example)."),
        ("**One. Two.** Three.", "**One. Two.**"),
        ("(One.) Two.", "(One.)"),
        ("\"One.\" Two.", "\"One.\""),
        ("One \\*. Two.", "One \\*."),
        ("J. Doe wrote. Two.", "J. Doe wrote."),
        ("Ünï… Zwei. Drei.", "Ünï… Zwei."),
    ];
    for (text, expected) in rows {
        assert_eq!(summary(&[text.to_owned()]), expected);
    }
    assert_eq!(summary(&[]), "");
    assert_eq!(
        summary(&["- a\n- b".to_owned(), "| a |".to_owned(), "One. Two.".to_owned()]),
        "One."
    );
}

#[test]
fn constraints_are_words() {
    let bound = |min: &str, max: &str| {
        let number = |text: &str| text.parse().ok().map(Number::Whole);
        Some(Bounds { min: number(min), max: number(max) })
    };
    let length = |min, max| Constraints { length: bound(min, max), ..Constraints::default() };
    let rows = [
        (length("2", "256"), Counted::Characters, "2 to 256 characters"),
        (length("12", "12"), Counted::Characters, "exactly 12 characters"),
        (length("1", "1"), Counted::Characters, "exactly 1 character"),
        (length("", "100"), Counted::Elements, "at most 100 elements"),
        (length("1", ""), Counted::Bytes, "at least 1 byte"),
        (length("0", "20971520"), Counted::Bytes, "0 to 20971520 bytes"),
        (length("0", "1"), Counted::Entries, "0 to 1 entry"),
        (length("0", "50"), Counted::Entries, "0 to 50 entries"),
    ];
    for (rules, counted, expected) in rows {
        assert_eq!(constraints(&rules, counted).as_deref(), Some(expected));
    }
    let range = Constraints { range: bound("1", "1000"), ..Constraints::default() };
    assert_eq!(constraints(&range, Counted::Characters).as_deref(), Some("1 to 1000"));
    let all = Constraints {
        length: bound("1", ""),
        range: None,
        pattern: Some("^[`a]|`` $".to_owned()),
        unique: true,
        ..Constraints::default()
    };
    let expected = "at least 1 element; matches the pattern ```^[`a]|`` $```; no duplicates";
    assert_eq!(constraints(&all, Counted::Elements).as_deref(), Some(expected));
    let nothing = length("", "");
    assert_eq!(constraints(&nothing, Counted::Characters), None);
    assert_eq!(constraints(&Constraints::default(), Counted::Characters), None);
}

#[test]
fn any_text_can_be_code() {
    let rows = [
        ("a", "`a`"),
        ("", "`\"\"`"),
        ("  ", "`\"  \"`"),
        (" a", "` a`"),
        (" a ", "`  a  `"),
        ("`a", "`` `a ``"),
        ("a\nb\u{202e}", "`a\\nb\\u{202e}`"),
    ];
    for (text, expected) in rows {
        assert_eq!(code(text), expected);
    }
}

#[test]
fn lines_are_wrapped_where_nothing_breaks() {
    let rows: &[(&str, usize, &[&str])] = &[
        ("aaa bbb ccc", 7, &["aaa bbb", "ccc"]),
        ("aaaaaaaaaa b", 4, &["aaaaaaaaaa", "b"]),
        ("a `b c d` e", 4, &["a", "`b c d`", "e"]),
        ("a [b c](https://d.example), e", 4, &["a", "[b c](https://d.example),", "e"]),
        ("see [`A`] or [b c]", 7, &["see", "[`A`]", "or", "[b c]"]),
        ("- aa bb\n  - cc dd ee\n- ff", 7, &["- aa bb", "  - cc", "    dd", "    ee", "- ff"]),
        ("10. aa bb", 6, &["10. aa", "    bb"]),
        ("aaa - bbb 1. ccc # d", 4, &["aaa -", "bbb 1.", "ccc #", "d"]),
        ("aaa === bbb > c + d", 3, &["aaa ===", "bbb >", "c +", "d"]),
        ("```text\na b c d\n```", 3, &["```text", "a b c d", "```"]),
        (
            "- ```text\n  a b c\n  ```\n- dd ee",
            5,
            &["- ```text", "  a b c", "  ```", "- dd", "  ee"],
        ),
        ("| a | b |\n| --- | --- |", 3, &["| a | b |", "| --- | --- |"]),
        ("- a\n\n  b", 9, &["- a", "", "  b"]),
        ("äö üß", 4, &["äö", "üß"]),
        ("", 9, &[]),
    ];
    for (text, width, expected) in rows {
        assert_eq!(wrap(text, *width), *expected, "for {text:?}");
    }
}
