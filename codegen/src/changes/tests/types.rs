//! Tests changes of types, and where they are reported.

use super::*;

#[test]
fn enum_values_and_union_members_are_added_and_removed() {
    let choice = |values: &[&str]| {
        let members: Map<_, _> = values
            .iter()
            .map(|value| {
                let traits = json!({"smithy.api#enumValue": value});
                ((*value).to_owned(), json!({"target": "smithy.api#Unit", "traits": traits}))
            })
            .collect();
        let color = json!({"type": "enum", "members": members});
        let either =
            json!({"type": "union", "members": {"text": of("String"), "color": of("Color")}});
        one(&json!({"a": of("Either")}), &json!({}), &json!({"Color": color, "Either": either}))
    };
    assert_report(
        &choice(&["red"]),
        &choice(&["red", "green", "blue"]),
        &["    ~ Do", "      ~ request", "        ~ a.color", "          + values blue, green"],
    );
    assert_report(
        &choice(&["red", "green"]),
        &choice(&["red"]),
        &[
            "    ~ Do",
            "      ~ request",
            "        ~ a.color",
            "          - value green",
            "            BREAKING: types::Color::Green is gone",
        ],
    );
    let either = |members: Value| {
        let either = json!({"type": "union", "members": members});
        one(&json!({"a": of("Either")}), &json!({}), &json!({"Either": either}))
    };
    let (both, text) = (json!({"n": of("Long"), "s": of("String")}), json!({"s": of("String")}));
    assert_report(
        &either(text.clone()),
        &either(both.clone()),
        &["    ~ Do", "      ~ request", "        + a.n: long"],
    );
    assert_report(
        &either(both),
        &either(text),
        &[
            "    ~ Do",
            "      ~ request",
            "        - a.n: long",
            "          BREAKING: types::Either::N is gone",
        ],
    );
}

#[test]
fn a_type_that_several_operations_use_is_reported_once() {
    let shapes = |tag: Value| {
        let mut shapes = one(&json!({"tag": of("Tag")}), &json!({"tags": of("Tags")}), &json!({}));
        shapes["Tags"] = json!({"type": "list", "member": of("Tag")});
        shapes["Tag"] = structure(&tag);
        shapes["Other"] = json!({"type": "operation", "input": of("OtherRequest")});
        shapes["OtherRequest"] = structure(&json!({"tags": of("Tags")}));
        shapes
    };
    let new = shapes(json!({"key": of("String"), "value": of("String")}));
    let changes = changes(&shapes(json!({"key": of("String")})), &new);
    let expected = "\
thing: 1 changed shared type; nothing breaks; version bump: minor (patch before 1.0)

  Types used by several operations
    ~ Tag
      used by Do, Other
      + value: string
";
    assert_eq!(text(&changes), expected);
    // The HTML page links from each use to the type.
    let mut page = changes.clone();
    page.operations[0].facts.push(Fact { what: "x".to_owned(), from: None, to: None });
    let page = Report { services: vec![page], ..Report::default() }.print(Format::Html);
    assert!(page.contains("see <a href=\"#thing/type/Tag\"><code>Tag</code></a>"), "{page}");
    assert!(
        page.contains("<details class=\"entry changed\" id=\"thing/type/Tag\" open>"),
        "{page}"
    );
    // Each operation is still listed in the JSON.
    let names: Vec<_> = changes.operations.iter().map(|node| &node.location).collect();
    assert_eq!(names.len(), 2);
}

#[test]
fn a_type_that_is_now_sent_is_another_type() {
    let shapes = |request: Value| {
        let image = structure(&json!({"tags": of("Tags"), "digest": required("String")}));
        let tags = json!({"type": "list", "member": of("String")});
        one(&request, &json!({"image": of("Image")}), &json!({"Image": image, "Tags": tags}))
    };
    assert_report(
        &shapes(json!({})),
        &shapes(json!({"image": of("Image")})),
        &[
            "    ~ Do",
            "      ~ request",
            "        + image: Image",
            "      ~ response",
            "        ~ image: it is sent and received, was only received",
            "          ~ digest",
            "            BREAKING: types::Image::new takes an additional argument: digest",
            "          ~ tags",
            "            BREAKING: types::Image.tags is Option<Vec<String>>, was Vec<String>",
        ],
    );
}

#[test]
fn an_endless_tree_is_reported_in_parts() {
    let shapes = |last: Value| {
        let mut shapes = one(&json!({"a": of("T0")}), &json!({}), &json!({}));
        for index in 0..1000 {
            shapes[format!("T{index}")] = structure(&json!({"a": of(&format!("T{}", index + 1))}));
        }
        shapes["T1000"] = structure(&last);
        shapes
    };
    let changes = changes(&shapes(json!({})), &shapes(json!({"end": of("String")})));
    assert_eq!(changes.types.len(), 1000 / 32);
    let text = text(&changes);
    assert!(text.contains(".end: string\n"), "{text}");
}

#[test]
fn recursive_types_end() {
    let shapes = |more: Value| {
        let mut node = structure(&json!({"left": of("Node"), "children": of("Nodes")}));
        node["members"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let nodes = json!({"type": "list", "member": of("Node")});
        let members = json!({"a": of("Node"), "b": of("Node")});
        one(&members, &json!({}), &json!({"Node": node, "Nodes": nodes}))
    };
    assert_report(
        &shapes(json!({})),
        &shapes(json!({"name": of("String")})),
        &[
            "    ~ Do",
            "      ~ request",
            "        + a.name: string",
            "        ~ b: as above (Node)",
        ],
    );
}

#[test]
fn a_type_of_the_same_name_but_another_kind_is_reported() {
    let value = |value: Value| json!({"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}}});
    let kinds = [
        ("structure", "a structure", structure(&json!({"a": of("String")}))),
        ("union", "a union", json!({"type": "union", "members": {"a": of("String")}})),
        ("enum", "a string enum", json!({"type": "enum", "members": value(json!("A"))})),
        ("intEnum", "an integer enum", json!({"type": "intEnum", "members": value(json!(1))})),
    ];
    let model = |kind: &Value| one(&json!({"a": of("Tag")}), &json!({}), &json!({"Tag": kind}));
    for (old, was, before) in &kinds {
        for (new, is, after) in kinds.iter().filter(|(new, ..)| new != old) {
            let fact = format!("        ~ a: the type is {new} Tag, was {old} Tag");
            let effect = format!("          BREAKING: types::Tag is {is}, was {was}");
            assert_report(
                &model(before),
                &model(after),
                &["    ~ Do", "      ~ request", &fact, &effect],
            );
        }
    }
}

#[test]
fn types_are_compared_by_their_rust_names() {
    let model = |name: &str, member: &str| {
        let shape = structure(&json!({"b": of(member)}));
        one(&json!({}), &json!({"a": of(name)}), &json!({name: shape}))
    };
    let expected = [
        "    ~ Do",
        "      ~ response",
        "        ~ a: the type is TagKey, was Tag_Key",
        "          ~ b: the type is integer, was string",
        "            BREAKING: types::TagKey.b is Option<i32>, was Option<String>",
    ];
    assert_report(&model("Tag_Key", "String"), &model("TagKey", "Integer"), &expected);
    let same = changes(&model("Tag_Key", "String"), &model("TagKey", "String"));
    assert_eq!((same.breaking(), same.release()), (0, Some(Release::Patch)));
}
