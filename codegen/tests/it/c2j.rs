//! Reads C2J models. The expected traits are those of the Smithy models that AWS publishes for the
//! same services.

use std::fs;

use longshore_codegen::{
    read::read_model,
    smithy::{Kind, Members, Model, Note, Shape, ShapeId, Simple, Traits},
};
use serde_json::{Value, json};

/// Reads a service with two operations that use these shapes, and other files in the same folder.
fn read(shapes: Value, beside: &[(&str, Value)]) -> Model {
    let service = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-10-30",
            "endpointPrefix": "api.ecr-public",
            "jsonVersion": "1.1",
            "protocol": "json",
            "protocols": ["json"],
            "serviceFullName": "Amazon Elastic Container Registry Public",
            "serviceId": "ECR PUBLIC",
            "signatureVersion": "v4",
            "signingName": "ecr-public",
            "targetPrefix": "SpencerFrontendService",
            "uid": "ecr-public-2020-10-30",
            "auth": ["aws.auth#sigv4"],
        },
        "operations": {
            "ListThings": {
                "name": "ListThings",
                "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "ListThingsRequest"},
                "output": {"shape": "ListThingsResponse"},
                "errors": [{"shape": "ServerException"}],
                "documentation": "<p>Lists.</p>",
                "endpoint": {"hostPrefix": "x."},
            },
            "Ping": {"name": "Ping", "authtype": "none"},
        },
        "shapes": shapes,
    });
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("service-2.json"), service.to_string()).unwrap();
    for (name, content) in beside {
        fs::write(folder.path().join(name), content.to_string()).unwrap();
    }
    read_model(&[folder.path().to_owned()]).unwrap()
}

/// The shapes that the operations need, and `more`.
fn with(more: Value) -> Value {
    let mut shapes = json!({
        "ListThingsRequest": {"type": "structure", "members": {
            "nextToken": {"shape": "Text"},
            "maxResults": {"shape": "Count"},
        }},
        "ListThingsResponse": {"type": "structure", "members": {"things": {"shape": "Texts"}}},
        "ServerException": {
            "type": "structure",
            "members": {"message": {"shape": "Text"}},
            "exception": true,
            "fault": true,
        },
        "Count": {"type": "integer", "min": 1, "max": 1000},
        "Text": {"type": "string"},
        "Texts": {"type": "list", "member": {"shape": "Text"}, "max": 100, "min": 0},
    });
    shapes.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    shapes
}

fn shape<'m>(model: &'m Model, name: &str) -> &'m Shape {
    let id = format!("com.amazonaws.ecrpublic#{name}");
    model.shape(&id.parse::<ShapeId>().unwrap()).unwrap()
}

fn members<'m>(model: &'m Model, name: &str) -> &'m Members {
    match &shape(model, name).kind {
        Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) => members,
        other => panic!("{name} has no members: {other:?}"),
    }
}

fn traits(value: Value) -> Traits {
    Traits(value.as_object().unwrap().clone().into_iter().collect())
}

#[test]
fn metadata_becomes_the_service_shape() {
    let model = read(
        with(json!({})),
        &[
            ("rules.json", json!({"version": "1.0", "parameters": {}, "rules": []})),
            ("tests.json", json!({"version": "1.0", "testCases": [{"expect": {"error": "x"}}]})),
        ],
    );
    let service = shape(&model, "SpencerFrontendService");
    let wanted = traits(json!({
        "aws.api#service": {"sdkId": "ECR PUBLIC", "endpointPrefix": "api.ecr-public"},
        "aws.auth#sigv4": {"name": "ecr-public"},
        "aws.protocols#awsJson1_1": {},
        "smithy.api#title": "Amazon Elastic Container Registry Public",
        "smithy.rules#endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": []},
        "smithy.rules#endpointTests": {
            "version": "1.0",
            "testCases": [{"expect": {"error": "x"}}],
        },
    }));
    assert_eq!(service.traits, wanted);
    let Kind::Service(service) = &service.kind else { panic!() };
    assert_eq!((service.version.as_str(), service.operations.len()), ("2020-10-30", 2));
}

#[test]
fn operations_keep_traits_that_affect_the_wire() {
    let model = read(with(json!({})), &[]);
    let list = shape(&model, "ListThings");
    let wanted = json!({
        "smithy.api#documentation": "<p>Lists.</p>",
        "smithy.api#endpoint": {"hostPrefix": "x."},
    });
    assert_eq!(list.traits, traits(wanted));
    let Kind::Operation(operation) = &list.kind else { panic!() };
    let named = |id: &Option<ShapeId>| id.as_ref().map(|id| id.name().to_owned());
    assert_eq!(named(&operation.input).as_deref(), Some("ListThingsRequest"));
    assert_eq!(named(&operation.output).as_deref(), Some("ListThingsResponse"));
    assert!(shape(&model, "ListThingsRequest").traits.has("smithy.api#input"));
    assert!(shape(&model, "ListThingsResponse").traits.has("smithy.api#output"));
    let ping = shape(&model, "Ping");
    assert_eq!(ping.traits, traits(json!({"smithy.api#auth": []})));
    let Kind::Operation(operation) = &ping.kind else { panic!() };
    assert_eq!((&operation.input, &operation.output), (&None, &None));
}

#[test]
fn a_structure_that_another_shape_uses_is_not_a_dedicated_input() {
    let more = json!({"Other": {"type": "list", "member": {"shape": "ListThingsRequest"}}});
    let model = read(with(more), &[]);
    assert!(!shape(&model, "ListThingsRequest").traits.has("smithy.api#input"));
}

#[test]
fn shapes_keep_their_traits() {
    let model = read(
        with(json!({
            "LayerPartBlob": {"type": "blob", "max": 20971520, "min": 0},
            "Secret": {"type": "string", "sensitive": true, "pattern": "^x$"},
            "When": {"type": "timestamp", "timestampFormat": "iso8601"},
            "Any": {"type": "structure", "members": {}, "document": true},
            "Either": {"type": "structure", "members": {"a": {"shape": "Text"}}, "union": true},
            "TagStatus": {"type": "string", "enum": ["TAGGED", "us-east-1"]},
            "ByStatus": {"type": "map", "key": {"shape": "TagStatus"}, "value": {"shape": "Count"}},
            "Flag": {"type": "boolean"},
        })),
        &[],
    );
    let cases = [
        ("LayerPartBlob", json!({"smithy.api#length": {"min": 0, "max": 20971520}})),
        ("Count", json!({"smithy.api#range": {"min": 1, "max": 1000}})),
        ("Texts", json!({"smithy.api#length": {"min": 0, "max": 100}})),
        ("Secret", json!({"smithy.api#sensitive": {}, "smithy.api#pattern": "^x$"})),
        ("When", json!({"smithy.api#timestampFormat": "date-time"})),
        ("ServerException", json!({"smithy.api#error": "server"})),
        ("Flag", json!({})),
        ("Text", json!({})),
    ];
    for (name, wanted) in cases {
        assert_eq!(shape(&model, name).traits, traits(wanted), "{name}");
    }
    assert_eq!(shape(&model, "Any").kind, Kind::Simple(Simple::Document));
    assert!(matches!(shape(&model, "Either").kind, Kind::Union(_)));
    assert!(
        matches!(&shape(&model, "ByStatus").kind, Kind::Map { key, .. } if key.target.name() == "TagStatus")
    );
    let status = members(&model, "TagStatus");
    assert_eq!(status.keys().collect::<Vec<_>>(), ["TAGGED", "us_east_1"]);
    assert_eq!(status["us_east_1"].traits, traits(json!({"smithy.api#enumValue": "us-east-1"})));
}

#[test]
fn members_keep_their_traits() {
    let model = read(
        with(json!({
            "Foo": {
                "type": "structure",
                "required": ["z"],
                "members": {
                    "z": {"shape": "Text", "idempotencyToken": true},
                    "a": {"shape": "Text", "deprecated": true, "deprecatedMessage": "Do not."},
                    "host": {"shape": "Text", "hostLabel": true},
                    "json": {"shape": "Text", "jsonvalue": true},
                    "http": {"shape": "Text", "location": "header", "locationName": "x-a"},
                    "same": {"shape": "Text", "locationName": "same"},
                    "other": {"shape": "Text", "locationName": "Other"},
                },
            },
        })),
        &[],
    );
    let wanted = [
        ("z", json!({"smithy.api#required": {}, "smithy.api#idempotencyToken": {}})),
        ("a", json!({"smithy.api#deprecated": {"message": "Do not."}})),
        ("host", json!({"smithy.api#hostLabel": {}})),
        ("json", json!({"smithy.api#mediaType": "application/json"})),
        ("http", json!({})),
        ("same", json!({})),
        ("other", json!({"longshore#wireName": "Other"})),
    ];
    for (name, wanted) in wanted {
        assert_eq!(members(&model, "Foo")[name].traits, traits(wanted), "{name}");
    }
}

#[test]
fn members_keep_their_order() {
    let text = r#"{
        "metadata": {"protocol": "json", "serviceId": "ecrpublic", "targetPrefix": "P"},
        "operations": {},
        "shapes": {
            "Foo": {"type": "structure", "members": {"z": {"shape": "T"}, "a": {"shape": "T"}}},
            "T": {"type": "string", "enum": ["Y", "B"]}
        }
    }"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("service-2.json");
    fs::write(&path, text).unwrap();
    let model = read_model(&[path]).unwrap();
    assert_eq!(members(&model, "Foo").keys().collect::<Vec<_>>(), ["z", "a"]);
    assert_eq!(members(&model, "T").keys().collect::<Vec<_>>(), ["Y", "B"]);
}

#[test]
fn exceptions_are_client_or_server_errors() {
    let exception = |error: Value| json!({"type": "structure", "members": {}, "exception": true, "error": error});
    let model = read(
        with(json!({
            "Plain": {"type": "structure", "members": {}, "exception": true},
            "Gone": exception(json!({"httpStatusCode": 404, "senderFault": true})),
            "Broken": exception(json!({"httpStatusCode": 503})),
            "Slow": {
                "type": "structure",
                "members": {},
                "exception": true,
                "retryable": {"throttling": true},
            },
        })),
        &[],
    );
    let cases = [
        ("Plain", json!({"smithy.api#error": "client"})),
        ("Gone", json!({"smithy.api#error": "client", "smithy.api#httpError": 404})),
        ("Broken", json!({"smithy.api#error": "server", "smithy.api#httpError": 503})),
        (
            "Slow",
            json!({"smithy.api#error": "client", "smithy.api#retryable": {"throttling": true}}),
        ),
    ];
    for (name, wanted) in cases {
        assert_eq!(shape(&model, name).traits, traits(wanted), "{name}");
    }
}

#[test]
fn a_shape_with_the_name_of_an_operation_is_renamed() {
    let more = json!({
        "Ping": {"type": "structure", "members": {}},
        "Pings": {"type": "list", "member": {"shape": "Ping"}},
    });
    let model = read(with(more), &[]);
    assert!(matches!(shape(&model, "Ping").kind, Kind::Operation(_)));
    let Kind::List(member) = &shape(&model, "Pings").kind else { panic!() };
    assert_eq!(member.target.name(), "PingShape");
}

#[test]
fn paginators_and_waiters_become_traits() {
    let pagination = json!({"pagination": {"ListThings": {
        "input_token": "nextToken",
        "output_token": "nextToken",
        "limit_key": "maxResults",
        "result_key": ["things"],
    }}});
    let waiters = json!({"version": 2, "waiters": {"ThingsThere": {
        "description": "Waits.",
        "operation": "ListThings",
        "delay": 5,
        "maxAttempts": 60,
        "acceptors": [{"state": "success", "matcher": "path", "argument": "a.b", "expected": "X"}],
    }}});
    let beside = [("p.json", pagination), ("w.json", waiters), ("e.json", json!({"examples": {}}))];
    let model = read(with(json!({})), &beside);
    let list = &shape(&model, "ListThings").traits;
    let paginated = json!({
        "inputToken": "nextToken",
        "outputToken": "nextToken",
        "pageSize": "maxResults",
        "items": "things",
    });
    assert_eq!(list.get("smithy.api#paginated"), Some(&paginated));
    let output = json!({"path": "a.b", "expected": "X", "comparator": "stringEquals"});
    let waitable = json!({"ThingsThere": {
        "documentation": "Waits.",
        "minDelay": 5,
        "acceptors": [{"state": "success", "matcher": {"output": output}}],
    }});
    assert_eq!(list.get("smithy.waiters#waitable"), Some(&waitable));
    assert_eq!(model.notes, []);
}

fn texts(notes: &[Note]) -> Vec<String> {
    notes.iter().map(Note::to_string).collect()
}

#[test]
fn paginators_that_smithy_cannot_express_are_noted() {
    let paginator = |token: &str| json!({"input_token": token, "output_token": token});
    let pagination = json!({"pagination": {
        "ListThings": paginator("Marker || Things[-1]"),
        "Gone": paginator("nextToken"),
    }});
    let model = read(with(json!({})), &[("p.json", pagination)]);
    let notes = [
        "Gone gets no paginator: there is no such operation.",
        "ListThings gets no paginator: its token is not a plain path.",
    ];
    assert_eq!(texts(&model.notes), notes);
    assert!(!shape(&model, "ListThings").traits.has("smithy.api#paginated"));
}

#[test]
fn several_tokens_become_a_trait_of_our_own() {
    let pagination = json!({"pagination": {"ListThings": {
        "input_token": ["nextToken", "nextType"],
        "output_token": ["next.token", "next.type"],
        "more_results": "next.more",
        "limit_key": "max",
    }}});
    let model = read(with(json!({})), &[("p.json", pagination)]);
    assert_eq!(model.notes, []);
    let traits = &shape(&model, "ListThings").traits;
    assert_eq!(traits.get("smithy.api#paginated"), Some(&json!({"pageSize": "max"})));
    let tokens = json!({
        "tokens": [
            {"input": "nextToken", "output": "next.token"},
            {"input": "nextType", "output": "next.type"},
        ],
        "moreResults": "next.more",
    });
    assert_eq!(traits.get("longshore#pageTokens"), Some(&tokens));
}

#[test]
fn more_results_of_one_token_become_a_trait_of_our_own() {
    let pagination = json!({"pagination": {"ListThings": {
        "input_token": "nextToken",
        "output_token": "next.token",
        "more_results": "next.more",
    }}});
    let model = read(with(json!({})), &[("p.json", pagination)]);
    assert_eq!(model.notes, []);
    let traits = &shape(&model, "ListThings").traits;
    let token = json!({"inputToken": "nextToken", "outputToken": "next.token"});
    assert_eq!(traits.get("smithy.api#paginated"), Some(&token));
    let more = json!({"moreResults": "next.more"});
    assert_eq!(traits.get("longshore#pageTokens"), Some(&more));
}

#[test]
fn unequal_numbers_of_tokens_are_noted() {
    for (input, output, counts) in [
        (json!(["a", "b"]), json!("c"), "2 input tokens and 1 output tokens"),
        (json!("a"), json!(["b", "c"]), "1 input tokens and 2 output tokens"),
        (json!([]), json!([]), "0 input tokens and 0 output tokens"),
    ] {
        let paginator = json!({"input_token": input, "output_token": output});
        let pagination = json!({"pagination": {"ListThings": paginator}});
        let model = read(with(json!({})), &[("p.json", pagination)]);
        let note = "ListThings gets no paginator: it has";
        assert_eq!(texts(&model.notes), [format!("{note} {counts}. Correct one of the lists.")]);
        assert!(!shape(&model, "ListThings").traits.has("smithy.api#paginated"));
    }
}

#[test]
fn items_that_are_a_structure_are_noted_and_the_pages_stay() {
    let shapes = json!({
        "ListThingsResponse": {"type": "structure", "members": {
            "found": {"shape": "Found"},
            "things": {"shape": "Things"},
        }},
        "Found": {"type": "structure", "members": {"things": {"shape": "Things"}}},
        "Things": {"type": "list", "member": {"shape": "Text"}},
    });
    // A path in the output, and whether its target can be the items. A path that does not exist is
    // rejected later.
    for (key, stays) in
        [("found", false), ("found.things", true), ("things", true), ("found.gone", true)]
    {
        let paginator = json!({"input_token": "token", "output_token": "token", "result_key": key});
        let pagination = json!({"pagination": {"ListThings": paginator}});
        let model = read(with(shapes.clone()), &[("p.json", pagination)]);
        let paginated = shape(&model, "ListThings").traits.get("smithy.api#paginated").unwrap();
        assert_eq!(paginated.get("items").is_some(), stays, "{key}");
        let note = "ListThings has pages but no items: `found` is neither a list nor a map.";
        let notes = if stays { Vec::new() } else { vec![note] };
        assert_eq!(texts(&model.notes), notes, "{key}");
    }
}

#[test]
fn the_items_of_several_results_are_the_only_list() {
    let shapes = json!({
        "ListThingsResponse": {"type": "structure", "members": {
            "things": {"shape": "Things"},
            "others": {"shape": "Things"},
            "count": {"shape": "Count"},
        }},
        "Things": {"type": "list", "member": {"shape": "Text"}},
    });
    for (keys, items) in [
        (json!(["things", "count"]), Some("things")),
        (json!(["count", "things", "count"]), Some("things")),
        (json!(["things", "others"]), None),
        (json!(["things", "max(count, count)"]), Some("things")),
    ] {
        let paginator =
            json!({"input_token": "token", "output_token": "token", "result_key": keys});
        let pagination = json!({"pagination": {"ListThings": paginator}});
        let model = read(with(shapes.clone()), &[("p.json", pagination)]);
        let paginated = shape(&model, "ListThings").traits.get("smithy.api#paginated").unwrap();
        assert_eq!(paginated.get("items").and_then(Value::as_str), items, "{keys}");
        assert_eq!(model.notes, []);
    }
}

#[test]
fn corrections_are_merged_whatever_their_file_names() {
    let extras = json!({"version": 1.0, "merge": {
        "metadata": {"serviceId": "Renamed"},
        "shapes": {"Count": {"min": 5}, "More": {"type": "string"}},
        "operations": {"ListThings": {"idempotent": true}},
    }});
    let pagination = json!({"pagination": {"ListThings": {
        "input_token": "nextToken", "output_token": "nextToken",
    }}});
    let pages = json!({"merge": {"pagination": {"ListThings": {"result_key": "things"}}}});
    let beside = [("p.json", pagination), ("q.json", pages), ("x.json", extras)];
    let model = read(with(json!({})), &beside);
    let shape = |name: &str| {
        let id = format!("com.amazonaws.renamed#{name}").parse::<ShapeId>().unwrap();
        model.shape(&id).unwrap().traits.clone()
    };
    assert_eq!(shape("Count"), traits(json!({"smithy.api#range": {"min": 5, "max": 1000}})));
    assert_eq!(shape("More"), Traits::default());
    assert!(shape("ListThings").has("smithy.api#idempotent"));
    assert!(shape("ListThings").has("smithy.api#endpoint"), "existing traits stay");
    assert_eq!(shape("ListThings").get("smithy.api#paginated").unwrap()["items"], "things");
}
