use super::{matching::matches, sample::sample, steps::Steps};
use crate::lower::pattern::read;

#[test]
fn patterns_match_the_expected_texts() {
    let rows: &[(&str, &str, bool)] = &[
        (r"[0-9]{12}", "123456789012", true),
        (r"^[0-9]{12}$", "1234567890123", false),
        (r"^[a-z]+(-[a-z]+)*$", "my-first-disk", true),
        (r"^[a-z]+(-[a-z]+)*$", "my--disk", false),
        (r"^(ab|a)(c|bcd)$", "abcd", true),
        (r"\w[\w\-]*\w", "a-b", true),
        (r"\w[\w\-]*\w", "-", false),
        (r"^.*\S.*$", "  ", false),
        (r"^(a*)*$", "aaaa", true),
        (r"^(a*)*b$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        (r"^[^/]+/[^/]+$", "team/app", true),
        (r"^a{2,3}$", "aaaa", false),
        (r"^a{2,}?$", "aaaa", true),
        (r"^\p{L}\p{N}$", "a1", true),
        (r"^[]a]$", "]", true),
        (r"^[a\]-]+$", "a]-", true),
        (r"\u0041\x42", "AB", true),
        (r"^[\u0020-\u00FF]+$", "{\"a\": 1}", true),
        (r"^[+-\.]$", "-", true),
        (r"^[a-\d]+$", "-", true),
        (r"^[!-\.]+$", "-", true),
        (r"", "", true),
    ];
    for (pattern, text, expected) in rows {
        let read = read(pattern).unwrap_or_else(|| panic!("{pattern}"));
        assert_eq!(matches(&read, text, &Steps::new()), *expected, "{pattern} on {text}");
    }
}

#[test]
fn samples_match_their_pattern() {
    for pattern in [
        r"[0-9]{12}",
        r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}$",
        r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+)*",
        r"^([a-z]{2,8}\/?|ROOT)$",
        r"^\d{1,2}:00$",
        r"[A-Z]+",
        "[€]",
    ] {
        let (read, steps) = (read(pattern).unwrap(), Steps::new());
        for more in 0..4 {
            let text = sample(&read, more, &steps).unwrap();
            assert!(matches(&read, &text, &steps), "{pattern} gave {text}");
        }
    }
    let sample = |pattern| sample(&read(pattern).unwrap(), 0, &Steps::new());
    assert_eq!(sample("[0-9]{4}").as_deref(), Some("1234"));
    assert_eq!(sample("[0-9a-f]{4}-[a-f0-9]{2}").as_deref(), Some("4b9e-f0"));
    assert_eq!(sample("((a{9}){9}){9}"), None, "too long");
}

/// Without a limit, none of these patterns would finish in practice.
#[test]
fn patterns_without_an_end_have_a_step_limit() {
    let nested = |inner: &str| format!("{}{inner}{}", "(".repeat(9), "){999}".repeat(9));
    for pattern in ["(b{0}){9999999999999}a".to_owned(), nested("b{0}"), nested("^"), nested("")] {
        let (read, steps) = (read(&pattern).unwrap(), Steps::new());
        assert_eq!(sample(&read, 0, &steps), None, "{pattern}");
        assert!(!matches(&read, "b", &Steps::new()), "{pattern}");
    }
    let empty = format!("({}){{0,1999}}x", "|".repeat(2000));
    assert!(!matches(&read(&empty).unwrap(), "aaaa", &Steps::new()));
    assert_eq!(read(&"a".repeat(5000)), None);
}
