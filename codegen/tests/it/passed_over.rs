//! Generates from C2J folders as other SDKs publish them. Anything that a client cannot use is
//! skipped with a note, without affecting the rest.

use std::fs;

use longshore_codegen::{Error, Generated, Generator};
use serde_json::{Value, json};

/// A service with one operation, which has a token and a list of things.
fn service() -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-01-01",
            "endpointPrefix": "tiny",
            "jsonVersion": "1.1",
            "protocol": "json",
            "serviceId": "Tiny",
            "signatureVersion": "v4",
            "targetPrefix": "Tiny",
        },
        "operations": {
            "ListThings": {
                "name": "ListThings",
                "input": {"shape": "ListThingsInput"},
                "output": {"shape": "ListThingsOutput"},
            },
        },
        "shapes": {
            "ListThingsInput": {"type": "structure", "members": {
                "next": {"shape": "Text"}, "type": {"shape": "Text"},
            }},
            "ListThingsOutput": {"type": "structure", "members": {
                "things": {"shape": "Texts"}, "next": {"shape": "Text"}, "state": {"shape": "Text"},
            }},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Text": {"type": "string"},
        },
    })
}

/// Generates from a folder with the service and these other files.
fn generate(strict: bool, beside: &[(&str, &Value)]) -> Result<Generated, Error> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in beside.iter().copied().chain([("api-2.json", &service())]) {
        fs::write(folder.path().join(name), content.to_string()).unwrap();
    }
    let generator = Generator::new().endpoint_tests(true).strict(strict).model(folder.path());
    generator.generate_modules()
}

/// The file name, line and message of each warning.
fn warnings(generated: &Generated) -> Vec<String> {
    let warnings = generated.warnings.iter().map(|warning| {
        let file = warning.file.as_deref().and_then(|file| file.file_name()).unwrap_or_default();
        format!("{}:{}: {}", file.display(), warning.line, warning.message)
    });
    warnings.collect()
}

fn text(generated: &Generated, path: &str) -> String {
    generated.files.get(path).cloned().unwrap_or_default()
}

#[test]
fn files_that_say_nothing_to_a_client_are_skipped() {
    let smoke = json!({"version": 1, "defaultRegion": "us-west-2", "testCases": [
        {"operationName": "ListThings", "input": {}, "errorExpectedFromService": false},
    ]});
    let newer = json!({"version": 2, "testCases": [{
        "id": "ListThingsSuccess",
        "operationName": "ListThings",
        "input": {},
        "expectation": {"success": {}},
        "config": {"region": "us-west-2"},
    }]});
    let docs = json!({"version": "2.0", "service": "", "operations": {}, "shapes": {}});
    let resources = json!({"service": {"has": {}}, "resources": {}});
    let beside = [
        ("docs-2.json", &docs),
        (
            "endpoint-tests-1.json",
            &json!({"version": "1.0", "testCases": [{
                "params": {"Region": "eu-west-1"}, "expect": {"error": "x"},
            }]}),
        ),
        ("examples-1.json", &json!({"version": "1.0", "examples": {"ListThings": [7]}})),
        ("resources-1.json", &resources),
        ("smoke-2.json", &newer),
        ("smoke.json", &smoke),
        ("tests.json", &json!({"testCases": []})),
    ];
    let skipped =
        |file| format!("{file}:1: this file is skipped, because the generator uses nothing in it.");
    let wanted = ["docs-2.json", "resources-1.json", "smoke-2.json", "smoke.json", "tests.json"]
        .map(skipped);
    assert_eq!(warnings(&generate(false, &beside).unwrap()), wanted);
    assert_eq!(warnings(&generate(true, &beside).unwrap()), wanted);
}

#[test]
fn a_paginator_that_cannot_be_used_costs_only_itself() {
    let tokens = |more: Value| {
        let mut entry = json!({"input_token": "next", "output_token": "next"});
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        entry
    };
    let none = "ListThings gets no paginator";
    let cases = [
        (
            json!({"result_key": "things"}),
            false,
            format!("{none}: the key `input_token` is missing. Add it."),
        ),
        (
            json!({"input_token": "next"}),
            false,
            format!("{none}: the key `output_token` is missing. Add it."),
        ),
        (json!(null), false, format!("{none}: expected an object, found null. Correct it.")),
        (
            tokens(json!({"limit_key": 5})),
            false,
            format!("{none}: expected a string, found a number. Correct it."),
        ),
        (
            json!({"input_token": "nxt", "output_token": "next"}),
            false,
            "the operation gets no paginator: the inputToken `nxt` is not a member of its input; \
             correct the trait smithy.api#paginated."
                .to_owned(),
        ),
        (
            tokens(json!({"result_key": "thngs"})),
            true,
            "its pages get no items: the items `thngs` is not a member of its output; correct the \
             trait smithy.api#paginated."
                .to_owned(),
        ),
        (
            tokens(json!({"limit_key": "max"})),
            true,
            "its paginator gets no page size: the pageSize `max` is not a member of its input; \
             correct the trait smithy.api#paginated."
                .to_owned(),
        ),
        (
            json!({"input_token": ["next", "nxt"], "output_token": ["next", "state"]}),
            false,
            "the operation gets no paginator: the inputToken `nxt` is not a member of its input; \
             correct the trait longshore#pageTokens."
                .to_owned(),
        ),
        (
            json!({"input_token": ["next", "next"], "output_token": ["next", "state"]}),
            false,
            "the operation gets no paginator: the inputToken `next` occurs twice; correct the \
             trait longshore#pageTokens."
                .to_owned(),
        ),
        (
            json!({"input_token": vec!["next"; 13], "output_token": vec!["next"; 13]}),
            false,
            "the operation gets no paginator: it has 13 tokens instead of 2 to 12; correct the \
             trait longshore#pageTokens."
                .to_owned(),
        ),
        (
            json!({
                "input_token": ["next", "type"], "output_token": ["next", "state"],
                "more_results": "state",
            }),
            false,
            "the operation gets no paginator: moreResults `state` is not a boolean; correct the \
             trait longshore#pageTokens."
                .to_owned(),
        ),
        (
            tokens(json!({"more_results": "state"})),
            false,
            "the operation gets no paginator: moreResults `state` is not a boolean; correct the \
             trait longshore#pageTokens."
                .to_owned(),
        ),
    ];
    for (entry, pages, message) in cases {
        let file = json!({"version": "1.0", "pagination": {"ListThings": entry}});
        let generated = generate(false, &[("paginators-1.json", &file)]).unwrap();
        let found: Vec<_> =
            generated.warnings.iter().map(|warning| warning.message.clone()).collect();
        assert_eq!(found, std::slice::from_ref(&message), "{entry}");
        let client = text(&generated, "tiny/client.rs");
        assert_eq!(client.contains("list_things_pages"), pages, "{entry}");
        let strict = generate(true, &[("paginators-1.json", &file)]).unwrap_err();
        assert_eq!(strict.problems()[0].message, message, "{entry}");
    }
}

#[test]
fn a_file_of_paginators_without_entries_costs_only_itself() {
    for pagination in [json!([]), json!(null)] {
        let file = json!({"pagination": pagination});
        let generated = generate(false, &[("paginators-1.json", &file)]).unwrap();
        let [warning] = warnings(&generated).try_into().unwrap();
        assert!(warning.starts_with("paginators-1.json:1: this file is skipped: "), "{warning}");
    }
}

#[test]
fn a_waiter_that_cannot_be_used_costs_only_itself() {
    let acceptor = |path: &str| json!({"state": "success", "matcher": "path", "argument": path, "expected": "done"});
    let waiter = |acceptors: Value| json!({"operation": "ListThings", "delay": 5, "maxAttempts": 3, "acceptors": acceptors});
    let mut typed = waiter(json!([acceptor("state")]));
    typed["type"] = json!("api");
    let mut other = typed.clone();
    other["type"] = json!("event");
    let file = json!({"version": 2, "waiters": {
        "A": typed,
        "B": other,
        "C": {"operation": "ListThings"},
        "D": waiter(json!([acceptor("stat")])),
        "E": waiter(json!([{"state": "success"}])),
        "F": 5,
        "G": waiter(json!([acceptor("state")])),
    }});
    let generated = generate(false, &[("waiters-2.json", &file)]).unwrap();
    let wanted = [
        "waiters-2.json:1: the waiter B is skipped: its type is not `api`. Correct or remove it.",
        "waiters-2.json:1: the waiter C is skipped: the key `acceptors` is missing. Add it.",
        "waiters-2.json:1: the waiter E is skipped: the key `matcher` is missing. Add it.",
        "waiters-2.json:1: the waiter F is skipped: expected an object, found a number. Correct it.",
        "api-2.json:1: its waiter D is skipped: in acceptor 1, the path `stat` is invalid: there is \
         no member stat; the members are next, state, things; correct the trait \
         smithy.waiters#waitable.",
    ];
    assert_eq!(warnings(&generated), wanted);
    let client = text(&generated, "tiny/client.rs");
    for (name, there) in [("a", true), ("b", false), ("c", false), ("d", false), ("g", true)] {
        let method = format!("pub async fn wait_until_{name}");
        assert_eq!(client.contains(&method), there, "{name}: {client}");
    }
    let strict = generate(true, &[("waiters-2.json", &file)]).unwrap_err();
    assert_eq!(strict.problems().len(), 4, "{strict}");
}

#[test]
fn an_endpoint_test_case_that_cannot_be_used_costs_only_itself() {
    let rules = json!({
        "version": "1.0",
        "parameters": {"Region": {"type": "String", "builtIn": "AWS::Region"}},
        "rules": [{
            "type": "endpoint",
            "conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]}],
            "endpoint": {"url": "https://tiny.{Region}.example.com"},
        }],
    });
    let endpoint = json!({"endpoint": {"url": "https://tiny.eu-west-1.example.com"}});
    let tests = json!({"version": "1.0", "testCases": [
        {"params": {"Region": "eu-west-1", "Zone": "a"}, "expect": endpoint},
        {"params": {"Region": "eu-west-1"}, "expect": endpoint},
        {"params": {"Region": 1}, "expect": endpoint},
        {"params": {}, "skip": true, "expect": {"error": "x"}},
        {"params": {}},
    ]});
    let beside = [("endpoint-rule-set-1.json", &rules), ("endpoint-tests-1.json", &tests)];
    let generated = generate(false, &beside).unwrap();
    let wanted = "api-2.json:1: 4 endpoint test cases are skipped, the first because of: \
         smithy.rules#endpointTests, testCases[0].params.Zone: the rules have no such parameter.";
    assert_eq!(warnings(&generated), [wanted]);
    let endpoint = text(&generated, "tiny/endpoint.rs");
    assert_eq!(endpoint.matches("with().region(\"eu-west-1\")").count(), 1, "{endpoint}");
    assert!(generate(true, &beside).is_err());
}
