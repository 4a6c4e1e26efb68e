//! Tests the HTML page: what starts open, what the filter keeps, anchors and escaping.

use super::*;

/// Returns the opening tags of elements with this class, without those of the style sheet.
fn tags<'a>(page: &'a str, class: &str) -> Vec<&'a str> {
    let (_, body) = page.split_once("<body>").unwrap();
    let tags = body.split('<').filter_map(|text| text.split_once('>').map(|(tag, _)| tag));
    let has_class = |tag: &&str| {
        let (_, rest) = tag.split_once("class=\"").unwrap_or_default();
        let (classes, _) = rest.split_once('"').unwrap_or_default();
        classes.split(' ').any(|name| name == class)
    };
    tags.filter(has_class).collect()
}

fn page(services: Vec<Changes>) -> String {
    Report { services, ..Report::default() }.print(Format::Html)
}

/// `count` operations with one more request member, and as many new ones.
fn many(count: usize) -> Changes {
    let service = |is_new: bool| {
        let members = if is_new { json!({"a": of("String")}) } else { json!({}) };
        let mut shapes = json!({"Response": structure(&json!({}))});
        for index in 0..count {
            let request = json!({"input": {"target": format!("com.example#Do{index}Request")}});
            shapes[format!("Do{index}Request")] = structure(&members);
            shapes[format!("Do{index}")] = operation(&request);
            if is_new {
                let unit = json!({"target": "smithy.api#Unit"});
                let about = json!({"input": unit, "output": unit});
                shapes[format!("New{index}")] = operation(&about);
            }
        }
        shapes
    };
    changes(&service(false), &service(true))
}

#[test]
fn updated_operations_are_always_open() {
    for count in [2, 40] {
        let page = page(vec![many(count)]);
        let changed = tags(&page, "changed");
        let entries: Vec<_> = changed.iter().filter(|tag| tag.starts_with("details")).collect();
        assert_eq!(entries.len(), count);
        assert!(entries.iter().all(|tag| tag.ends_with(" open")), "{entries:?}");
        let added = tags(&page, "added").into_iter().filter(|tag| tag.starts_with("details"));
        assert_eq!(
            added.filter(|tag| tag.ends_with(" open")).count(),
            if count < 25 { count } else { 0 }
        );
    }
}

#[test]
fn the_filter_keeps_breaking_changes() {
    let old = request(&json!({"a": of("String"), "b": of("String")}));
    let new = request(&json!({"b": of("Long"), "c": of("Long")}));
    let page = page(vec![changes(&old, &new), many(1)]);
    let kept = tags(&page, "keep");
    let elements = kept.iter().map(|tag| tag.split_once(' ').unwrap().0);
    // The service, its group, the operation, the request, and the members `a` and `b`.
    assert_eq!(elements.collect::<Vec<_>>(), ["section", "section", "details", "li", "li", "li"]);
    assert!(page.contains("type=\"checkbox\""));
}

#[test]
fn the_filter_keeps_removed_enum_values_if_one_of_them_breaks() {
    let shapes = |values: &[&str]| {
        let member = |value: &&str| {
            let traits = json!({"smithy.api#enumValue": value});
            let member = json!({"target": "smithy.api#Unit", "traits": traits});
            (value.replace('-', "_"), member)
        };
        let members: Map<_, _> = values.iter().map(member).collect();
        let color = json!({"type": "enum", "members": members});
        one(&json!({"a": of("Color")}), &json!({}), &json!({"Color": color}))
    };
    // `a_b` takes over the variant of `a-b`, so only the removal of `c` breaks callers.
    let page = page(vec![changes(&shapes(&["a-b", "c"]), &shapes(&["a_b"]))]);
    assert!(page.contains("values <code>a-b</code>, <code>c</code>"), "{page}");
    assert_eq!(tags(&page, "removed"), ["li class=\"removed keep\""]);
    assert_eq!(tags(&page, "added"), ["li class=\"added\""]);
}

#[test]
fn without_breaking_changes_there_is_no_filter() {
    let page = page(vec![many(1)]);
    assert!(!page.contains("type=\"checkbox\"") && page.contains("Expand all"));
    let equal = request(&json!({}));
    let page = self::page(vec![changes(&equal, &equal)]);
    assert!(!page.contains("Expand all") && page.contains("Nothing changed."));
}

#[test]
fn the_filter_keeps_everything_if_effects_are_unknown() {
    let mut unknown = many(2);
    unknown.unknown = Some("no API".to_owned());
    let page = page(vec![unknown]);
    let entries = tags(&page, "entry");
    assert_eq!(entries.len(), 4);
    assert!(entries.iter().all(|tag| tag.contains(" keep\"")), "{entries:?}");
}

#[test]
fn anchors_do_not_depend_on_other_services() {
    let first = many(1);
    let second = Changes { name: "other/é".to_owned(), ..many(1) };
    let page = page(vec![first, second]);
    for id in
        ["thing", "thing/operation/Do0", "thing/operation/New0", "other%2F%C3%A9/operation/Do0"]
    {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
        assert!(page.contains(&format!(" href=\"#{id}\"")), "{id}");
    }
}

#[test]
fn the_operations_of_a_shared_type_are_counted() {
    // A tree that is too deep is reported in parts, which are shared types of one operation.
    let service = |last: &Value| {
        let mut shapes = request(&json!({"a": of("T0")}));
        for index in 0..40 {
            shapes[format!("T{index}")] = structure(&json!({"a": of(&format!("T{}", index + 1))}));
        }
        shapes["T40"] = structure(last);
        shapes
    };
    let old = service(&json!({}));
    let page = page(vec![changes(&old, &service(&json!({"end": of("String")})))]);
    assert!(page.contains("<summary>used by 1 operation</summary>"), "{page}");
}

#[test]
fn shared_types_link_to_the_operations_that_use_them() {
    let service = |is_new: bool| {
        let members = if is_new { json!({"height": of("Long")}) } else { json!({}) };
        let mut shapes = json!({"Image": structure(&members), "Response": structure(&json!({}))});
        // The other operation changes only through the type, so it has no entry.
        let own = if is_new {
            json!({"i": of("Image"), "a": of("Long")})
        } else {
            json!({"i": of("Image")})
        };
        for (name, members) in [("One", own), ("Two", json!({"i": of("Image")}))] {
            let request = json!({"input": {"target": format!("com.example#{name}Request")}});
            shapes[format!("{name}Request")] = structure(&members);
            shapes[name] = operation(&request);
        }
        shapes
    };
    let page = page(vec![changes(&service(false), &service(true))]);
    let users = "<p><a href=\"#thing/operation/One\"><code>One</code></a>, <code>Two</code></p>";
    assert!(page.contains(users), "{page}");
    assert!(page.contains("<a href=\"#thing/type/Image\"><code>Image</code></a>"), "{page}");
}
