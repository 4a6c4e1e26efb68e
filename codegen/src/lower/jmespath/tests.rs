//! Tests which expressions are parsed and which are rejected.

use super::*;
use crate::ir::waiter::Path;

/// A path in a notation that shows its structure.
fn shown(path: &Path) -> String {
    let all = |paths: &[Path]| paths.iter().map(shown).collect::<Vec<_>>().join(" ");
    match path {
        Path::Current => "@".to_owned(),
        Path::Fields(names) => names.join("."),
        Path::Index(index) => format!("#{index}"),
        Path::Literal(json) => format!("`{json}`"),
        Path::Then(a, b) => format!("({} > {})", shown(a), shown(b)),
        Path::Each(a, b) => format!("({} each {})", shown(a), shown(b)),
        Path::Values(a, b) => format!("({} values {})", shown(a), shown(b)),
        Path::Filter(a, b, c) => format!("({} if {} each {})", shown(a), shown(b), shown(c)),
        Path::Flatten(a) => format!("flat({})", shown(a)),
        Path::Compare(a, by, b) => format!("({} {by:?} {})", shown(a), shown(b)),
        Path::And(a, b) => format!("({} and {})", shown(a), shown(b)),
        Path::Or(a, b) => format!("({} or {})", shown(a), shown(b)),
        Path::Not(a) => format!("not({})", shown(a)),
        Path::Call(function, arguments) => format!("{function:?}({})", all(arguments)),
        Path::List(paths) => format!("[{}]", all(paths)),
        Path::Object(entries) => {
            let entries = entries.iter().map(|(key, path)| format!("{key}: {}", shown(path)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

#[test]
fn expressions_are_parsed_by_the_grammar() {
    let table = [
        ("a.b.c", "a.b.c"),
        (r#""a b".c"#, "a b.c"),
        ("a[0].b", "((a > #0) > b)"),
        ("[-1]", "#-1"),
        ("a[].b", "(flat(a) each b)"),
        ("a[]", "flat(a)"),
        ("a[].b[].c", "(flat((flat(a) each b)) each c)"),
        ("a[*].b.c", "(a each b.c)"),
        ("a[*].b[*].c", "(a each (b each c))"),
        ("a[*][0]", "(a each #0)"),
        ("a[*].b | [0]", "((a each b) > #0)"),
        ("a.*.b", "(a values b)"),
        ("*", "(@ values @)"),
        ("a[?b == 'x'].c", "(a if (b Equal `\"x\"`) each c)"),
        ("a[?b][]", "flat((a if b each @))"),
        ("a[?b][].c", "(flat((a if b each @)) each c)"),
        ("a[].b == `[1]`", "((flat(a) each b) Equal `[1]`)"),
        ("length(a[?!(b < `2`)]) > `0`", "(Length((a if not((b Less `2`)) each @)) Greater `0`)"),
        ("a || b && c | d", "((a or (b and c)) > d)"),
        ("!a && b", "(not(a) and b)"),
        ("a.[b, c.d]", "(a > [b c.d])"),
        ("[a, 'x']", "[a `\"x\"`]"),
        ("{x: a, \"y z\": @}", "{x: a y z: @}"),
        ("a[].{x: b}", "(flat(a) each {x: b})"),
        ("contains(keys(a), 'k')", "Contains(Keys(a) `\"k\"`)"),
        ("not_null(a, b, c)", "NotNull(a b c)"),
        ("a[].[b, c][]", "flat((flat(a) each [b c]))"),
    ];
    for (text, wanted) in table {
        assert_eq!(parse(text).as_ref().map(shown).as_deref(), Ok(wanted), "{text}");
    }
}

#[test]
fn invalid_and_unsupported_expressions_are_rejected() {
    let table = [
        ("", "it ends unexpectedly"),
        ("a.", "it ends unexpectedly"),
        ("a b", "unexpected `b`"),
        ("a.[0]", "unexpected `0`"),
        ("a[0", "it ends unexpectedly"),
        ("a[1:2]", "slices are not supported"),
        ("[:2]", "slices are not supported"),
        ("sort_by(a, &b)", "expression arguments (`&`) are not supported"),
        ("sum(a)", "the function sum is not supported"),
        ("length(a, b)", "it calls length with 2 arguments instead of 1"),
        ("length()", "unexpected `)`"),
        ("a ==", "it ends unexpectedly"),
        ("a[]b", "unexpected `b`"),
        ("(a", "it ends unexpectedly"),
        ("a[99999999999999999999]", "the number 99999999999999999999 is too large"),
    ];
    for (text, wanted) in table {
        assert_eq!(parse(text).map(|path| shown(&path)), Err(wanted.to_owned()), "{text}");
    }
}

#[test]
fn no_text_makes_it_panic() {
    let signs =
        ["a", ".", "[", "]", "[?", "*", "(", ")", "!", "|", "`1`", "'x'", "0", ",", "{", ":"];
    for a in signs {
        for b in signs {
            for c in signs {
                let _ = parse(&[a, b, c].concat());
                let _ = parse(&["a", a, b, c, "b"].concat());
            }
        }
    }
    let deep = "(".repeat(100_000);
    assert!(parse(&deep).is_err_and(|error| error.contains("more than 60 tokens")));
}
