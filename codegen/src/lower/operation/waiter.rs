//! Lowers waiters: their acceptors, with every path checked against the model.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use super::interface::Interface;
use crate::{
    docs,
    ir::{
        Waiter,
        waiter::{Acceptor, Matcher, PathCheck, State, Test},
    },
    lower::{
        context::Context,
        docs::model_name_sentence,
        jmespath::{self, PathType, Structs},
    },
    names::{self, Scope},
};

const WAITABLE: &str = "smithy.waiters#waitable";

/// The default delays in seconds (Smithy specification, "Waiter traits").
const DEFAULT_SECONDS: (u32, u32) = (2, 120);

/// The waiters of an operation.
pub(super) fn lower(
    context: &mut Context<'_>,
    operation: &Interface<'_>,
    structs: &Structs<'_>,
    methods: &mut Scope,
) -> Vec<Waiter> {
    let facts = operation.shape.traits.get(WAITABLE).and_then(Value::as_object);
    let lowering = WaiterLowering { operation, structs, output: OnceCell::new() };
    let mut constants = Scope::words();
    let mut waiters = Vec::new();
    for (name, facts) in facts.into_iter().flatten() {
        match lowering.lower(name, facts, methods, &mut constants) {
            Ok(waiter) => waiters.push(waiter),
            Err(problem) => {
                let what = format!(
                    "its waiter {name} is skipped: {problem}; correct the trait {WAITABLE}"
                );
                context.pass_over(operation.shape, operation.id, what);
            }
        }
    }
    waiters
}

/// What the acceptors of a waiter are checked against.
struct WaiterLowering<'a, 's> {
    operation: &'a Interface<'a>,
    structs: &'a Structs<'s>,
    /// The type of the output, which may have many members.
    output: OnceCell<PathType<'s>>,
}

impl<'a: 's, 's> WaiterLowering<'a, 's> {
    fn lower(
        &self,
        name: &str,
        facts: &Value,
        methods: &mut Scope,
        constants: &mut Scope,
    ) -> Result<Waiter, String> {
        let known = ["acceptors", "minDelay", "maxDelay", "documentation", "deprecated", "tags"];
        let facts = object(facts, "it", &known)?;
        let acceptors = facts.get("acceptors").and_then(Value::as_array);
        let acceptors = acceptors.filter(|acceptors| !acceptors.is_empty());
        let acceptors = acceptors.ok_or("it has no list of acceptors")?;
        let acceptors: Vec<_> = (1..)
            .zip(acceptors)
            .map(|(number, acceptor)| {
                self.acceptor(acceptor)
                    .map_err(|problem| format!("in acceptor {number}, {problem}"))
            })
            .collect::<Result<_, _>>()?;
        if acceptors.iter().all(|acceptor| acceptor.state != State::Success) {
            return Err("none of its acceptors has the state success, so it could only \
                fail"
                .to_owned());
        }
        let method = methods.claim(names::waiter(name));
        let constant = constants.claim(names::constant(name));
        let text = facts.get("documentation").and_then(Value::as_str).unwrap_or_default();
        let mut docs = docs::markdown(text);
        if !docs.is_empty() && method != names::waiter(name) {
            docs.push(model_name_sentence(name));
        }
        Ok(Waiter {
            name: name.to_owned(),
            method,
            constant,
            docs,
            deprecated: facts.get("deprecated").is_some_and(|flag| *flag == Value::Bool(true)),
            seconds: seconds(facts)?,
            acceptors,
        })
    }

    fn acceptor(&self, facts: &Value) -> Result<Acceptor, String> {
        let facts = object(facts, "the acceptor", &["state", "matcher"])?;
        let state = match facts.get("state").and_then(Value::as_str) {
            Some("success") => State::Success,
            Some("failure") => State::Failure,
            Some("retry") => State::Retry,
            _ => return Err("the state must be success, failure or retry".to_owned()),
        };
        let kinds = ["success", "errorType", "output", "inputOutput"];
        let matcher = facts.get("matcher").unwrap_or(&Value::Null);
        let mut matchers = object(matcher, "the matcher", &kinds)?.iter();
        let (Some((kind, value)), None) = (matchers.next(), matchers.next()) else {
            return Err("the matcher must have exactly one member".to_owned());
        };
        let matcher = match (kind.as_str(), value) {
            ("success", Value::Bool(wanted)) => Matcher::Success(*wanted),
            // The code may be a shape id; the wire has only its name.
            ("errorType", Value::String(code)) => {
                let (_, name) = code.rsplit_once('#').unwrap_or(("", code));
                Matcher::ErrorType(name.to_owned())
            }
            ("output", value) => Matcher::Output(self.check(value, self.output()?)?),
            ("inputOutput", value) => Matcher::InputOutput(self.check(value, &self.both()?)?),
            (kind, value) => {
                return Err(format!(
                    "the matcher {kind} has the invalid value \
                {value}"
                ));
            }
        };
        Ok(Acceptor { state, matcher })
    }

    fn output(&self) -> Result<&PathType<'s>, String> {
        let response = self.operation.response.as_ref();
        let response =
            response.ok_or("the matcher reads the output, but the operation has none")?;
        Ok(self.output.get_or_init(|| self.structs.root(response)))
    }

    fn both(&self) -> Result<PathType<'s>, String> {
        let input = ("input".to_owned(), self.structs.root(&self.operation.request));
        Ok(PathType::Object([input, ("output".to_owned(), self.output()?.clone())].into()))
    }

    fn check(&self, facts: &Value, root: &PathType<'s>) -> Result<PathCheck, String> {
        let facts = object(facts, "the matcher", &["path", "expected", "comparator"])?;
        let text = |key| {
            let text = facts.get(key).and_then(Value::as_str);
            text.ok_or_else(|| format!("the matcher has no string `{key}`"))
        };
        let (path, expected, comparator) = (text("path")?, text("expected")?, text("comparator")?);
        let test = test(comparator, expected)?;
        let about = |problem| format!("the path `{path}` is invalid: {problem}");
        let parsed = jmespath::parse(path).map_err(about)?;
        let found = self.structs.follow(&parsed, root).map_err(about)?;
        found.suits(&test).map_err(about)?;
        Ok(PathCheck { text: path.to_owned(), path: parsed, test })
    }
}

fn test(comparator: &str, expected: &str) -> Result<Test, String> {
    let text = expected.to_owned();
    Ok(match (comparator, expected) {
        ("stringEquals", _) => Test::StringEquals(text),
        ("booleanEquals", "true") => Test::BooleanEquals(true),
        ("booleanEquals", "false") => Test::BooleanEquals(false),
        ("booleanEquals", _) => return Err(format!("a boolean is compared with {expected:?}")),
        ("allStringEquals", _) => Test::AllStringEquals(text),
        ("anyStringEquals", _) => Test::AnyStringEquals(text),
        _ => return Err(format!("unknown comparator {comparator}")),
    })
}

fn seconds(facts: &Map<String, Value>) -> Result<(u32, u32), String> {
    let seconds = |key, otherwise| match facts.get(key) {
        None => Ok(otherwise),
        Some(value) => {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            let number = number.filter(|number| *number > 0);
            number
                .ok_or_else(|| format!("its {key} is {value}; expected whole seconds, at least 1"))
        }
    };
    let least = seconds("minDelay", DEFAULT_SECONDS.0)?;
    // A long minDelay without a maxDelay raises the default of the latter.
    let most = seconds("maxDelay", DEFAULT_SECONDS.1.max(least))?;
    if least > most {
        return Err(format!("its minDelay {least} is greater than its maxDelay {most}"));
    }
    Ok((least, most))
}

/// Returns an object if it has no other keys than these.
fn object<'v>(
    value: &'v Value,
    what: &str,
    known: &[&str],
) -> Result<&'v Map<String, Value>, String> {
    let object = value.as_object().ok_or_else(|| format!("{what} is not an object"))?;
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(object),
        Some(key) => Err(format!("{what} has the unknown member {key}")),
    }
}
