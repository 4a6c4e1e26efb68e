//! Tests `cargo xtask corpus` on a folder with all kinds of models: its table, totals and exit
//! status.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output},
};

use flate2::{Compression, write::GzEncoder};
use tempfile::TempDir;

/// A C2J service with this protocol and operation.
fn c2j(service: &str, protocol: &str, operation: &str) -> String {
    format!(
        r#"{{"version": "2.0",
        "metadata": {{"apiVersion": "2020-01-02", "endpointPrefix": "{service}", "jsonVersion": "1.1",
            "protocol": "{protocol}", "protocols": ["{protocol}"], "serviceFullName": "{service}",
            "serviceId": "{service}", "signatureVersion": "v4", "targetPrefix": "{service}"}},
        "operations": {{"{operation}": {{"name": "{operation}",
            "http": {{"method": "POST", "requestUri": "/"}}, "input": {{"shape": "Input"}}}}}},
        "shapes": {{"Input": {{"type": "structure", "members": {{"Text": {{"shape": "Text"}}}}}},
            "Text": {{"type": "string"}}}}}}"#
    )
}

/// A Smithy service with a trait.
fn smithy(service: &str, protocol: &str, more: &str) -> String {
    format!(
        r#"{{"smithy": "2.0", "shapes": {{
        "a.b#{service}": {{"type": "service", "version": "1", "operations": [{{"target": "a.b#Go"}}],
            "traits": {{"aws.api#service": {{"sdkId": "{service}"}}, "aws.auth#sigv4": {{"name": "x"}},
            "{protocol}": {{}}}}}},
        "a.b#Go": {{"type": "operation", "input": {{"target": "smithy.api#Unit"}},
            "output": {{"target": "smithy.api#Unit"}}, "traits": {{{more}}}}}}}}}"#
    )
}

const JSON: &str = "aws.protocols#awsJson1_0";

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn put(root: &Path, file: &str, bytes: impl AsRef<[u8]>) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// Services in every format that can be generated, and files that are not models.
fn good() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "queue/2019-05-06/service-2.json", c2j("queue", "json", "Old"));
    put(root, "queue/2020-01-02/service-2.json", c2j("queue", "json", "Send"));
    put(root, "queue/2020-01-02/paginators-1.json", r#"{"pagination": {}}"#);
    // A newer version without a service.
    put(root, "queue/2021-01-02/paginators-1.json", r#"{"pagination": {}}"#);
    put(root, "packed/2020-01-02/service-2.json.gz", gzip(&c2j("packed", "json", "Send")));
    put(root, "http/2020-01-02/service-2.json.gz", gzip(&c2j("http", "rest-json", "Send")));
    put(root, "xml/2020-01-02/service-2.json", c2j("xml", "rest-xml", "Send"));
    put(root, "smithy/model.json", smithy("Folder", JSON, ""));
    put(
        root,
        "smithy/docs.json",
        r#"{"smithy": "2.0", "shapes": {"a.b#Go": {"type": "apply",
        "traits": {"smithy.api#documentation": "Goes."}}}}"#,
    );
    put(root, "smithy/package.json", r#"{"name": "of another program"}"#);
    put(root, "flat/one.json", smithy("One", JSON, ""));
    put(root, "flat/two.json", smithy("Two", JSON, ""));
    put(root, "flat/cbor.json", smithy("Cbor", "smithy.protocols#rpcv2Cbor", ""));
    put(root, "partitions.json", r#"{"partitions": []}"#);
    put(root, "notes.txt", "no model");
    folder
}

/// The same services, and models that are broken in every way.
fn mixed() -> TempDir {
    let folder = good();
    let root = folder.path();
    let packed = gzip(&c2j("cut", "json", "Send"));
    put(root, "cut/2020-01-02/service-2.json.gz", &packed[..packed.len() / 2]);
    put(root, "cut/2020-01-02/paginators-1.json", r#"{"pagination": {}}"#);
    put(root, "pages/2020-01-02/service-2.json", c2j("pages", "json", "Send"));
    put(root, "pages/2020-01-02/paginators-1.json", "{");
    put(root, "syntax.json", "{\"smithy\": \"2.0\", oops}");
    put(root, "latin.json", b"{\"smithy\": \"2.0\xe9\"}");
    put(root, "odd/model.json", smithy("Odd", JSON, r#""a.b#unheard": {}, "a.b#of": {}"#));
    folder
}

fn corpus(folder: &TempDir, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("corpus").arg(folder.path()).args(more).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The cells of each row of the table; the last cell may contain spaces.
fn rows(printed: &str) -> Vec<Vec<String>> {
    let rows = printed.lines().skip(1).take_while(|line| !line.is_empty());
    rows.map(|row| {
        row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
    })
    .collect()
}

/// Name, operations of the model, operations generated, and result.
fn results(printed: &str) -> Vec<(String, String, String, String)> {
    let cell = |row: &[String], index: usize| row[index].clone();
    let rows = rows(printed).into_iter();
    rows.map(|row| (cell(&row, 0), cell(&row, 1), cell(&row, 2), cell(&row, 6))).collect()
}

#[test]
fn every_service_of_a_supported_protocol_has_a_row_and_the_rest_is_counted() {
    let output = corpus(&good(), &[]);
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}{}", text(&output.stderr));
    let row = |name: &str| (name.into(), "1".into(), "1".into(), "generated".into());
    let expected = ["flat/one", "flat/two", "http", "packed", "queue", "smithy"].map(row);
    assert_eq!(results(&printed), expected);
    for total in [
        "8 services: 5 of awsJson, 1 of restJson1, 1 of restXml (not supported), \
         1 of rpcv2Cbor (not supported)\n",
        "6 generated, 0 rejected\n",
        "6 operations generated, 0 skipped\n",
        "1 older version ignored: queue 2019-05-06\n",
    ] {
        assert!(printed.contains(total), "{total}{printed}");
    }
    // Without a terminal there is a line per step.
    let progress = text(&output.stderr);
    assert!(progress.contains("generating 6/6: ") && !progress.contains('\r'), "{progress}");
}

#[test]
fn broken_models_are_listed_and_do_not_stop_the_run() {
    let output = corpus(&mixed(), &["--jobs", "3"]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    let rejected = |name: &str, known: &str, result: &str| {
        let rows = results(&printed);
        let found = rows.iter().find(|row| row.0 == name).unwrap_or_else(|| panic!("{printed}"));
        assert_eq!((found.1.as_str(), found.2.as_str()), (known, "–"), "{name}");
        assert!(found.3.starts_with(result), "{name}: {}", found.3);
    };
    rejected("cut", "–", "rejected, 1 problem: service-2.json.gz: cannot unpack this gzip file");
    rejected("pages", "1", "rejected, 1 problem: paginators-1.json: the JSON ends unexpectedly");
    rejected("syntax", "–", "rejected, 1 problem: syntax.json: invalid JSON");
    rejected("latin", "–", "rejected, 1 problem: latin.json: this file is not UTF-8");
    rejected("odd", "1", "rejected, 2 problems: Go: ");
    assert!(printed.contains("6 generated, 5 rejected\n"), "{printed}");
    let printed = text(&output.stderr);
    assert!(printed.ends_with("error: 5 services were rejected or do not compile\n"), "{printed}");
}

#[test]
fn services_of_one_folder_share_the_files_that_they_need() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let unit = r#""input": {"target": "smithy.api#Unit"}"#;
    let input = r#""input": {"target": "common#In"}"#;
    put(root, "one.json", smithy("One", JSON, "").replace(unit, input).replace("a.b#", "one#"));
    put(root, "two.json", smithy("Two", JSON, "").replace(unit, input).replace("a.b#", "two#"));
    put(root, "free.json", smithy("Free", JSON, "").replace("a.b#", "free#"));
    let shapes = |text: &str| format!(r#"{{"smithy": "2.0", "shapes": {{{text}}}}}"#);
    put(
        root,
        "common.json",
        shapes(
            r#""common#In": {"type": "structure", "members": {"text": {"target": "deep#Text"}}}"#,
        ),
    );
    put(root, "deep.json", shapes(r#""deep#Text": {"type": "string"}"#));
    let docs = r#"{"type": "apply", "traits": {"smithy.api#documentation": "Goes."}}"#;
    put(root, "docs.json", shapes(&format!(r#""one#Go": {docs}"#)));
    // The file does not belong to any service in the folder.
    put(root, "gone.json", shapes(&format!(r#""gone#Go": {docs}"#)));
    let out = tempfile::tempdir().unwrap();
    let output = corpus(&folder, &["--out", out.path().to_str().unwrap()]);
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}");
    assert_eq!(rows(&printed).len(), 3);
    let read = |file: &str| fs::read_to_string(out.path().join("services").join(file)).unwrap();
    assert!(read("two/src/two/operation/go.rs").contains("pub text: Option<String>"));
    assert!(read("one/src/one/client.rs").contains("/// Goes."));
    assert!(!read("two/src/two/client.rs").contains("/// Goes."));
}

#[test]
fn skipped_operations_are_reported_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let start = r#"{"smithy": "2.0", "shapes": {"#;
    let shapes = r#"
        "a.b#Out": {"type": "structure", "members": {"events": {"target": "a.b#Events"}}},
        "a.b#Events": {"type": "union", "members": {"one": {"target": "a.b#One"}},
            "traits": {"smithy.api#streaming": {}}},
        "a.b#One": {"type": "structure", "members": {}},
        "a.b#Stay": {"type": "operation"},"#;
    let stream = smithy("Stream", JSON, "").replace(start, &format!("{start}{shapes}"));
    let stream = stream
        .replace(r#"[{"target": "a.b#Go"}]"#, r#"[{"target": "a.b#Go"}, {"target": "a.b#Stay"}]"#);
    let output = |id: &str| format!(r#""output": {{"target": "{id}"}}"#);
    let stream = stream.replace(&output("smithy.api#Unit"), &output("a.b#Out"));
    put(folder.path(), "model.json", stream);
    let output = corpus(&folder, &[]);
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}{}", text(&output.stderr));
    let note = printed.lines().find(|line| line.starts_with("note: ")).unwrap_or_default();
    assert!(note.contains("Go: the operation is skipped: ") && note.ends_with('.'), "{note}");
    assert!(note.chars().count() > 120 && !note.contains('…'), "{note}");
    assert!(printed.contains("1 operation generated, 1 skipped\n"), "{printed}");
}

#[test]
fn services_can_be_named_and_written_as_crates() {
    let folder = good();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().to_str().unwrap();
    let output = corpus(&folder, &["--only", "queue,flat/one", "--out", path]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(rows(&text(&output.stdout)).len(), 2);
    let read = |file: &str| fs::read_to_string(out.path().join(file)).unwrap();
    let manifest = read("Cargo.toml");
    let members = "members = [\n    \"services/flat-one\",\n    \"services/queue\",\n]\n";
    assert!(manifest.ends_with(members), "{manifest}");
    assert!(read("services/queue/Cargo.toml").contains("name = \"corpus-queue\"\n"));
    assert!(read("services/queue/src/queue/operation/send.rs").contains("pub struct Input"));

    let output = corpus(&folder, &["--only", "queeu"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stderr);
    let names = "named queeu that can be generated, only flat/one, flat/two, http, packed, queue, \
                 smithy\n";
    assert!(printed.ends_with(names), "{printed}");
}

#[test]
fn a_folder_that_corpus_did_not_create_is_not_written_to() {
    let out = tempfile::tempdir().unwrap();
    put(out.path(), "Cargo.toml", "[package]\n");
    let output = corpus(&good(), &["--out", out.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("Cargo.toml was not written by `cargo xtask corpus`"));
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
}

#[test]
fn the_table_can_be_markdown() {
    let output = corpus(&good(), &["--markdown", "--only", "queue"]);
    let printed = text(&output.stdout);
    let start = "| service | operations | generated | files | lines | seconds | result |\n\
                 | --- | ---: | ---: | ---: | ---: | ---: | --- |\n| queue | 1 | 1 | ";
    assert!(printed.starts_with(start), "{printed}");
}

#[test]
fn a_folder_without_a_service_and_a_missing_folder_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package.json", "{}");
    let output = corpus(&folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("there is no service in "));
    let output = corpus(&folder, &["no/such/folder"]);
    assert!(text(&output.stderr).contains("cannot read no/such/folder: "));
}

#[test]
fn the_coverage_page_has_no_times_and_keeps_the_surrounding_text() {
    let folder = good();
    let elsewhere = tempfile::tempdir().unwrap();
    let page = elsewhere.path().join("coverage.md");
    let write = || {
        let source = ["--source", "the test models", "--write", page.to_str().unwrap()];
        let output = corpus(&folder, &source);
        assert!(output.status.success(), "{}", text(&output.stderr));
        fs::read_to_string(&page).unwrap()
    };
    let first = write();
    let summary = "| protocol | services | generated | operations generated | operations skipped |\n\
                   | --- | ---: | ---: | ---: | ---: |\n\
                   | awsJson | 5 | 5 | 5 | 0 |\n\
                   | restJson1 | 1 | 1 | 1 | 0 |\n\
                   | restXml | 1 | 0 | 0 | 0 |\n\
                   | rpcv2Cbor | 1 | 0 | 0 | 0 |\n\
                   | all | 8 | 6 | 6 | 0 |\n";
    assert!(first.contains(summary), "{first}");
    let heading = "| service | operations | generated | files | lines | result |\n";
    assert!(first.contains(heading), "{first}");
    let mine = "\n## Mine\n";
    fs::write(&page, format!("{first}{mine}")).unwrap();
    assert_eq!(write(), format!("{first}{mine}"));
}

#[test]
fn the_coverage_page_states_why_services_are_not_generated() {
    let folder = tempfile::tempdir().unwrap();
    let signed = c2j("old", "query", "Send").replace(r#""v4""#, r#""v2""#);
    put(folder.path(), "old/2020-01-02/service-2.json", signed);
    let bearer = smithy("Token", JSON, "").replace(
        r#""aws.auth#sigv4": {"name": "x"}"#,
        r#""smithy.api#httpBearerAuth": {}, "aws.auth#sigv4a": {"name": "x"}"#,
    );
    put(folder.path(), "token.json", bearer);
    let page = folder.path().join("coverage.md");
    let output = corpus(&folder, &["--source", "x", "--write", page.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let section = "\n## Services that are not generated\n\n\
        - old: service-2.json: the service signs with Signature Version 2, which generated clients do \
        not support; they sign with Signature Version 4 (`v4`).\n\
        - token: Token: the service authenticates with aws.auth#sigv4a, smithy.api#httpBearerAuth, \
        which generated clients do not support; they sign with aws.auth#sigv4.\n";
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains(section), "{written}");
}
