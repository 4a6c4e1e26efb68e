//! Evaluates the acceptors of a waiter for the result of a call.
//!
//! Paths are evaluated on the JSON form of request and response, as the model defines them.

use std::fmt;

use super::path::Path;
use crate::{Document, Error, ErrorKind, OperationError};

/// A state of the waiter, and the results that lead to it.
#[derive(Debug, Clone, Copy)]
pub struct Acceptor(pub State, pub Matcher);

/// The state of a waiter after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// The waiter succeeded.
    Success,
    /// The waiter failed, and waiting longer does not help.
    Failure,
    /// The operation must be called again.
    Retry,
}

/// The condition of an acceptor.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Matcher {
    /// The call succeeded (`true`), or the service returned an error (`false`).
    Success(bool),
    /// The service returned an error with this code.
    ErrorType(&'static str),
    /// The call succeeded and its output passes a test. The fields are the path as the model writes
    /// it, its parsed form, and the test of the value at the path.
    Output(&'static str, Path, Test),
    /// The call succeeded and an object whose members `input` and `output` are request and response
    /// passes a test.
    InputOutput(&'static str, Path, Test),
}

/// The test of the value at a path.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(clippy::enum_variant_names, reason = "the names of the comparators in Smithy")]
pub enum Test {
    /// The value is this string.
    StringEquals(&'static str),
    /// The value is this boolean.
    BooleanEquals(bool),
    /// The value is a list with at least one element, and every element is this string.
    AllStringEquals(&'static str),
    /// The value is a list and at least one element is this string.
    AnyStringEquals(&'static str),
}

/// The result of the acceptors.
pub(super) enum Verdict {
    Success,
    /// The condition that led to the failure.
    Failure(String),
    Retry,
    /// No acceptor matches.
    Unmatched,
}

/// Evaluates the acceptors for a successful call. `context` is an object with the members `input`
/// and `output`.
pub(super) fn evaluate(acceptors: &[Acceptor], context: &Document) -> Verdict {
    let output = context.get("output").unwrap_or(&Document::Null);
    first_match(acceptors, |matcher| match matcher {
        Matcher::Success(expected) => *expected,
        Matcher::ErrorType(_) => false,
        Matcher::Output(_, path, test) => test.matches(&path.evaluate(output)),
        Matcher::InputOutput(_, path, test) => test.matches(&path.evaluate(context)),
    })
}

/// Evaluates the acceptors for an error. They apply only to errors that the service returned: a
/// waiter that waits for an error does not wait for one such as missing credentials.
pub(super) fn evaluate_error<E: OperationError>(
    acceptors: &[Acceptor],
    error: &Error<E>,
) -> Verdict {
    if error.kind() != ErrorKind::Service {
        return Verdict::Unmatched;
    }
    // The response may have contained an alias of the exception's own code.
    let own_code = error.service().and_then(OperationError::code);
    first_match(acceptors, |matcher| match matcher {
        Matcher::Success(expected) => !expected,
        Matcher::ErrorType(expected) => {
            own_code == Some(expected) || error.codes().any(|code| code == *expected)
        }
        Matcher::Output(..) | Matcher::InputOutput(..) => false,
    })
}

/// Returns the result of the first acceptor that matches.
fn first_match(acceptors: &[Acceptor], matches: impl Fn(&Matcher) -> bool) -> Verdict {
    match acceptors.iter().find(|Acceptor(_, matcher)| matches(matcher)) {
        None => Verdict::Unmatched,
        Some(Acceptor(State::Success, _)) => Verdict::Success,
        Some(Acceptor(State::Failure, matcher)) => Verdict::Failure(matcher.to_string()),
        Some(Acceptor(State::Retry, _)) => Verdict::Retry,
    }
}

impl Test {
    fn matches(&self, value: &Document) -> bool {
        let is = |value: &Document, text: &str| value.as_str() == Some(text);
        match self {
            Self::StringEquals(text) => is(value, text),
            Self::BooleanEquals(flag) => value.as_bool() == Some(*flag),
            Self::AllStringEquals(text) => value.as_array().is_some_and(|elements| {
                !elements.is_empty() && elements.iter().all(|value| is(value, text))
            }),
            Self::AnyStringEquals(text) => value
                .as_array()
                .is_some_and(|elements| elements.iter().any(|value| is(value, text))),
        }
    }
}

/// Describes the condition, using only text of the model.
impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success(true) => f.write_str("the call succeeded"),
            Self::Success(false) => f.write_str("the service returned an error"),
            Self::ErrorType(code) => write!(f, "the service returned {code}"),
            Self::Output(path, _, test) | Self::InputOutput(path, _, test) => match test {
                Test::StringEquals(text) => write!(f, "{path} is {text:?}"),
                Test::BooleanEquals(flag) => write!(f, "{path} is {flag}"),
                Test::AllStringEquals(text) => write!(f, "every element of {path} is {text:?}"),
                Test::AnyStringEquals(text) => write!(f, "an element of {path} is {text:?}"),
            },
        }
    }
}
