//! Reads the keys of C2J that describe XML and forms: names, flattened lists and maps, attributes,
//! namespaces and root elements.

use longshore_codegen::smithy::RESULT_WRAPPER;
use serde_json::{Value, json};

use crate::support::c2j::{annotated, expected, member, model, service, shape, traits};

const XML: [&str; 3] = ["rest-xml", "query", "ec2"];

fn shapes(it: Value) -> Value {
    json!({
        "It": {"type": "structure", "members": it},
        "Text": {"type": "string"},
        "Plain": {"type": "list", "member": {"shape": "Text"}},
        "Named": {"type": "list", "member": {"shape": "Text", "locationName": "item"}},
        "Flat": {"type": "list", "member": {"shape": "Text"}, "flattened": true},
        "FlatNamed": {
            "type": "list",
            "member": {"shape": "Text", "locationName": "item"},
            "flattened": true,
            "locationName": "unused",
        },
        "Map": {
            "type": "map",
            "key": {"shape": "Text", "locationName": "K"},
            "value": {"shape": "Text", "locationName": "V", "xmlNamespace": {"uri": "urn:v"}},
        },
        "FlatMap": {
            "type": "map",
            "key": {"shape": "Text", "locationName": "key"},
            "value": {"shape": "Text"},
            "flattened": true,
        },
    })
}

#[test]
fn names_of_lists_and_maps_depend_on_what_flattens_them() {
    let name = |name: &str| json!({"smithy.api#xmlName": name});
    let flat = json!({"smithy.api#xmlFlattened": {}});
    let flat_as = |name: &str| json!({"smithy.api#xmlFlattened": {}, "smithy.api#xmlName": name});
    // Shape, keys of the reference, traits of the member.
    let table = [
        ("Text", json!({"locationName": "Other"}), name("Other")),
        ("Text", json!({"locationName": "a"}), json!({})),
        ("Plain", json!({"locationName": "Other"}), name("Other")),
        ("Named", json!({}), json!({})),
        ("Named", json!({"flattened": true}), flat.clone()),
        ("Named", json!({"flattened": true, "locationName": "Other"}), flat_as("Other")),
        ("Flat", json!({}), flat.clone()),
        ("Flat", json!({"locationName": "Other"}), flat_as("Other")),
        ("FlatNamed", json!({}), flat_as("item")),
        ("FlatNamed", json!({"locationName": "Other"}), flat_as("item")),
        ("FlatMap", json!({"locationName": "Other"}), flat_as("Other")),
        ("Map", json!({"flattened": true}), flat),
        ("Text", json!({"xmlAttribute": true}), json!({"smithy.api#xmlAttribute": {}})),
        (
            "Text",
            json!({"xmlNamespace": {"prefix": "x", "uri": "urn:x"}}),
            json!({"smithy.api#xmlNamespace": {"prefix": "x", "uri": "urn:x"}}),
        ),
    ];
    for (target, mut reference, wanted) in table {
        reference["shape"] = json!(target);
        for protocol in XML {
            let model =
                model(service(protocol, json!({"Get": {}}), shapes(json!({"a": reference}))));
            assert_eq!(*member(&model, "It", "a"), traits(&wanted), "{protocol} {reference}");
        }
        let model = model(service("json", json!({"Get": {}}), shapes(json!({"a": reference}))));
        let others = annotated(&model, "It").into_iter().flat_map(|(_, traits)| traits.0);
        let others: Vec<_> = others.filter(|(id, _)| id.contains("#xml")).collect();
        assert_eq!(others, [], "json {reference}");
    }
}

#[test]
fn elements_have_names_and_namespaces() {
    for protocol in XML {
        let model = model(service(protocol, json!({"Get": {}}), shapes(json!({}))));
        let item = expected(&[("member", json!({"smithy.api#xmlName": "item"}))]);
        assert_eq!(annotated(&model, "Named"), item);
        let entry = expected(&[
            ("key", json!({"smithy.api#xmlName": "K"})),
            (
                "value",
                json!({"smithy.api#xmlName": "V", "smithy.api#xmlNamespace": {"uri": "urn:v"}}),
            ),
        ]);
        assert_eq!(annotated(&model, "Map"), entry);
        // The default name needs no trait.
        assert_eq!(annotated(&model, "FlatMap"), []);
    }
}

#[test]
fn the_query_name_is_that_of_ec2_requests() {
    let it = json!({"a": {"shape": "Text", "locationName": "b", "queryName": "C"}});
    let both = json!({"smithy.api#xmlName": "b", "aws.protocols#ec2QueryName": "C"});
    for (protocol, wanted) in [("ec2", both), ("query", json!({"smithy.api#xmlName": "b"}))] {
        let model = model(service(protocol, json!({"Get": {}}), shapes(it.clone())));
        assert_eq!(*member(&model, "It", "a"), traits(&wanted), "{protocol}");
    }
}

#[test]
fn the_root_of_a_request_has_the_name_of_its_reference_or_else_of_its_shape() {
    let rooted = |reference: Value, own: Value| {
        let mut reference = reference;
        reference["shape"] = json!("It");
        let operations = json!({"Get": {"input": reference}, "Other": {}});
        let mut shapes = shapes(json!({}));
        shapes["It"].as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        let model = model(service("rest-xml", operations, shapes));
        let mut traits = shape(&model, "It").traits.clone();
        traits.0.remove("smithy.api#input");
        traits
    };
    let space = json!({"uri": "urn:a"});
    let table = [
        (json!({}), json!({}), json!({})),
        (json!({}), json!({"locationName": "Own"}), json!({"smithy.api#xmlName": "Own"})),
        (
            json!({"locationName": "Ref", "xmlNamespace": space}),
            json!({"locationName": "Own", "xmlNamespace": {"uri": "urn:b"}}),
            json!({"smithy.api#xmlName": "Ref", "smithy.api#xmlNamespace": space}),
        ),
    ];
    for (reference, own, wanted) in table {
        assert_eq!(rooted(reference, own), traits(&wanted));
    }
}

#[test]
fn a_renamed_shape_keeps_the_name_of_its_root() {
    let shapes = json!({"Get": {"type": "structure", "members": {}}});
    let model = model(service("rest-xml", json!({"Get": {"input": {"shape": "Get"}}}), shapes));
    assert_eq!(shape(&model, "GetShape").traits.text("smithy.api#xmlName"), Some("Get"));
}

#[test]
fn an_unusual_result_wrapper_is_a_trait() {
    for (wrapper, wanted) in [("GetResult", None), ("Got", Some("Got"))] {
        let operations =
            json!({"Get": {"output": {"shape": "It", "resultWrapper": wrapper}}, "Other": {}});
        let model = model(service("query", operations, shapes(json!({}))));
        assert_eq!(shape(&model, "Get").traits.text(RESULT_WRAPPER), wanted);
    }
}

#[test]
fn the_metadata_states_the_namespace_of_the_service() {
    let mut service = service("query", json!({"Get": {}}), json!({}));
    service["metadata"]["xmlNamespace"] = json!("urn:service");
    let model = model(service);
    let namespace = shape(&model, "FixtureService").traits.get("smithy.api#xmlNamespace");
    assert_eq!(namespace, Some(&json!({"uri": "urn:service"})));
}

#[test]
fn error_codes_that_differ_from_the_shape_are_kept() {
    let error = |code: &str| {
        json!({
            "type": "structure",
            "members": {},
            "exception": true,
            "error": {"code": code, "httpStatusCode": 404, "senderFault": true},
        })
    };
    let shapes = json!({"GoneFault": error("Gone"), "Same": error("Same")});
    let model = model(service("query", json!({"Get": {}}), shapes));
    let code = |name: &str| shape(&model, name).traits.get("aws.protocols#awsQueryError").cloned();
    assert_eq!(code("GoneFault"), Some(json!({"code": "Gone", "httpResponseCode": 404})));
    assert_eq!(code("Same"), None);
}
