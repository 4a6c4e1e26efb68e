//! What a C2J model becomes. The expected facts are those of the Smithy models that AWS publishes
//! for the same services.

use std::fs;

use longshore_codegen::{
    Generated, Generator,
    read::{NOTES, read_model},
    smithy::{Kind, Members, Model, Shape, ShapeId, Simple, TARGET_PREFIX, Traits},
};
use serde_json::{Value, json};

/// A service with one operation over these shapes, and files beside it.
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

/// The shapes that the operation needs, and more.
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
    model.shape(&ShapeId::parse(&id).unwrap()).unwrap()
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
            ("tests.json", json!({"version": "1.0", "testCases": []})),
        ],
    );
    let service = shape(&model, "SpencerFrontendService");
    let wanted = traits(json!({
        "aws.api#service": {"sdkId": "ECR PUBLIC", "endpointPrefix": "api.ecr-public"},
        "aws.auth#sigv4": {"name": "ecr-public"},
        "aws.protocols#awsJson1_1": {},
        "smithy.api#title": "Amazon Elastic Container Registry Public",
        "smithy.rules#endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": []},
        "smithy.rules#endpointTests": {"version": "1.0", "testCases": []},
    }));
    assert_eq!(service.traits, wanted);
    let Kind::Service(service) = &service.kind else { panic!() };
    assert_eq!((service.version.as_str(), service.operations.len()), ("2020-10-30", 2));
}

#[test]
fn operations_keep_what_reaches_the_wire() {
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
fn a_structure_that_others_use_is_no_dedicated_input() {
    let more = json!({"Other": {"type": "list", "member": {"shape": "ListThingsRequest"}}});
    let model = read(with(more), &[]);
    assert!(!shape(&model, "ListThingsRequest").traits.has("smithy.api#input"));
}

#[test]
fn shapes_and_their_traits() {
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
fn members_and_their_traits() {
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
fn exceptions_say_who_is_to_blame() {
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
fn a_shape_named_like_an_operation_gives_way() {
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
    assert_eq!(model.metadata.get(NOTES), None);
}

#[test]
fn what_smithy_cannot_say_is_noted() {
    let paginator = |token: &str| json!({"input_token": token, "output_token": token});
    let pagination = json!({"pagination": {
        "ListThings": paginator("Marker || Things[-1]"),
        "Gone": paginator("nextToken"),
    }});
    let model = read(with(json!({})), &[("p.json", pagination)]);
    let notes = json!([
        "Gone has no pages: there is no such operation.",
        "ListThings has no pages: its token is not a plain path.",
    ]);
    assert_eq!(model.metadata.get(NOTES), Some(&notes));
    assert!(!shape(&model, "ListThings").traits.has("smithy.api#paginated"));
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
    // What is in the output, and whether those can be items; a path that leads nowhere is for
    // somebody else to refuse.
    for (key, stays) in
        [("found", false), ("found.things", true), ("things", true), ("found.gone", true)]
    {
        let paginator = json!({"input_token": "token", "output_token": "token", "result_key": key});
        let pagination = json!({"pagination": {"ListThings": paginator}});
        let model = read(with(shapes.clone()), &[("p.json", pagination)]);
        let paginated = shape(&model, "ListThings").traits.get("smithy.api#paginated").unwrap();
        assert_eq!(paginated.get("items").is_some(), stays, "{key}");
        let note = json!(["ListThings has no items: `found` is neither a list nor a map."]);
        assert_eq!(model.metadata.get(NOTES), (!stays).then_some(&note), "{key}");
    }
}

/// The generated text of a service with this metadata, and what was let pass.
fn generate(metadata: Value, operations: Value, shapes: Value) -> (Generated, Model) {
    let service =
        json!({"version": "2.0", "metadata": metadata, "operations": operations, "shapes": shapes});
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("service-2.json");
    fs::write(&path, service.to_string()).unwrap();
    let generated = Generator::new().model(&path).generate_modules().unwrap();
    (generated, read_model(&[path]).unwrap())
}

#[test]
fn the_least_metadata_is_enough() {
    let metadata = json!({"protocol": "json", "targetPrefix": "Least_2020"});
    let (generated, model) = generate(metadata, json!({"Ping": {}}), json!({}));
    let file = &generated.files["least_2020/mod.rs"];
    for wanted in [
        "Service::new(\n        \"Least_2020\",",
        ".endpoint_prefix(\"least_2020\")",
        ".signing_name(\"least2020\")",
        ".target_prefix(\"Least_2020\")",
        "Protocol::AwsJson10",
    ] {
        assert!(file.contains(wanted), "{wanted} is not in {file}");
    }
    let id = ShapeId::parse("com.amazonaws.least2020#Least_2020").unwrap();
    let traits = &model.shape(&id).unwrap().traits;
    assert_eq!(traits.get("aws.auth#sigv4"), Some(&json!({"name": "least2020"})));
    assert!(generated.warnings.is_empty(), "{:?}", generated.warnings);
}

#[test]
fn a_target_prefix_that_is_no_name_stays_whole() {
    let cases = [
        ("com.example.v2020.Least_2020", "Least_2020"),
        ("com.example.2020-01-01", "SomeIdService"),
        ("Less-2020", "SomeIdService"),
    ];
    for (prefix, name) in cases {
        let metadata = json!({"protocol": "json", "serviceId": "Some Id", "targetPrefix": prefix});
        let (generated, model) = generate(metadata, json!({"Ping": {}}), json!({}));
        let id = ShapeId::parse(&format!("com.amazonaws.someid#{name}")).unwrap();
        let traits = &model.shape(&id).unwrap().traits;
        assert_eq!(traits.get(TARGET_PREFIX), Some(&json!(prefix)));
        let call = format!(".target_prefix(\"{prefix}\")");
        assert!(generated.files["some_id/mod.rs"].contains(&call));
    }
}

#[test]
fn a_service_may_name_a_format_for_its_timestamps() {
    let metadata =
        json!({"protocol": "json", "targetPrefix": "Times", "timestampFormat": "iso8601"});
    let shapes = json!({
        "Foo": {"type": "structure", "members": {
            "a": {"shape": "Plain"},
            "b": {"shape": "Plain", "timestampFormat": "rfc822"},
        }},
        "Plain": {"type": "timestamp"},
        "Own": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    });
    let (_, model) = generate(metadata, json!({"Ping": {}}), shapes);
    let format = |name: &str| {
        let id = ShapeId::parse(&format!("com.amazonaws.times#{name}")).unwrap();
        model.shape(&id).unwrap().traits.text("smithy.api#timestampFormat").map(str::to_owned)
    };
    assert_eq!(format("Plain").as_deref(), Some("date-time"));
    assert_eq!(format("Own").as_deref(), Some("epoch-seconds"));
}

#[test]
fn endpoint_discovery_is_of_the_service_and_warned_of_where_it_is_needed() {
    let metadata = json!({"protocol": "json", "targetPrefix": "Found"});
    let operations = json!({
        "DescribeEndpoints": {"endpointoperation": true},
        "May": {"endpointdiscovery": {}},
        "Must": {"endpointdiscovery": {"required": true}},
    });
    let (generated, model) = generate(metadata, operations, json!({}));
    let id = ShapeId::parse("com.amazonaws.found#Found").unwrap();
    let discovery = model.shape(&id).unwrap().traits.get("aws.api#clientEndpointDiscovery");
    let operation = json!({"operation": "com.amazonaws.found#DescribeEndpoints"});
    assert_eq!(discovery, Some(&operation));
    let [warning] = generated.warnings.as_slice() else { panic!("{:?}", generated.warnings) };
    assert_eq!(
        warning.message,
        "endpoints are not discovered, and Must answer only at one that DescribeEndpoints names; \
         call that first, and these with a client whose endpoint is set to an address from its \
         answer."
    );
}

#[test]
fn corrections_are_merged_whatever_they_are_called() {
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
        let id = ShapeId::parse(&format!("com.amazonaws.renamed#{name}")).unwrap();
        model.shape(&id).unwrap().traits.clone()
    };
    assert_eq!(shape("Count"), traits(json!({"smithy.api#range": {"min": 5, "max": 1000}})));
    assert_eq!(shape("More"), Traits::default());
    assert!(shape("ListThings").has("smithy.api#idempotent"));
    assert!(shape("ListThings").has("smithy.api#endpoint"), "what was there stays");
    assert_eq!(shape("ListThings").get("smithy.api#paginated").unwrap()["items"], "things");
}

#[test]
fn what_the_older_format_leaves_out_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let service = json!({
        "metadata": {"protocol": "json", "targetPrefix": "Noted"},
        "operations": {"Ping": {}},
        "shapes": {},
    });
    let pagination = json!({"pagination": {"Gone": {"input_token": "a", "output_token": "a"}}});
    fs::write(folder.path().join("service-2.json"), service.to_string()).unwrap();
    fs::write(folder.path().join("paginators-1.json"), pagination.to_string()).unwrap();
    let generated = Generator::new().model(folder.path()).generate_modules().unwrap();
    let messages: Vec<_> = generated.warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(messages, ["Gone has no pages: there is no such operation."]);
}
