//! Reads malformed case files: every problem names the case, the field and the position, and one
//! run finds all of them. It also checks how values are printed.

use std::fs;

use longshore_codegen::conformance::{Suite, generate};

const MODEL: &str = r#"{"version": "2.0", "metadata": {"apiVersion": "2026-08-01", "endpointPrefix": "form", "jsonVersion": "1.1", "protocol": "json", "serviceId": "Form", "signatureVersion": "v4", "targetPrefix": "Form"}, "operations": {"Do": {"name": "Do", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "DoRequest"}}}, "shapes": {"DoRequest": {"type": "structure", "required": ["name"], "members": {"name": {"shape": "String"}, "sizes": {"shape": "Sizes"}, "when": {"shape": "Timestamp"}, "inner": {"shape": "DoInner"}, "bytes": {"shape": "Blob"}, "kind": {"shape": "Kind"}, "ratio": {"shape": "Double"}, "names": {"shape": "Names"}}}, "DoInner": {"type": "structure", "members": {"names": {"shape": "Names"}, "lists": {"shape": "Lists"}}}, "Names": {"type": "list", "member": {"shape": "String"}}, "Lists": {"type": "list", "member": {"shape": "Names"}}, "Sizes": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Long"}}, "Kind": {"type": "string", "enum": ["a-b"]}, "String": {"type": "string"}, "Long": {"type": "long"}, "Double": {"type": "double"}, "Blob": {"type": "blob"}, "Timestamp": {"type": "timestamp"}}}"#;

/// Generates from a file that has the model on its first line, followed by `rest`.
fn suite(rest: &str) -> Result<Suite, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    fs::write(&file, format!("{{\"model\": {MODEL}{rest}}}")).unwrap();
    let name = file.display().to_string();
    generate(&file).map_err(|error| error.to_string().replace(&name, "cases.json"))
}

fn refusal(rest: &str) -> String {
    suite(rest).err().unwrap_or_else(|| panic!("accepted: {rest}"))
}

fn input(fields: &str) -> String {
    format!(",\n\"input\": [\n{fields}]")
}

fn output(fields: &str) -> String {
    format!(",\n\"output\": [\n{{\"id\": \"a\", \"operation\": \"Do\", {fields}}}]")
}

#[test]
fn a_malformed_case_is_reported_with_its_field_and_position() {
    let table = [
        (input("7"), "3:1: input[0]: expected an object, found a number. Correct it."),
        (input("{}"), "3:1: input[0]: `id`: it is missing. Add it."),
        (
            input("{\"id\": 1}"),
            "3:8: input[0]: `id`: expected a string, found a number. Correct it.",
        ),
        (input("{\"id\": \"a\"}"), "3:1: input[0] `a`: `operation`: it is missing. Add it."),
        (
            input("{\"id\": \"a\", \"operation\": null, \"expect\": {}}"),
            "3:1: input[0] `a`: `operation`: it is missing. Add it.",
        ),
        (
            input("{\"id\": \"a\", \"operation\": \"Do\"}"),
            "3:1: input[0] `a`: `expect`: it is missing. Add it.",
        ),
        (
            input("{\"id\": \"a\", \"operation\": \"Do\", \"params\": [], \"expect\": {}}"),
            "3:42: input[0] `a`: `params`: expected an object, found an array. Correct it.",
        ),
        (
            input("{\"id\": \"a\", \"operation\": \"Do\", \"client_endpoint\": 1, \"expect\": {}}"),
            "3:51: input[0] `a`: `client_endpoint`: expected a string, found a number. Correct it.",
        ),
        (
            input(
                "{\"id\": \"a\", \"operation\": \"Do\", \"expect\": {\"headers\": {\"X-A\": 1}}}",
            ),
            "3:62: input[0] `a`: `expect.headers.X-A`: expected a string, found a number. Correct it.",
        ),
        (
            input(
                "{\"id\": \"a\", \"operation\": \"Do\", \"expect\": {\"forbid_headers\": \"X-A\"}}",
            ),
            "3:61: input[0] `a`: `expect.forbid_headers`: expected an array, found a string. Correct it.",
        ),
        (
            input("{\"id\": \"a\", \"operation\": \"Do\", \"expect\": {\"body\": {}}}"),
            "3:51: input[0] `a`: `expect.body`: expected a string, found an object. Correct it.",
        ),
        (
            input(
                "{\"id\": \"a\", \"operation\": \"Do\", \"expect\": {\"body_compare\": \"fuzzy\"}}",
            ),
            "3:59: input[0] `a`: `expect.body_compare`: unknown value `fuzzy`. Use one of json, none, \
             text, exact, form, xml, cbor.",
        ),
        (
            input(
                "{\"id\": \"a\", \"operation\": \"Do\", \"expect\": {\"require_headers\": [\"a b\"]}}",
            ),
            "3:63: input[0] `a`: `expect.require_headers`: \"a b\" is not a valid header name. Correct it.",
        ),
        (
            output(
                "\"response\": {\"status\": 200, \"headers\": {\"a\": \"b\\nc\"}}, \"expect\": {\"result\": {}}",
            ),
            "3:77: output[0] `a`: `response.headers.a`: a header value must be a single line. Correct it.",
        ),
        (
            output("\"expect\": {\"result\": {}}"),
            "3:1: output[0] `a`: `response`: it is missing. Add it.",
        ),
        (
            output("\"response\": {\"status\": \"200\"}, \"expect\": {\"result\": {}}"),
            "3:55: output[0] `a`: `response.status`: expected an HTTP status. Correct it.",
        ),
        (
            output("\"response\": {\"status\": 20}, \"expect\": {\"result\": {}}"),
            "3:55: output[0] `a`: `response.status`: expected an HTTP status. Correct it.",
        ),
        (
            output("\"response\": {\"status\": 200}, \"expect\": {}"),
            "3:71: output[0] `a`: `expect`: it has neither `result` nor `error`. Add one of them.",
        ),
        (
            output("\"response\": {\"status\": 200}, \"expect\": {\"result\": {}, \"error\": {}}"),
            "3:71: output[0] `a`: `expect`: it has a `result` and an `error`. Keep one of them.",
        ),
        (
            output("\"response\": {\"status\": 400}, \"expect\": {\"error\": {\"code\": 1}}"),
            "3:90: output[0] `a`: `expect.error.code`: expected a string, found a number. Correct it.",
        ),
        (
            output(
                "\"response\": {\"status\": 400}, \"expect\": {\"error\": {\"members\": {\"a\": 1, \"a\": 2}}}",
            ),
            "3:107: output[0] `a`: `expect.error.members`: duplicate key `a`, first at line 3, column 99. Keep one of them.",
        ),
        (
            ",\n\"input\": {}".to_owned(),
            "2:10: the case file: `input`: expected an array, found an object. Correct it.",
        ),
        (
            String::new(),
            "1:1: the case file has no case: `input` and `output` are absent or empty. Add one.",
        ),
    ];
    let found: Vec<_> = table.iter().map(|(rest, _)| refusal(rest)).collect();
    let expected: Vec<_> = table.iter().map(|(_, what)| format!("cases.json:{what}")).collect();
    assert_eq!(found.join("\n"), expected.join("\n"));
}

#[test]
fn every_malformed_case_is_reported_in_one_run() {
    let rest = format!("{}{}", input("{}, {\"id\": \"b\"}"), output("\"response\": 1"));
    assert_eq!(refusal(&rest).lines().count(), 3, "{}", refusal(&rest));
}

#[test]
fn other_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    let table = [
        ("[]", "the case file: expected an object, found an array. Correct it."),
        ("{}", "the case file: `model`: it is missing. Add it."),
        ("{\"model\": 1, \"input\": []}", "the case file has no case"),
        (
            "{\"model\": 1, \"input\": [{\"id\": \"a\", \"operation\": \"b\", \"expect\": {}}]}",
            "this is JSON but not a model",
        ),
        ("{", "the JSON ends unexpectedly"),
        ("\u{1f}", "invalid JSON"),
    ];
    for (text, expected) in table {
        fs::write(&file, text).unwrap();
        let error = generate(&file).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    let error = generate(&folder.path().join("none.json")).unwrap_err().to_string();
    assert!(error.contains("cannot read this file"), "{error}");
}

#[test]
fn a_problem_of_the_model_has_its_position_in_the_case_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    let model = MODEL.replace("{\"shape\": \"Long\"}", "{\"shape\": \"Short\"}");
    let case = input("{\"id\": \"a\", \"operation\": \"Do\", \"expect\": {}}");
    fs::write(&file, format!("{{\"model\": {model}{case}}}")).unwrap();
    let error = generate(&file).unwrap_err().to_string();
    assert!(error.contains("cases.json:1:") && error.contains("Short"), "{error}");
}

#[test]
fn an_unknown_field_is_a_warning() {
    let rest = input(
        "{\"id\": \"a\", \"operation\": \"Do\", \"parms\": {}, \"expect\": {\"uir\": \"/\"}}",
    );
    let warnings = suite(&rest).unwrap().warnings;
    let texts: Vec<_> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    let what = "unknown field, which is ignored.";
    let expected =
        [format!("input[0] `a`: `expect.uir`: {what}"), format!("input[0] `a`: `parms`: {what}")];
    assert_eq!(texts, expected);
    assert_eq!(warnings[0].line, 3);
}

#[test]
fn values_are_printed_as_a_person_would_write_them() {
    let table = [
        ("{\"name\": \"x\"}", "operation::DoRequest::new(\"x\")"),
        ("{\"name\": \"x\", \"sizes\": {\"a\": -1}}", ".sizes([(\"a\", -1i64)])"),
        ("{\"name\": \"x\", \"sizes\": {}}", ".sizes(BTreeMap::<String, i64>::new())"),
        ("{\"name\": \"x\", \"when\": 1}", ".when(longshore_runtime::Timestamp::from_seconds(1))"),
        (
            "{\"name\": \"x\", \"when\": -0.5}",
            ".when(longshore_runtime::Timestamp::new(-1, 500000000).unwrap_or_default())",
        ),
        ("{\"name\": \"x\", \"bytes\": \"a\\n\"}", ".bytes(b\"a\\n\")"),
        ("{\"name\": \"x\", \"kind\": \"a-b\"}", ".kind(types::Kind::AB)"),
        ("{\"name\": \"x\", \"kind\": \"c\"}", ".kind(types::Kind::from(\"c\"))"),
        ("{\"name\": \"x\", \"ratio\": -2.5}", ".ratio(-2.5)"),
        ("{\"name\": \"x\", \"ratio\": \"NaN\"}", ".ratio(f64::NAN)"),
        ("{\"name\": \"x\", \"names\": [\"a\", \"b\"]}", ".names([\"a\", \"b\"])"),
        ("{\"name\": \"x\", \"names\": []}", ".names(Vec::<String>::new())"),
        (
            "{\"name\": \"x\", \"inner\": {\"lists\": [[\"a\"], []]}}",
            ".inner(types::DoInner::new().lists([vec![String::from(\"a\")], Vec::<String>::new()]))",
        ),
    ];
    for (params, expected) in table {
        let rest = input(&format!(
            "{{\"id\": \"a\", \"operation\": \"Do\", \"params\": {params}, \"expect\": {{}}}}"
        ));
        let suite = suite(&rest).unwrap();
        let bare = |text: &str| text.replace([' ', '\n', ','], "");
        let cases = bare(&suite.files["form_cases.rs"]);
        assert!(cases.contains(&bare(expected)), "{params}: {}", suite.files["form_cases.rs"]);
    }
}

/// A case is skipped only if its operation streams. A case of any other missing operation fails.
#[test]
fn only_operations_that_stream_are_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.json");
    let file = serde_json::json!({
        "model": {"smithy": "2.0", "shapes": {
            "ns#Films": {
                "type": "service",
                "version": "1",
                "operations": [{"target": "ns#List"}, {"target": "ns#Play"}],
                "traits": {"aws.protocols#restJson1": {}},
            },
            "ns#List": {
                "type": "operation",
                "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}},
            },
            "ns#Play": {
                "type": "operation",
                "output": {"target": "ns#PlayOutput"},
                "traits": {"smithy.api#http": {"method": "GET", "uri": "/play"}},
            },
            "ns#PlayOutput": {"type": "structure", "members": {
                "film": {"target": "ns#Film", "traits": {"smithy.api#httpPayload": {}}},
            }},
            "ns#Film": {"type": "blob", "traits": {"smithy.api#streaming": {}}},
            // No service has this operation.
            "ns#Rewind": {"type": "operation"},
        }},
        "input": [
            {"id": "plays", "operation": "Play", "expect": {}},
            {"id": "rewinds", "operation": "Rewind", "expect": {}},
        ],
    });
    fs::write(&path, file.to_string()).unwrap();
    let suite = generate(&path).unwrap();
    let cases = suite.files["films_cases.rs"].replace(['\n', ' '], "");
    assert!(cases.contains("suite.skips(Way::Input,\"plays\""), "{cases}");
    assert!(cases.contains("suite.cannot(Way::Input,\"rewinds\""), "{cases}");
}
