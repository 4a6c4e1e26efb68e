//! Writes pairs of models and the HTML report about their changes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// The name of a service that would be an element if it were not escaped.
pub(super) const HOSTILE: &str = "\"><img src=x onerror=hacked=1>";

/// A report in a temporary folder.
pub(super) struct WrittenReport {
    folder: TempDir,
}

impl WrittenReport {
    pub(super) fn page(&self) -> PathBuf {
        self.folder.path().join("report.html")
    }
}

/// Compares two versions of the services `thing`, which has this number of operations, and
/// [`HOSTILE`]. Of each ten operations of `thing`, one breaks. `Added` is new, and `Removed` is
/// removed.
pub(super) fn report(operations: usize) -> WrittenReport {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    for (side, is_new) in [(&old, false), (&new, true)] {
        write(&side.join("thing"), &thing(operations, is_new));
        write(&side.join(HOSTILE), &hostile(is_new));
    }
    let report = WrittenReport { folder };
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["changes", "--format", "html", "--output"]).arg(report.page());
    let output = command.arg(old).arg(new).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    report
}

fn write(folder: &Path, model: &Value) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("model.json"), model.to_string()).unwrap();
}

fn thing(operations: usize, is_new: bool) -> Value {
    let mut shapes = Map::new();
    for index in 0..operations {
        let name = format!("Operation{index:04}");
        let mut members = json!({"label": {"target": "smithy.api#String"}});
        for added in 0..5 {
            let is_breaking = index % 10 == 0 && added == 0;
            // New members do not break callers, and removed ones do.
            if is_new != is_breaking {
                members[format!("field{added}")] = json!({"target": "smithy.api#String"});
            }
        }
        if index < 2 {
            members["image"] = json!({"target": "com.example#Image"});
        }
        operation(&mut shapes, &name, &members);
    }
    let image =
        if is_new { json!({"height": {"target": "smithy.api#Integer"}}) } else { json!({}) };
    shapes.insert("Image".to_owned(), json!({"type": "structure", "members": image}));
    operation(&mut shapes, if is_new { "Added" } else { "Removed" }, &json!({}));
    model(shapes)
}

/// A service with names and values that would be elements if they were not escaped.
fn hostile(is_new: bool) -> Value {
    let mut shapes = Map::new();
    let pattern = if is_new { "</code><script>hacked=1</script>" } else { "'\" onclick=hacked=1" };
    let traits = json!({"smithy.api#pattern": pattern});
    let members = json!({"label": {"target": "smithy.api#String", "traits": traits}});
    operation(&mut shapes, "Do", &members);
    model(shapes)
}

fn operation(shapes: &mut Map<String, Value>, name: &str, members: &Value) {
    let request = format!("{name}Request");
    let target = format!("com.example#{request}");
    shapes.insert(
        name.to_owned(),
        json!({"type": "operation", "input": {"target": target}, "output": {"target": "smithy.api#Unit"}}),
    );
    shapes.insert(request, json!({"type": "structure", "members": members}));
}

fn model(shapes: Map<String, Value>) -> Value {
    let id = |name: &str| format!("com.example#{name}");
    let operations = shapes.iter().filter(|(_, shape)| shape["type"] == "operation");
    let operations: Vec<_> = operations.map(|(name, _)| json!({"target": id(name)})).collect();
    let mut all: Map<_, _> = shapes.into_iter().map(|(name, shape)| (id(&name), shape)).collect();
    let traits = json!({
        "aws.protocols#awsJson1_1": {},
        "aws.auth#sigv4": {"name": "thing"},
        "aws.api#service": {"sdkId": "Thing"},
    });
    all.insert(
        id("Thing"),
        json!({"type": "service", "version": "2020-01-01", "operations": operations, "traits": traits}),
    );
    json!({"smithy": "2.0", "shapes": all})
}
