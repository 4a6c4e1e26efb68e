//! Translates `waiters-2.json` to `smithy.waiters#waitable`.
//!
//! C2J waits a fixed time between attempts and stops after a fixed number of them; in Smithy the
//! delay grows from `minDelay`, and the caller sets the limit.

use serde_json::{Map, Value, json};

use super::{model::C2jModel, operations::OperationShapes, unusable::unusable};
use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::{NoWaiter, Note},
};

const WAITABLE: &str = "smithy.waiters#waitable";

/// The only supported waiter type, which polls an operation. Most waiters omit it.
const POLLS_OPERATION: &str = "api";

impl C2jModel<'_> {
    /// Adds every waiter to its operation. A waiter that cannot be used is skipped with a note.
    pub(super) fn add_waiters(
        &mut self,
        root: Node<'_>,
        operations: &mut OperationShapes,
    ) -> Result<(), Problem> {
        let mut keys = Keys::of(root)?;
        for (name, node) in keys.need("waiters")?.fields()? {
            let added = self
                .add_waiter(&name, node, operations)
                .unwrap_or_else(|problem| Err(NoWaiter::Unusable(unusable(node, problem))));
            if let Err(reason) = added {
                self.notes.push(Note::NoWaiter { waiter: name.into_owned(), reason });
            }
        }
        // The file's other keys, such as the format version, affect no operation.
        Ok(())
    }

    fn add_waiter(
        &self,
        name: &str,
        node: Node<'_>,
        operations: &mut OperationShapes,
    ) -> Result<Result<(), NoWaiter>, Problem> {
        let mut keys = Keys::of(node)?;
        let operation = keys.need("operation")?;
        let id = self.id(&operation.string()?, operation)?;
        let Some(shape) = operations.get_mut(&id) else {
            return Ok(Err(NoWaiter::NoOperation(id.name().to_owned())));
        };
        let waiter = read_waiter(keys)?;
        Ok(waiter.map(|waiter| {
            let waitable = shape.traits.0.entry(WAITABLE.to_owned());
            waitable.or_insert_with(|| json!({}))[name] = waiter;
        }))
    }
}

/// Returns the waiter, or why Smithy cannot express it.
fn read_waiter(mut keys: Keys<'_>) -> Result<Result<Value, NoWaiter>, Problem> {
    let mut waiter = Map::new();
    if let Some(node) = keys.take("description") {
        waiter.insert("documentation".to_owned(), node.value()?);
    }
    if let Some(node) = keys.take("delay") {
        waiter.insert("minDelay".to_owned(), node.value()?);
    }
    if keys.take("deprecated").map(Node::boolean).transpose()?.unwrap_or(false) {
        waiter.insert("deprecated".to_owned(), json!(true));
    }
    let mut acceptors = Vec::new();
    for node in keys.need("acceptors")?.elements()? {
        match read_acceptor(node)? {
            Ok(acceptor) => acceptors.push(acceptor),
            Err(why) => return Ok(Err(why)),
        }
    }
    waiter.insert("acceptors".to_owned(), json!(acceptors));
    if let Some(node) = keys.take("type")
        && node.string()? != POLLS_OPERATION
    {
        let what = format!("its type is not `{POLLS_OPERATION}`. Correct or remove it.");
        return Err(node.problem(what));
    }
    keys.ignore(&["maxAttempts"]);
    keys.finish()?;
    Ok(Ok(Value::Object(waiter)))
}

fn read_acceptor(node: Node<'_>) -> Result<Result<Value, NoWaiter>, Problem> {
    let mut keys = Keys::of(node)?;
    let state = keys.need("state")?.string()?;
    let matcher = keys.need("matcher")?.string()?;
    let expected = keys.need("expected")?.value()?;
    let argument = keys.take("argument").map(Node::string).transpose()?.unwrap_or_default();
    keys.finish()?;
    let matcher = read_matcher(&matcher, &argument, &expected);
    Ok(matcher
        .map(|matcher| json!({"state": state, "matcher": matcher}))
        .ok_or_else(|| NoWaiter::Matcher(expected.to_string())))
}

fn read_matcher(matcher: &str, path: &str, expected: &Value) -> Option<Value> {
    let output = |path: &str, expected: &str, comparator: &str| {
        let fields = json!({"path": path, "expected": expected, "comparator": comparator});
        Some(json!({"output": fields}))
    };
    match (matcher, expected) {
        ("path", Value::String(text)) => output(path, text, "stringEquals"),
        ("path", Value::Bool(flag)) => output(path, &flag.to_string(), "booleanEquals"),
        ("path", Value::Number(number)) => {
            output(&format!("{path} == `{number}`"), "true", "booleanEquals")
        }
        ("pathAll", Value::String(text)) => output(path, text, "allStringEquals"),
        ("pathAny", Value::String(text)) => output(path, text, "anyStringEquals"),
        ("pathAny", Value::Bool(flag)) => {
            output(&format!("contains({path}, `{flag}`)"), "true", "booleanEquals")
        }
        ("error", Value::String(code)) => Some(json!({"errorType": code})),
        // `expected: false` means that there was no error.
        ("error", Value::Bool(failed)) => Some(json!({"success": !failed})),
        ("status", Value::Number(status)) if status.as_u64() == Some(200) => {
            Some(json!({"success": true}))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matchers_become_smithy_matchers() {
        let output = |path: &str, expected: &str, comparator: &str| json!({"output": {"path": path, "expected": expected, "comparator": comparator}});
        let cases = [
            ("path", "a.b", json!("X"), Some(output("a.b", "X", "stringEquals"))),
            ("path", "a", json!(true), Some(output("a", "true", "booleanEquals"))),
            (
                "path",
                "length(a)",
                json!(0),
                Some(output("length(a) == `0`", "true", "booleanEquals")),
            ),
            ("pathAll", "a[]", json!("X"), Some(output("a[]", "X", "allStringEquals"))),
            ("pathAny", "a[]", json!("X"), Some(output("a[]", "X", "anyStringEquals"))),
            (
                "pathAny",
                "a[]",
                json!(false),
                Some(output("contains(a[], `false`)", "true", "booleanEquals")),
            ),
            ("error", "", json!("Gone"), Some(json!({"errorType": "Gone"}))),
            ("error", "", json!(true), Some(json!({"success": false}))),
            ("status", "", json!(200), Some(json!({"success": true}))),
            ("status", "", json!(404), None),
            ("pathAll", "a[]", json!(true), None),
        ];
        for (matcher, path, expected, wanted) in cases {
            assert_eq!(read_matcher(matcher, path, &expected), wanted, "{matcher} {expected}");
        }
    }
}
