//! Reads the HTTP bindings of C2J models: what `location`, `locationName`, `payload` and `http`
//! mean in each protocol.

use longshore_codegen::smithy::Traits;
use serde_json::{Value, json};

use crate::support::c2j::{annotated, expected, member, model, service, shape};

/// An input with members in all locations.
fn input() -> Value {
    json!({"type": "structure", "payload": "Document", "members": {
        "Name": {"shape": "Text", "location": "uri", "locationName": "name"},
        "Key": {"shape": "Text", "location": "uri", "locationName": "Key"},
        "Limit": {"shape": "Text", "location": "querystring", "locationName": "limit"},
        "Plain": {"shape": "Text", "location": "querystring"},
        "Filters": {"shape": "Texts", "location": "querystring"},
        "Kind": {"shape": "Text", "location": "header", "locationName": "X-Kind"},
        "Meta": {"shape": "Texts", "location": "headers", "locationName": "x-meta-"},
        "All": {"shape": "Texts", "location": "headers"},
        "Status": {"shape": "Count", "location": "statusCode"},
        "Document": {"shape": "Text", "locationName": "document"},
        "Body": {"shape": "Text", "locationName": "body"},
        "Same": {"shape": "Text", "locationName": "Same"},
    }})
}

fn operations() -> Value {
    json!({"Get": {
        "name": "Get2020",
        "http": {"method": "PUT", "requestUri": "/a/{name}/{Key+}?x={name}", "responseCode": 201},
        "input": {"shape": "GetRequest"},
    }})
}

fn shapes() -> Value {
    json!({
        "GetRequest": input(),
        "Text": {"type": "string"},
        "Count": {"type": "integer"},
        "Texts": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    })
}

fn bound(protocol: &str) -> Vec<(String, Traits)> {
    annotated(&model(service(protocol, operations(), shapes())), "GetRequest")
}

#[test]
fn locations_are_bindings_of_the_rest_protocols() {
    let bindings = [
        ("Name", json!({"smithy.api#httpLabel": {}})),
        ("Key", json!({"smithy.api#httpLabel": {}})),
        ("Limit", json!({"smithy.api#httpQuery": "limit"})),
        ("Plain", json!({"smithy.api#httpQuery": "Plain"})),
        ("Filters", json!({"smithy.api#httpQueryParams": {}})),
        ("Kind", json!({"smithy.api#httpHeader": "X-Kind"})),
        ("Meta", json!({"smithy.api#httpPrefixHeaders": "x-meta-"})),
        ("All", json!({"smithy.api#httpPrefixHeaders": ""})),
        ("Status", json!({"smithy.api#httpResponseCode": {}})),
    ];
    let body = [
        ("Document", json!({"smithy.api#httpPayload": {}})),
        ("Body", json!({"smithy.api#jsonName": "body"})),
    ];
    assert_eq!(bound("rest-json"), expected(&[bindings.as_slice(), &body].concat()));
    // The name of a payload is that of its root element.
    let body = [
        ("Document", json!({"smithy.api#httpPayload": {}, "smithy.api#xmlName": "document"})),
        ("Body", json!({"smithy.api#xmlName": "body"})),
    ];
    assert_eq!(bound("rest-xml"), expected(&[bindings.as_slice(), &body].concat()));
}

#[test]
fn locations_mean_nothing_in_json_and_cbor() {
    let mut operations = operations();
    operations["Get"]["name"] = json!("Get");
    for protocol in ["json", "smithy-rpc-v2-cbor"] {
        let model = model(service(protocol, operations.clone(), shapes()));
        // A name without a location is that of the member in the body.
        let name = |name: &str| json!({"longshore#wireName": name});
        let wanted = expected(&[("Document", name("document")), ("Body", name("body"))]);
        assert_eq!(annotated(&model, "GetRequest"), wanted, "{protocol}");
        assert!(!shape(&model, "Get").traits.has("smithy.api#http"), "{protocol}");
    }
}

#[test]
fn labels_are_the_names_of_members() {
    let model = model(service("rest-json", operations(), shapes()));
    let http = shape(&model, "Get").traits.get("smithy.api#http");
    let wanted = json!({"method": "PUT", "uri": "/a/{Name}/{Key+}?x={Name}", "code": 201});
    assert_eq!(http, Some(&wanted));
}

#[test]
fn a_response_has_the_code_200_by_default() {
    let operations = json!({"Get": {"http": {"method": "GET", "requestUri": "/"}}});
    let model = model(service("rest-json", operations, json!({})));
    let http = shape(&model, "Get").traits.get("smithy.api#http");
    assert_eq!(http, Some(&json!({"method": "GET", "uri": "/", "code": 200})));
}

#[test]
fn header_members_of_exceptions_are_bound() {
    let shapes = json!({
        "Gone": {"type": "structure", "exception": true, "error": {"httpStatusCode": 404}, "members": {
            "Retry": {"shape": "Text", "location": "header", "locationName": "Retry-After"},
        }},
        "Text": {"type": "string"},
    });
    let model = model(service("rest-json", json!({"Get": {}}), shapes));
    let retry = member(&model, "Gone", "Retry");
    assert_eq!(retry.text("smithy.api#httpHeader"), Some("Retry-After"));
    assert_eq!(shape(&model, "Gone").traits.get("smithy.api#httpError"), Some(&json!(404)));
}

#[test]
fn the_preferred_protocol_determines_what_names_mean() {
    let shapes = json!({
        "Text": {"type": "string"},
        "It": {"type": "structure", "members": {"a": {"shape": "Text", "locationName": "b"}}},
    });
    // The order in the file does not matter, and unknown protocols are ignored.
    let table = [
        (["json", "query"], "longshore#wireName"),
        (["query", "json"], "longshore#wireName"),
        (["rest-xml", "rest-json"], "smithy.api#jsonName"),
        (["ec2", "smithy-rpc-v2-cbor"], "longshore#wireName"),
        (["semaphore", "rest-xml"], "smithy.api#xmlName"),
    ];
    for (protocols, id) in table {
        let mut service = service("json", json!({"Get": {}}), shapes.clone());
        service["metadata"]["protocols"] = json!(protocols);
        assert_eq!(member(&model(service), "It", "a").text(id), Some("b"), "{protocols:?}");
    }
}
