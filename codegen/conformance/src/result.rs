//! Compares the result of a call with the expected one.

use std::fmt;

use longshore_runtime::{Error, Operation, Place, Structure, Unmodeled};
use serde::{
    Serialize,
    de::{Deserializer, MapAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::{
    Failure, Response, capture,
    capture::Capture,
    differences::{clipped, differences},
};

/// The result of a call.
type CallResult<O> = Result<<O as Operation>::Output, Error<<O as Operation>::Error>>;

/// Checks a successful response.
pub(crate) fn check_success<O>(response: &Response, expected: &O::Output) -> Vec<String>
where
    O: Operation,
    O::Output: PartialEq + Serialize,
{
    match call::<O>(response) {
        Ok(Ok(found)) if found == *expected => Vec::new(),
        Ok(Ok(found)) => json_differences("result", expected, &found, None),
        Ok(Err(error)) => vec![format!("expected a result, found {error}")],
        Err(reason) => vec![reason],
    }
}

/// Checks that a success serializes to the JSON it was read from, so that no member is lost or renamed.
pub(crate) fn check_return<O>(response: &Response) -> Vec<String>
where
    O: Operation,
    O::Output: Serialize,
{
    let found = match call::<O>(response) {
        Ok(Ok(found)) => serde_json::to_value(found).map_err(|error| error.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(reason) => Err(reason),
    };
    match (serde_json::from_slice(response.body), found) {
        (Ok(expected), Ok(found)) => differences("result", &expected, Some(&found)),
        (Err(error), _) => vec![format!("the response body is not JSON: {error}")],
        (_, Err(reason)) => vec![format!("expected a result, found {reason}")],
    }
}

/// Checks an exception that the operation lists.
pub(crate) fn check_exception<O, E>(
    response: &Response,
    failure: &Failure,
    expected: &E,
    exception: impl FnOnce(&O::Error) -> Option<&E>,
) -> Vec<String>
where
    O: Operation,
    E: PartialEq + Serialize,
{
    let error = match error::<O>(response) {
        Ok(error) => error,
        Err(reason) => return vec![reason],
    };
    let mut failures = compare_code_and_message(&error, failure);
    match error.service().and_then(exception) {
        Some(found) if found == expected => {}
        Some(found) => {
            failures.extend(json_differences("members", expected, found, failure.message_member))
        }
        None => failures.push(format!("unexpected exception: {error}")),
    }
    failures
}

/// Checks an error that the operation does not list.
pub(crate) fn check_unmodeled<O: Operation>(
    response: &Response,
    failure: &Failure,
    members: &str,
    unmodeled: impl FnOnce(&O::Error) -> Option<&Unmodeled>,
) -> Vec<String> {
    let error = match error::<O>(response) {
        Ok(error) => error,
        Err(reason) => return vec![reason],
    };
    let mut failures = compare_code_and_message(&error, failure);
    let Some(found) = error.service().and_then(unmodeled) else {
        failures.push(format!("expected an error that is not listed, found {error}"));
        return failures;
    };
    failures.extend(compare_members(members, &found.body).unwrap_or_else(|problem| vec![problem]));
    failures
}

/// Compares the expected members of an unlisted error with the response body. Only JSON can be
/// compared, because other formats need the types of the members.
fn compare_members(expected: &str, body: &str) -> Result<Vec<String>, String> {
    let object = |what: &str, text: &str| {
        serde_json::from_str::<Map<String, Value>>(text)
            .map_err(|error| format!("{what}: not a JSON object: {error}"))
    };
    let expected = object("the expected members", expected)?;
    if expected.is_empty() {
        return Ok(Vec::new());
    }
    let body = object("the response body", body)?;
    let compare = |(name, value)| differences(&format!("members.{name}"), value, body.get(name));
    Ok(expected.iter().flat_map(compare).collect())
}

/// Makes the call that receives this response. The request does not matter, so it has only the
/// labels of the path. Host prefixes are disabled because their labels need values.
fn call<O: Operation>(response: &Response) -> Result<CallResult<O>, String> {
    let capture = Capture::responding(response.status, &response.headers, response.body);
    let config = capture::config(&capture, response.endpoint).host_prefixes(false);
    let request = with_labels::<O>()?;
    capture::call(config, |client| async move { client.call(&request).await })
}

/// Values for labels, at least one of which is valid for each type that a label can have.
const LABELS: [&str; 3] = ["\"1\"", "1", "true"];

/// A request with a value for each label of the path.
fn with_labels<O: Operation>() -> Result<O, String> {
    let mut request = O::empty();
    let labels = O::BINDINGS.iter().filter(|binding| matches!(binding.place, Place::Label(_)));
    for label in labels {
        let set = |value: &&str| {
            let object = format!("{{\"{}\": {value}}}", label.member);
            let member = Member(&mut request);
            serde_json::Deserializer::from_str(&object).deserialize_map(member).is_ok()
        };
        if !LABELS.iter().any(set) {
            return Err(format!("none of {LABELS:?} is a value of the label {}", label.member));
        }
    }
    Ok(request)
}

/// Reads one member of a structure.
struct Member<'a, T>(&'a mut T);

impl<'de, T: Structure> Visitor<'de> for Member<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with one member")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let key: Option<String> = map.next_key()?;
        self.0.read(&key.unwrap_or_default(), &mut map).map(drop)
    }
}

/// The error of the call.
fn error<O: Operation>(response: &Response) -> Result<Error<O::Error>, String> {
    match call::<O>(response)? {
        Ok(found) => Err(format!("expected an error, found {}", clipped(&format!("{found:?}")))),
        Err(error) if error.service().is_none() => {
            Err(format!("expected a service error, found {error}"))
        }
        Err(error) => Ok(error),
    }
}

fn compare_code_and_message<E>(error: &Error<E>, failure: &Failure) -> Vec<String> {
    let code = failure.code.and_then(|code| differ("code", code, error.code()));
    let message = failure.message.and_then(|text| differ("message", text, error.message()));
    code.into_iter().chain(message).collect()
}

/// Compares two texts; an empty text equals a missing one.
fn differ(what: &str, expected: Option<&str>, found: Option<&str>) -> Option<String> {
    let [expected, found] = [expected, found].map(|text| text.filter(|text| !text.is_empty()));
    let shown = |text: Option<&str>| match text {
        Some(text) => clipped(&format!("{text:?}")),
        None => "nothing".to_owned(),
    };
    let text = || format!("{what}: expected {}, found {}", shown(expected), shown(found));
    (expected != found).then(text)
}

/// The differences of two values as JSON, in which NaN equals itself and secrets are visible.
fn json_differences<T: Serialize>(
    what: &str,
    expected: &T,
    found: &T,
    without: Option<&str>,
) -> Vec<String> {
    let json = |value: &T| {
        let mut json = serde_json::to_value(value).map_err(|error| error.to_string())?;
        if let (Some(name), Value::Object(members)) = (without, &mut json) {
            members.remove(name);
        }
        Ok::<_, String>(json)
    };
    match (json(expected), json(found)) {
        (Ok(expected), Ok(found)) => differences(what, &expected, Some(&found)),
        (Err(error), _) | (_, Err(error)) => vec![format!("{what}: not JSON: {error}")],
    }
}
