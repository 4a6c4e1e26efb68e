//! Tests changes of members: added, removed, different types, different traits.

use super::*;

#[test]
fn equal_models_have_no_changes() {
    let old = request(&json!({"a": of("String")}));
    let new = request(&json!({"a": with("String", &json!({
        "smithy.api#documentation": "Words.",
        "smithy.api#xmlName": "A",
    }))}));
    let changes = changes(&old, &new);
    assert!(changes.is_empty());
    assert_eq!(changes.release(), Some(Release::None));
    let expected =
        "thing: equal\n  not counted: 1 documentation text, 1 trait without effect on clients\n";
    assert_eq!(text(&changes), expected);
}

#[test]
fn members_are_added_and_removed() {
    let old = one(&json!({"a": of("String")}), &json!({"b": required("Integer")}), &json!({}));
    let new = one(&json!({"c": of("Long")}), &json!({"d": required("Long")}), &json!({}));
    assert_report(
        &old,
        &new,
        &[
            "    ~ Do",
            "      ~ request",
            "        + c: long",
            "        - a: string",
            "          BREAKING: operation::Request.a is gone",
            "      ~ response",
            "        + d: long, required",
            "        - b: integer, required",
            "          BREAKING: operation::Response.b is gone",
        ],
    );
}

#[test]
fn a_required_member_is_an_argument_only_if_it_is_sent() {
    let old = one(&json!({}), &json!({}), &json!({}));
    let new = one(&json!({"a": required("String")}), &json!({"b": required("String")}), &json!({}));
    assert_report(
        &old,
        &new,
        &[
            "    ~ Do",
            "      ~ request",
            "        + a: string, required",
            "          BREAKING: operation::Request::new takes an additional argument: a",
            "      ~ response",
            "        + b: string, required",
        ],
    );
}

#[test]
fn facts_of_members_are_reported_with_their_effects() {
    let member = |traits: Value| request(&json!({"a": with("String", &traits)}));
    let none = member(json!({}));
    let line = |fact: &str| format!("        ~ a: {fact}");
    let same = |old: &Value, new: &Value, fact: &str| {
        assert_report(old, new, &["    ~ Do", "      ~ request", &line(fact)]);
    };
    let length = |limits: Value| member(json!({"smithy.api#length": limits}));
    let least = length(json!({"min": 1}));
    same(&none, &least, "the length is at least 1, previously none");
    same(&least, &length(json!({"min": 1, "max": 9})), "the length is 1 to 9, was at least 1");
    same(&length(json!({"max": 9})), &none, "the length was removed; it was at most 9");
    let pattern = member(json!({"smithy.api#pattern": "^a b$"}));
    same(&none, &pattern, "the pattern is ^a b$, previously none");
    let sensitive = member(json!({"smithy.api#sensitive": {}}));
    same(&none, &sensitive, "now sensitive");
    same(&sensitive, &none, "no longer sensitive");
    let deprecated = member(json!({"smithy.api#deprecated": {}}));
    same(&none, &deprecated, "now deprecated");
    assert_eq!(changes(&none, &deprecated).release(), Some(Release::Minor));
    assert_eq!(changes(&deprecated, &none).release(), Some(Release::Patch));
    let token = member(json!({"smithy.api#idempotencyToken": {}}));
    same(&none, &token, "now an idempotency token");
}

#[test]
fn required_and_default_change_types() {
    let member = |traits: Value| request(&json!({"a": with("Integer", &traits)}));
    let (none, must) = (member(json!({})), member(json!({"smithy.api#required": {}})));
    assert_report(
        &none,
        &must,
        &[
            "    ~ Do",
            "      ~ request",
            "        ~ a: now required",
            "          BREAKING: operation::Request.a is i32, was Option<i32>",
            "          BREAKING: operation::Request::new takes an additional argument: a",
        ],
    );
    assert_report(
        &must,
        &none,
        &[
            "    ~ Do",
            "      ~ request",
            "        ~ a: no longer required",
            "          BREAKING: operation::Request.a is Option<i32>, was i32",
            "          BREAKING: operation::Request::new no longer takes a",
        ],
    );
    let five = member(json!({"smithy.api#default": 5}));
    assert_report(
        &none,
        &five,
        &[
            "    ~ Do",
            "      ~ request",
            "        ~ a: the default is 5, previously none",
            "          BREAKING: operation::Request.a is i32, was Option<i32>",
        ],
    );
    let six = member(json!({"smithy.api#default": 6}));
    assert_report(
        &five,
        &six,
        &["    ~ Do", "      ~ request", "        ~ a: the default is 6, was 5"],
    );
}

#[test]
fn a_different_order_of_arguments_breaks_callers_without_an_import() {
    let file = |first: &str, second: &str| {
        let member = |name: &str| {
            format!(
                "\"{name}\": {{\"target\": \"smithy.api#String\", \"traits\": \
                 {{\"smithy.api#required\": {{}}}}}}"
            )
        };
        let members = format!("{}, {}", member(first), member(second));
        let text = format!(
            "{{\"smithy\": \"2.0\", \"shapes\": {{\"a.b#Do\": {{\"type\": \"operation\", \"input\": \
             {{\"target\": \"a.b#In\"}}}}, \"a.b#In\": {{\"type\": \"structure\", \"members\": \
             {{{members}}}}}, \"a.b#S\": {{\"type\": \"service\", \"version\": \"1\", \"operations\": \
             [{{\"target\": \"a.b#Do\"}}], \"traits\": {{\"aws.protocols#awsJson1_1\": {{}}, \
             \"aws.auth#sigv4\": {{\"name\": \"s\"}}}}}}}}}}"
        );
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("model.json");
        std::fs::write(&file, text).unwrap();
        read_model(&[file]).unwrap()
    };
    let (old, new) = (|| file("a", "b"), || file("b", "a"));
    assert!(compare("s", old(), new(), Order::Kept).unwrap().is_empty());
    let changes = compare("s", old(), new(), Order::Own).unwrap();
    let expected =
        "        BREAKING: operation::In::new takes its arguments in a different order: b, a\n";
    assert!(text(&changes).ends_with(expected), "{}", text(&changes));
    assert_eq!(changes.release(), Some(Release::Major));
}

#[test]
fn a_type_with_another_rust_name_is_another_type() {
    let names = json!({
        "A": {"type": "string"},
        "B": {"type": "string"},
        "Many": {"type": "list", "member": of("A")},
        "More": {"type": "list", "member": of("Integer")},
    });
    let member = |target: &str| one(&json!({"a": of(target)}), &json!({}), &names);
    // The name of a simple shape does not matter.
    assert!(changes(&member("A"), &member("B")).is_empty());
    assert_report(
        &member("A"),
        &member("Integer"),
        &[
            "    ~ Do",
            "      ~ request",
            "        ~ a: the type is integer, was string",
            "          BREAKING: operation::Request.a is Option<i32>, was Option<String>",
        ],
    );
    assert_report(
        &member("A"),
        &member("Many"),
        &[
            "    ~ Do",
            "      ~ request",
            "        ~ a: the type is list of string, was string",
            "          BREAKING: operation::Request.a is Option<Vec<String>>, was Option<String>",
        ],
    );
    assert_report(
        &member("Many"),
        &member("More"),
        &[
            "    ~ Do",
            "      ~ request",
            "        ~ a",
            "          BREAKING: operation::Request.a is Option<Vec<i32>>, was Option<Vec<String>>",
            "          ~ []: the type is integer, was string",
        ],
    );
}

#[test]
fn a_new_member_comes_with_its_rules() {
    let others = json!({"Name": {"type": "string", "traits": {
        "smithy.api#length": {"min": 1, "max": 20},
        "smithy.api#pattern": "^a$",
    }}});
    let own = json!({"smithy.api#length": {"min": 3}, "smithy.api#sensitive": {}});
    let old = one(&json!({}), &json!({}), &others);
    let new = one(
        &json!({"a": with("Name", &own), "b": with("Integer", &json!({"smithy.api#default": 3}))}),
        &json!({}),
        &others,
    );
    let expected = [
        "    ~ Do",
        "      ~ request",
        "        + a: string, length at least 3, sensitive, pattern ^a$",
        "        + b: integer, default 3",
    ];
    assert_report(&old, &new, &expected);
    // The traits of a removed member are not listed.
    let gone = text(&changes(&new, &old));
    assert!(gone.contains("        - a: string\n"), "{gone}");
    let report = Report { services: vec![changes(&old, &new)], ..Report::default() };
    let report: Value = serde_json::from_str(&report.print(Format::Json)).unwrap();
    let member = &report["services"][0]["operations"][0]["children"][0]["children"][1];
    assert_eq!(member["rules"], json!({"smithy.api#default": 3}));
}

#[test]
fn a_member_with_another_spelling_does_not_break_callers() {
    let old = request(&json!({"a": required("String"), "b": required("String")}));
    let new = request(&json!({"a": required("String"), "B": required("String")}));
    let changes = changes(&old, &new);
    assert_eq!((changes.breaking(), changes.release()), (0, Some(Release::Patch)));
    assert_report(
        &old,
        &new,
        &[
            "    ~ Do",
            "      ~ request",
            "        + B: string, required",
            "        - b: string, required",
        ],
    );
    // The member is now last, and so is the argument.
    let before = request(&json!({"b": required("String"), "c": required("String")}));
    let after = request(&json!({"B": required("String"), "c": required("String")}));
    let text = text(&super::changes(&before, &after));
    assert!(text.contains("Request::new takes its arguments in a different order: c, b"), "{text}");
}
