//! Tests changes of operations and of the service.

use super::*;

#[test]
fn operations_are_added_and_removed_with_their_members() {
    let old = one(&json!({"a": required("String"), "b": of("String")}), &json!({}), &json!({}));
    let mut new = old.clone();
    new["List"] = json!({"type": "operation", "output": {"target": "com.example#Listed"}});
    new["Listed"] = structure(&json!({"names": of("String")}));
    assert_report(&old, &new, &["    + List", "      response: names"]);
    assert_report(
        &new,
        &old,
        &["    - List", "      response: names", "      BREAKING: Client::list is gone"],
    );
    let text = text(&changes(&old, &new));
    let first = "thing: 1 new operation; nothing breaks; version bump: minor (patch before 1.0)\n\n  \
                 New operations\n";
    assert!(text.starts_with(first), "{text}");
}

#[test]
fn inputs_and_outputs_are_added_and_removed() {
    let with = |operation: Value| json!({"Do": operation, "Request": structure(&json!({})), "Response": structure(&json!({}))});
    let (bare, full) = (with(json!({"type": "operation"})), with(operation(&json!({}))));
    let expected = [
        "    ~ Do",
        "      BREAKING: Client::r#do is fn(&operation::Request) -> operation::Response, was fn()",
        "      ~ request",
        "        BREAKING: the type is operation::Request, was operation::DoRequest",
        "      ~ response",
        "        BREAKING: the type is operation::Response, was ()",
    ];
    assert_report(&bare, &full, &expected);
}

#[test]
fn exceptions_are_those_of_the_operation_and_of_the_service() {
    let error = json!({"smithy.api#error": "client"});
    let shapes = |listed: &[&str], members: Value| {
        let ids: Vec<_> = listed.iter().map(|name| of(name)).collect();
        let mut shapes = one(&json!({}), &json!({}), &json!({}));
        shapes["Do"]["errors"] = json!(ids);
        for name in ["Gone", "Busy"] {
            let mut exception = structure(&members);
            exception["traits"] = error.clone();
            shapes[name] = exception;
        }
        shapes
    };
    let none = json!({});
    assert_report(
        &shapes(&["Gone"], none.clone()),
        &shapes(&["Gone", "Busy"], none.clone()),
        &["    ~ Do", "      + exception Busy"],
    );
    assert_report(
        &shapes(&["Gone", "Busy"], none.clone()),
        &shapes(&["Busy"], none.clone()),
        &[
            "    ~ Do",
            "      - exception Gone",
            "        BREAKING: operation::DoError::Gone is gone",
        ],
    );
    let members = json!({"seconds": of("Integer")});
    assert_report(
        &shapes(&["Busy"], none),
        &shapes(&["Busy"], members),
        &["    ~ Do", "      ~ exception Busy", "        + seconds: integer"],
    );
}

#[test]
fn an_exception_of_the_service_belongs_to_each_operation() {
    let shapes = |errors: Value| {
        let mut shapes = one(&json!({}), &json!({}), &json!({"Thing": {"errors": errors}}));
        shapes["Busy"] = structure(&json!({}));
        shapes["Busy"]["traits"] = json!({"smithy.api#error": "server"});
        shapes
    };
    let (none, busy) = (shapes(json!([])), shapes(json!([of("Busy")])));
    assert_report(&none, &busy, &["    ~ Do", "      + exception Busy"]);
}

#[test]
fn paginators_and_waiters_are_added_removed_and_changed() {
    let response = json!({"next": of("String"), "names": of("Names"), "more": of("Names")});
    let names = json!({"Names": {"type": "list", "member": of("String")}});
    let shapes = |traits: Value| {
        let mut shapes = one(&json!({"token": of("String")}), &response, &names);
        shapes["Do"]["traits"] = traits;
        shapes
    };
    let pages = |items: &str| {
        let pages = json!({"inputToken": "token", "outputToken": "next", "items": items});
        shapes(json!({"smithy.api#paginated": pages}))
    };
    assert_report(&shapes(json!({})), &pages("names"), &["    ~ Do", "      + paginator"]);
    assert_report(
        &pages("names"),
        &pages("more"),
        &["    ~ Do", "      ~ paginator: items is more, was names"],
    );
    assert_report(
        &pages("names"),
        &shapes(json!({})),
        &["    ~ Do", "      - paginator", "        BREAKING: Client::do_pages is gone"],
    );
    let token = |input: &str| json!({"input": input, "output": "next"});
    let several = |more: &str| {
        let tokens = json!({"tokens": [token("token"), token("other")], "moreResults": more});
        shapes(json!({"smithy.api#paginated": {}, "longshore#pageTokens": tokens}))
    };
    assert_report(
        &several("a"),
        &several("b"),
        &["    ~ Do", "      ~ paginator: moreResults is b, was a"],
    );
    let waiter = |delay: u32| {
        let matcher = json!({"state": "success", "matcher": {"success": true}});
        let waiter = json!({"acceptors": [matcher], "minDelay": delay, "maxDelay": 60});
        shapes(json!({"smithy.waiters#waitable": {"Done": waiter}}))
    };
    assert_report(&shapes(json!({})), &waiter(2), &["    ~ Do", "      + waiter Done"]);
    assert_report(
        &waiter(2),
        &waiter(5),
        &["    ~ Do", "      ~ waiter Done: minDelay is 5, was 2"],
    );
    assert_report(
        &waiter(2),
        &shapes(json!({})),
        &["    ~ Do", "      - waiter Done", "        BREAKING: Client::wait_until_done is gone"],
    );
}

#[test]
fn the_service_and_its_endpoint_rules_are_reported() {
    let rules = |url: &str, names: &[&str]| {
        let parameter = |name: &&str| ((*name).to_owned(), json!({"type": "string"}));
        let parameters: Map<_, _> = names.iter().map(parameter).collect();
        let rule = json!({"conditions": [], "endpoint": {"url": url}, "type": "endpoint"});
        let all = json!({"version": "1.0", "parameters": parameters, "rules": [rule]});
        json!({"smithy.rules#endpointRuleSet": all})
    };
    let shapes = request(&json!({}));
    let side = |traits: &Value| model(traits, &shapes);
    let first = rules("https://a.example", &[]);
    let cases = [
        (json!({}), first.clone(), "    ~ service\n      + endpoint rules\n"),
        (
            first.clone(),
            rules("https://b.example", &[]),
            "    ~ service\n      ~ endpoint rules: different conditions or endpoints\n",
        ),
        (
            first.clone(),
            rules("https://a.example", &["Region"]),
            "    ~ service\n      ~ endpoint rules: parameters is [\"Region\"], was []\n",
        ),
        (first, json!({}), "    ~ service\n      - endpoint rules\n"),
        (
            json!({}),
            json!({"smithy.api#title": "The Thing", "aws.auth#sigv4": {"name": "things"}}),
            "    ~ service\n      signingName is things, was thing\n      title is The Thing, was Thing\n",
        ),
    ];
    for (old, new, expected) in cases {
        let changes = compare("thing", side(&old), side(&new), Order::Kept).unwrap();
        let text = text(&changes);
        assert!(text.ends_with(&format!("\n  Service\n{expected}")), "{text}");
        assert_eq!(changes.release(), Some(Release::Patch));
    }
}

#[test]
fn a_model_that_cannot_be_generated_is_compared_by_its_facts() {
    let old = request(&json!({"a": with("String", &json!({"smithy.api#streaming": {}}))}));
    let mut new = request(&json!({"b": of("String")}));
    new["Thing"] = json!({"version": "2021-01-01"});
    let changes = changes(&old, &new);
    assert_eq!(changes.release(), None);
    let text = text(&changes);
    assert!(text.contains("effect on callers unknown\n  no API to compare: "), "{text}");
    assert!(text.contains("    ~ service: version is 2021-01-01, was 2020-01-01\n"), "{text}");
    assert!(text.ends_with("        + b: string\n        - a: string\n"), "{text}");
}

#[test]
fn an_exception_of_both_operation_and_service_is_reported_once() {
    let shapes = |service: Value| {
        let mut exception = structure(&json!({}));
        exception["traits"] = json!({"smithy.api#error": "client"});
        let mut shapes = one(&json!({}), &json!({}), &json!({"Gone": exception}));
        shapes["Thing"] = service.clone();
        if !service["errors"].is_null() {
            shapes["Do"]["errors"] = json!([of("Gone")]);
        }
        shapes
    };
    let (old, new) = (shapes(json!({})), shapes(json!({"errors": [of("Gone")]})));
    assert_report(&old, &new, &["    ~ Do", "      + exception Gone"]);
}

#[test]
fn an_operation_that_can_no_longer_be_generated_is_removed_for_callers() {
    let content = json!({"type": "blob", "traits": {"smithy.api#streaming": {}}});
    let content = json!({"Content": content});
    let mut both = one(&json!({}), &json!({"a": of("String")}), &content);
    both["Stay"] = json!({"type": "operation"});
    let mut new = both.clone();
    new["Response"]["members"]["body"] = required("Content");
    let expected = [
        "    ~ Do",
        "      BREAKING: Client::r#do is gone",
        "      ~ response",
        "        + body: blob, required, streaming",
    ];
    assert_report(&both, &new, &expected);
    let changes = changes(&new, &both);
    assert_eq!((changes.breaking(), changes.release()), (0, Some(Release::Minor)));
}

#[test]
fn endpoint_traits_are_reported_in_words() {
    let shapes = |traits: Value| json!({"Do": {"type": "operation", "traits": traits}});
    let endpoint = shapes(json!({"smithy.api#endpoint": {"hostPrefix": "data."}}));
    assert_report(
        &shapes(json!({})),
        &endpoint,
        &["    ~ Do: the host prefix is data., previously none"],
    );
    let deprecated = shapes(json!({"smithy.api#deprecated": {"since": "2020-01-01"}}));
    assert_report(&shapes(json!({})), &deprecated, &["    ~ Do: now deprecated"]);
}
