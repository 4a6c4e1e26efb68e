//! Tests `longshore changes`: its arguments, exit status and output, and a real change of a real
//! service.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{longshore, program, text};

fn changes(arguments: &[&str]) -> Output {
    longshore(&[&["changes"], arguments].concat())
}

fn status_and_stdout(output: &Output) -> (Option<i32>, String) {
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    (output.status.code(), text(&output.stdout))
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// ECR's PutImage in C2J before and after June 30, 2020, when the image digest became an optional
/// input that must match the manifest.
fn put_image(with_digest: bool) -> Value {
    let name = if with_digest { "after.json" } else { "before.json" };
    serde_json::from_str(&fs::read_to_string(models().join(name)).unwrap()).unwrap()
}

/// The folder of the two models and of the expected report.
fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes")
}

/// Two trees in the layout of botocore, with one service each.
fn history() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, model: &Value| {
        let tree = folder.path().join(name);
        let service = tree.join("ecr/2015-09-21");
        fs::create_dir_all(&service).unwrap();
        fs::write(service.join("service-2.json"), model.to_string()).unwrap();
        tree
    };
    let (old, new) = (put("old", &put_image(false)), put("new", &put_image(true)));
    (folder, old, new)
}

const PUT_IMAGE: &str = "
ecr: 1 updated operation; nothing breaks; version bump: minor (patch before 1.0)

  Updated operations
    ~ PutImage
      ~ request
        + imageDigest: string
      + exception ImageDigestDoesNotMatchException
";

/// `cargo xtask changes` prints the same text; see its test.
#[test]
fn the_whole_report_is_printed() {
    let mut command = program();
    let output = command.args(["changes", "before.json", "after.json"]).current_dir(models());
    let (status, report) = status_and_stdout(&output.output().unwrap());
    assert_eq!(status, Some(1));
    assert_eq!(report, fs::read_to_string(models().join("report.txt")).unwrap());
}

#[test]
fn a_real_change_of_put_image_is_reported_as_two_facts() {
    let (_folder, old, new) = history();
    for below in ["", "ecr", "ecr/2015-09-21", "ecr/2015-09-21/service-2.json"] {
        let (status, report) =
            status_and_stdout(&changes(&[path(&old.join(below)), path(&new.join(below))]));
        assert_eq!(status, Some(1), "{below}");
        let (_, services) = report.split_once('\n').unwrap();
        assert!(report.ends_with(PUT_IMAGE), "{below}: {services}");
    }
    let (status, report) =
        status_and_stdout(&changes(&[path(&old), path(&new), "--format", "json"]));
    assert_eq!(status, Some(1));
    let report: Value = serde_json::from_str(&report).unwrap();
    let exception = "ImageDigestDoesNotMatchException";
    let expected = json!([{
        "kind": "operation",
        "name": "PutImage",
        "status": "changed",
        "children": [
            {"kind": "request", "status": "changed", "children": [{
                "kind": "member",
                "name": "imageDigest",
                "status": "added",
                "type": "string",
                "required": false,
                "effects": [{
                    "breaking": false,
                    "text": "adds operation::PutImageRequest.image_digest",
                }],
            }]},
            {
                "kind": "exception",
                "name": exception,
                "status": "added",
                "effects": [{
                    "breaking": false,
                    "text": format!("adds operation::PutImageError::{exception}"),
                }],
            },
        ],
    }]);
    assert_eq!(report["services"][0]["operations"], expected);
    assert_eq!(report["services"][0]["types"], json!([]));
}

#[test]
fn the_exit_status_reflects_the_result() {
    let (folder, old, new) = history();
    let status = |arguments: &[&str]| changes(arguments).status.code();
    assert_eq!(status(&[path(&old), path(&old)]), Some(0));
    assert_eq!(status(&[path(&old), path(&new)]), Some(1));
    assert_eq!(status(&[path(&new), path(&old)]), Some(1));
    let failures: [(&[&str], &str); 5] = [
        (&[path(&old), "no/such/folder"], "cannot read no/such/folder"),
        (&[path(&old), path(&new), "--only", "sqs"], "no service is in both"),
        (&[path(&old)], "required arguments"),
        (&[path(&old), path(&new), "--format", "pdf"], "invalid value 'pdf'"),
        (&[path(&old), path(&new), "--output", path(folder.path())], "cannot write"),
    ];
    for (arguments, expected) in failures {
        let output = changes(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
    }
}

#[test]
fn an_unreadable_service_is_a_failure_and_the_others_are_reported() {
    let (_folder, old, new) = history();
    for side in [&old, &new] {
        let broken = side.join("broken/2020-01-01");
        fs::create_dir_all(&broken).unwrap();
        fs::write(broken.join("service-2.json"), "{\"metadata\": {}").unwrap();
    }
    let output = changes(&[path(&old), path(&new)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains(PUT_IMAGE), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("error: broken could not be compared: "));
}

#[test]
fn services_of_one_side_are_listed() {
    let (_folder, old, new) = history();
    let other = new.join("other/2020-01-01");
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("service-2.json"), put_image(true).to_string()).unwrap();
    let (status, report) = status_and_stdout(&changes(&[path(&old), path(&new)]));
    assert_eq!(status, Some(1));
    assert!(report.ends_with("\n1 service only in the new models: other\n"), "{report}");
    // If models were selected with --only, the others are not mentioned.
    let (_, report) = status_and_stdout(&changes(&[path(&old), path(&new), "--only", "ecr"]));
    assert!(report.ends_with(PUT_IMAGE), "{report}");
    // A service on one side only does not count as a change.
    let service = "ecr/2015-09-21/service-2.json";
    fs::copy(new.join(service), old.join(service)).unwrap();
    let (status, report) = status_and_stdout(&changes(&[path(&old), path(&new)]));
    assert_eq!(status, Some(0), "{report}");
}

#[test]
fn comparing_nothing_is_an_error() {
    let (folder, old, new) = history();
    let other = folder.path().join("other");
    fs::create_dir_all(&other).unwrap();
    fs::rename(new.join("ecr"), other.join("sqs")).unwrap();
    let output = changes(&[path(&old), path(&other)]);
    assert_eq!(output.status.code(), Some(2));
    let expected = "error: no service is in both; only OLD has ecr; only NEW has sqs. \
                    Give two folders with services of the same names, or two models.\n";
    assert_eq!(text(&output.stderr), expected);
    assert_eq!(text(&output.stdout), "");
    // The names of the folders do not matter if the services themselves are given.
    let (status, _) =
        status_and_stdout(&changes(&[path(&old.join("ecr")), path(&other.join("sqs"))]));
    assert_eq!(status, Some(1));
}

#[test]
fn the_report_is_written_to_a_file() {
    let (folder, old, new) = history();
    let file = folder.path().join("changes.html");
    let arguments = [path(&old), path(&new), "--format", "html", "--output", path(&file)];
    assert_eq!(status_and_stdout(&changes(&arguments)), (Some(1), String::new()));
    let page = fs::read_to_string(file).unwrap();
    assert!(page.starts_with("<!doctype html>\n") && page.ends_with("</html>\n"), "{page}");
    assert!(page.contains("<code>imageDigest</code>: string"), "{page}");
}

#[test]
fn no_pair_of_models_causes_a_panic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut models: Vec<PathBuf> = fs::read_dir(root.join("fixtures/models"))
        .unwrap()
        .chain(fs::read_dir(root.join("tests/rejects")).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|end| end == "json"))
        .collect();
    models.sort();
    let reference = root.join("fixtures/models/values");
    // Only every third model, because each one starts a process.
    for model in models.iter().step_by(3) {
        for (old, new) in [(model, &reference), (&reference, model)] {
            let output = changes(&[path(old), path(new), "--format", "html"]);
            let status = output.status.code();
            assert!(matches!(status, Some(0..=2)), "{}: {status:?}", model.display());
        }
    }
}

#[test]
fn a_folder_that_is_not_one_model_is_one_problem() {
    let (folder, old, _new) = history();
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    let report = |expected: &str| {
        let output = changes(&[path(&old.join("ecr")), path(&other)]);
        assert_eq!(output.status.code(), Some(2));
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(!out.contains("\\n") && !err.contains("\\n"), "{out}{err}");
        assert!(err.contains(expected), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    };
    report("other: there is no model file (*.json or *.json.gz) in this folder");
    fs::write(other.join("main.smithy"), "namespace a.b").unwrap();
    report("other: there is no model file (*.json or *.json.gz) in this folder, only Smithy IDL");
    fs::write(other.join("examples-1.json"), "{\"examples\": {}}").unwrap();
    fs::write(other.join("paginators-1.json"), "{\"pagination\": {}}").unwrap();
    report("other: there is no service model in this folder, only examples-1.json (the examples");
    let service = old.join("ecr/2015-09-21/service-2.json");
    for name in ["a.json", "b.json"] {
        fs::copy(&service, other.join(name)).unwrap();
    }
    report("other: this folder contains 2 services: a, b. Pass one of them.");
    let minified = r#"{"metadata": {"protocol": "json"}, "shapes": {}, "operations": {
        "A": {"input": {"type": "structure", "members": {"a": {}}}},
        "B": {"input": {"type": "structure", "members": {"b": {}}}}
    }}"#;
    for name in ["a.json", "b.json"] {
        fs::remove_file(other.join(name)).unwrap();
    }
    fs::write(other.join("a.min.json"), minified).unwrap();
    report("other/a.min.json: this is a minified model of the AWS SDK for JavaScript");
}

#[test]
fn several_problems_of_a_model_are_on_several_lines() {
    let (folder, old, _new) = history();
    let file = folder.path().join("ecr.json");
    let mut model = put_image(true);
    for member in ["registryId", "imageTag"] {
        model["shapes"]["PutImageRequest"]["members"][member] = json!({});
    }
    model["shapes"]["Image"]["members"]["imageId"] = json!({});
    fs::write(&file, model.to_string()).unwrap();
    let output = changes(&[path(&old.join("ecr")), path(&file)]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
    let err = text(&output.stderr);
    assert!(err.starts_with("error: ecr could not be compared: "), "{err}");
    assert_eq!((err.lines().count(), err.contains("\\n")), (2, false), "{err}");
    // In a report with other services, each problem starts a line with the path of the file.
    let tree = folder.path().join("newest");
    for (service, model) in [("ecr", &model), ("other", &put_image(true))] {
        for tree in [&old, &tree] {
            let version = tree.join(service).join("2015-09-21");
            fs::create_dir_all(&version).unwrap();
            fs::write(version.join("service-2.json"), model.to_string()).unwrap();
        }
    }
    let out = text(&changes(&[path(&old), path(&tree)]).stdout);
    assert!(out.contains("\necr: could not be compared:\n") && !out.contains("\\n"), "{out}");
    assert_eq!(out.matches(&format!("\n  {}", path(&old))).count(), 2, "{out}");
}
