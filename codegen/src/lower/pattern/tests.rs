use super::{is_supported, read};

#[test]
fn unsupported_patterns_are_not_parsed() {
    for pattern in [
        "(a",
        "a)",
        "[a",
        "*a",
        "a**",
        "a{2}{3}",
        "a{3,2}",
        "a{,3}",
        "[b-a]",
        "[_-.]",
        r"[_-\.]",
        r"\",
        r"[\",
        r"\x4",
        r"\u12",
        r"\p{L",
        r"\q",
        r"\Z",
        r"\uD800",
        "[[:alpha:]]",
        r"[\uD800-\uDBFF][\uDC00-\uDFFF]",
        "[a&&b]",
        "(?i)a",
        "(?P<a>b)",
        "a{99999999999999999999}",
        "(?",
    ] {
        assert!(!is_supported(pattern), "{pattern}");
    }
    for pattern in ["(".repeat(100_000), "(".repeat(1000), "a".repeat(5000)] {
        assert!(!is_supported(&pattern));
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
