use std::{fs, path::Path};

use super::{is_supported, read};

/// Returns a list of patterns from the runtime's tests, so that both parsers support the same
/// patterns.
fn runtime_table(name: &str) -> String {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/shape/constraint/pattern");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn unsupported_patterns_are_not_parsed() {
    for pattern in runtime_table("unsupported.txt").lines() {
        assert!(!is_supported(pattern), "{pattern}");
    }
    for pattern in ["(".repeat(100_000), "(".repeat(1000), "a".repeat(5000)] {
        assert!(!is_supported(&pattern));
    }
}

#[test]
fn supported_patterns_are_parsed() {
    for pattern in runtime_table("supported.txt").lines() {
        assert!(is_supported(pattern), "{pattern}");
    }
}

#[test]
fn patterns_with_assertions_have_no_syntax_tree() {
    for pattern in
        ["(?!aws:)a", "(?=a)b", "(?<!a)b", "(?<=a)b", r"\ba", r"(a)\1", "(?>a)b", r"\p{Unknown}"]
    {
        assert!(is_supported(pattern), "{pattern}");
        assert_eq!(read(pattern), None, "{pattern}");
    }
}

#[test]
fn sets_contain_the_expected_characters() {
    let rows = [
        (r"[^\W_]", "a0", "_-"),
        (r"[\P{L}]", "0_", "a"),
        (r"\p{P}", "!-_", "a$"),
        (r"\p{S}", "$+~", "a!"),
        (r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]", "a é漢\t😀", "\n"),
        (r"[\u0020-\uD7FF\uD800\uDBFF-\uDC00\uDFFF]", "a é", "\n"),
        (r"[^\000-\037]", "a ", "\u{1f}"),
        (r"\x{41}", "A", "a"),
    ];
    for (pattern, members, others) in rows {
        let sets = read(pattern).unwrap_or_else(|| panic!("{pattern}"));
        let [nodes] = sets.as_slice() else { panic!("{pattern}") };
        let [super::PatternNode::Set(set)] = nodes.as_slice() else { panic!("{pattern}") };
        assert!(members.chars().all(|c| set.has(c)), "{pattern}");
        assert!(!others.chars().any(|c| set.has(c)), "{pattern}");
    }
}
