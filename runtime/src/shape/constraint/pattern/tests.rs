use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::Pattern;

fn matches(pattern: &str, text: &str) -> bool {
    Pattern::parse(pattern).unwrap_or_else(|| panic!("{pattern}")).matches(text)
}

#[test]
fn patterns_match_the_expected_texts() {
    let rows: &[(&str, &str, bool)] = &[
        ("", "", true),
        ("", "anything", true),
        ("[0-9]{12}", "id 123456789012", true),
        ("^[0-9]{12}$", "1234567890123", false),
        ("^[0-9]{12}$", "12345678901", false),
        ("^[a-z]+(-[a-z]+)*$", "my-first-disk", true),
        ("^[a-z]+(-[a-z]+)*$", "my--disk", false),
        ("^(ab|a)(c|bcd)$", "abcd", true),
        ("^a|b$", "axx", true),
        ("^a|b$", "xab", true),
        ("^a|b$", "xax", false),
        ("^$|^a$", "", true),
        ("^(a|)$", "", true),
        (r"\w[\w\-]*\w", "a-b", true),
        (r"\w[\w\-]*\w", "-", false),
        (r"^.*\S.*$", "  ", false),
        (r"^.*\S.*$", " é ", true),
        ("^a.c$", "a\nc", false),
        ("^a.c$", "a\rc", true),
        ("^a$", "a\n", true),
        ("^a$", "a\r\n", true),
        ("^a$", "a\u{2028}", true),
        ("^a$", "a\n\n", false),
        ("^a$", "a\nb", false),
        ("^a$", "\na", false),
        ("^a$\n", "a\n", true),
        (r"^a\z", "a\n", false),
        ("^(?:a*)*$", "aaaa", true),
        ("^(a*)*b$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ("^a{2,3}$", "aaaa", false),
        ("^a{2,3}$", "aaa", true),
        ("^a{2,}?$", "aaaa", true),
        ("^a{2,}$", "a", false),
        ("^(ab)+$", "ababab", true),
        ("^(ab)+$", "", false),
        ("^a{0}$", "", true),
        ("^a{0}$", "a", false),
        ("^(a|b){2}+$", "ab", true),
        ("^a?b$", "b", true),
        ("^{a}{$", "{a}{", true),
        ("^[]a]+$", "]a", true),
        (r"^[a\]-]+$", "a]-", true),
        ("^[^/]+/[^/]+$", "team/app", true),
        ("^[^/]+/[^/]+$", "team/app/", false),
        ("^[a-z-9]+$", "a-9", true),
        ("^[a-z-9]+$", "5", false),
        ("^[0-9-_+.]+$", "1-_+.", true),
        (r"^[a-\d]+$", "a-1", true),
        (r"^[\d-z]+$", "1-z", true),
        (r"^[\d-z]+$", "a", false),
        (r"^[+-\.]$", "-", true),
        (r"^\u0041\x42\x{43}\u{44}$", "ABCD", true),
        (r"^[^\000-\037]+$", "a\u{1f}", false),
        (r"^[^\000-\037]+$", "a ", true),
        (r"^\t\n\r\f\v$", "\t\n\r\u{c}\u{b}", true),
        (r"^[a\v]+$", "a\n\u{b}\r\u{85}", true),
        (r"^[^a\v]+$", "\n\u{2028}", true),
        (r"^[^a\v]+$", "\u{b}", false),
        (r"^[a\v]+\z", " ", false),
        (r"^[\v-\r]\z", "\u{c}", true),
        (r"^[\v-\r]\z", "\n", false),
        (r"^[\t-\v]\z", "\n", true),
        (r"\Aa\z", "a", true),
        (r"\Aa\z", "ab", false),
        (r"^(?<name>a)(?>b)$", "ab", true),
        (r"^\$\{a\}$", "${a}", true),
    ];
    for (pattern, text, expected) in rows {
        assert_eq!(matches(pattern, text), *expected, "{pattern} on {text:?}");
    }
}

#[test]
fn classes_are_exact_for_ascii() {
    let rows = [
        (r"\w", "aZ09_é漢٣\u{301}", "- \u{a0}\u{85}"),
        (r"\W", "-é漢٣ ", "aZ09_"),
        (r"[^\w]", "-é漢٣ ", "aZ09_"),
        (r"\d", "09٣", "aé漢"),
        (r"\D", "aé漢٣", "09"),
        (r"[^\d]", "aé漢٣", "09"),
        (r"\s", " \t\n\u{b}\u{c}\r\u{1c}\u{a0}\u{feff}", "a_"),
        (r"\S", "a_\u{1f}\u{a0}", " \t\u{b}"),
        (r"\p{L}", "aZé漢", "0_ ٣"),
        (r"\pL", "a", "0"),
        (r"\P{L}", "0_ ٣", "aZ"),
        (r"[^\p{L}]", "0é", "a"),
        (r"\p{Lu}", "AÉ", "aé0"),
        (r"\p{N}", "0٣Ⅷ", "a漢"),
        (r"\p{Z}", " \u{3000}", "\ta漢"),
        (r"\p{M}", "\u{301}", "a0 "),
        (r"\p{P}", "!-_—", "a$+ "),
        (r"\p{S}", "$+~€", "a!-"),
        (r"\P{C}", "a é漢", "\n\u{7f}"),
        (r"\p{Alnum}", "a0", "-"),
        (r"\p{IsAlphabetic}", "aé", "0"),
        (r"\p{Graph}", "a!", " \n"),
        (r"\p{Print}", "a ", "\n"),
        (r"\p{XDigit}", "aF0", "g"),
        (r"\p{ASCII}", "a\n", "é"),
        (r"\p{Unknown}", "a é", ""),
        (r"\P{Unknown}", "a é", ""),
    ];
    for (pattern, members, others) in rows {
        let is_member = |c: &char| matches(pattern, &c.to_string());
        assert_eq!(members.chars().filter(|c| !is_member(c)).collect::<String>(), "", "{pattern}");
        assert_eq!(others.chars().filter(is_member).collect::<String>(), "", "{pattern}");
    }
}

#[test]
fn surrogates_stand_for_the_characters_beyond_them() {
    let lists = [
        r"^[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF]+$",
        r"^[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDBFF-\uDC00\uDFFF]+$",
        r"^[\u0009-\uFFFF]+$",
        r"^[^a\uD800-\uDFFF]+$",
        r"^\uD83D\uDE00$",
    ];
    for pattern in lists {
        assert!(matches(pattern, "😀"), "{pattern}");
    }
    assert!(!matches(r"^[\u0020-\uD7FF]+$", "😀"));
    assert!(!matches(r"^\uD83D\uDE01$", "😀"));
    // With two sets, one character would have to match twice.
    assert!(Pattern::parse(r"[\uD800-\uDBFF][\uDC00-\uDFFF]").is_none());
}

#[test]
fn what_needs_backtracking_is_matched_leniently() {
    let rows = [
        ("^(?!aws:)[a-z:]+$", "aws:a", true),
        ("^(?!aws:)[a-z:]+$", "A", false),
        ("^(?=.*[0-9])[a-z0-9]{2,4}$", "ab", true),
        ("^(?=.*[0-9])[a-z0-9]{2,4}$", "a1b2c", false),
        ("^a(?<!b)(?<=a)c$", "ac", true),
        (r"^[0-9a-f]{2}\b-[0-9]$", "a1-1", true),
        (r"^([a-z])\1-$", "ab-", true),
        (r"^([a-z])\1-$", "a-b", false),
    ];
    for (pattern, text, expected) in rows {
        assert_eq!(matches(pattern, text), expected, "{pattern} on {text:?}");
    }
}

/// The generator's tests read the same two files, so both parsers support the same patterns.
#[test]
fn malformed_and_unsupported_patterns_are_not_parsed() {
    for pattern in include_str!("unsupported.txt").lines() {
        assert!(Pattern::parse(pattern).is_none(), "{pattern}");
    }
    assert!(Pattern::parse(&"(".repeat(100_000)).is_none());
    assert!(Pattern::parse(&"(".repeat(1000)).is_none());
    assert!(Pattern::parse(&"a".repeat(10_000)).is_none());
}

#[test]
fn supported_patterns_are_parsed() {
    for pattern in include_str!("supported.txt").lines() {
        assert!(Pattern::parse(pattern).is_some(), "{pattern}");
    }
}

/// The published package contains no generated clients, except those of the runtime.
#[test]
fn every_pattern_of_generated_code_is_parsed() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut patterns = BTreeSet::new();
    for folder in ["clients", "../generated/src", "../codegen/fixtures/models"] {
        add_patterns(&package.join(folder), &mut patterns);
    }
    assert!(!patterns.is_empty());
    for pattern in patterns {
        assert!(Pattern::parse(&pattern).is_some(), "{pattern}");
    }
}

/// Adds the patterns in the Rust files of a folder.
fn add_patterns(folder: &Path, patterns: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_patterns(&path, patterns);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(path).unwrap();
            patterns.extend(source.split("pattern(\"").skip(1).map(literal));
        }
    }
}

/// Returns the text of a string literal, after its opening quote.
fn literal(source: &str) -> String {
    let mut text = String::new();
    let mut chars = source.chars();
    while let Some(c) = chars.next().filter(|c| *c != '"') {
        text.push(match c {
            '\\' => match chars.next() {
                Some(c @ ('\\' | '"' | '\'')) => c,
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                other => panic!("unexpected escape {other:?} in {text}"),
            },
            c => c,
        });
    }
    text
}

#[test]
fn large_counts_become_unlimited() {
    assert!(!matches("^a{0,4096}$", &"a".repeat(4097)));
    assert!(matches("^a{0,5000}$", &"a".repeat(5001)));
    assert!(!matches("^a{0,5000}$", "b"));
    assert!(!matches("^a{5000,}$", "a"));
    let nested = format!("^{}a{}$", "(".repeat(9), "){1,999}".repeat(9));
    assert!(matches(&nested, "aa"));
    assert!(!matches(&nested, "b"));
    let doubled = format!("^{}a{}$", "(".repeat(30), ")+".repeat(30));
    assert!(matches(&doubled, "aaa"));
    assert!(!matches(&doubled, "b"));
    let empty = format!("{}{}", "(".repeat(9), "){999}".repeat(9));
    assert!(matches(&empty, ""));
}

/// A backtracking engine would not finish.
#[test]
fn every_text_is_read_once() {
    let text = "a".repeat(20_000);
    for pattern in ["^(a+)+$", "^(a|a)*$", "^(a*)*b", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"] {
        let expected = !pattern.contains(['b', 'y', 'A']);
        assert_eq!(matches(pattern, &text), expected, "{pattern}");
    }
}

#[test]
fn no_pattern_and_no_text_panics() {
    let mut random = fastrand::Rng::with_seed(89);
    let mut text = |alphabet: &str| {
        let alphabet: Vec<char> = alphabet.chars().collect();
        let length = random.usize(..16);
        (0..length).map(|_| alphabet[random.usize(..alphabet.len())]).collect::<String>()
    };
    let mut parsed = 0;
    for _ in 0..20_000 {
        let pattern = text("abé漢\\\\[[]](()){}{|*+?^$.,-:=!<>&019pPuxwWsSbDd\u{10ffff}");
        if let Some(pattern) = Pattern::parse(&pattern) {
            parsed += 1;
            pattern.matches(&text("abé漢\n0-\u{10ffff}"));
        }
    }
    assert!(parsed > 500, "{parsed}");
}
