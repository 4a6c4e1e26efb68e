//! What a waiter makes of an answer.
//!
//! Paths are looked up in what is sent and received as JSON, because the model writes them for
//! that.

use std::fmt;

use serde_json::Value;

use super::path::Path;
use crate::{Error, ErrorKind, OperationError};

/// An answer that a waiter knows, and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Acceptor(pub State, pub Matcher);

/// What an answer means to a waiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is what is waited for.
    Success,
    /// What is waited for will not come.
    Failure,
    /// There is to be another call.
    Retry,
}

/// Which answers an acceptor is about.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Matcher {
    /// Any success (`true`), any error of the service (`false`).
    Success(bool),
    /// The error of this code.
    ErrorType(&'static str),
    /// A success with something in it. The path as the model writes it, the same to be looked up,
    /// and what must be there.
    Output(&'static str, Path, Test),
    /// The same in an object whose `input` is the request and whose `output` is the answer.
    InputOutput(&'static str, Path, Test),
}

/// What must be found behind a path.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Test {
    /// This string.
    StringEquals(&'static str),
    /// This truth value.
    BooleanEquals(bool),
    /// A list of this string, at least one of it, and of nothing else.
    AllStringEquals(&'static str),
    /// A list with this string in it.
    AnyStringEquals(&'static str),
}

/// What the acceptors say.
pub(super) enum Verdict {
    Success,
    /// The condition, in words.
    Failure(String),
    Retry,
    /// None of them says anything.
    Unmatched,
}

/// What the acceptors say of a success, where `seen` is an object of `input` and `output`.
pub(super) fn judge(acceptors: &[Acceptor], seen: &Value) -> Verdict {
    let output = seen.get("output").unwrap_or(&Value::Null);
    decide(acceptors, |matcher| match matcher {
        Matcher::Success(wanted) => *wanted,
        Matcher::ErrorType(_) => false,
        Matcher::Output(_, path, test) => test.holds(&path.find(output)),
        Matcher::InputOutput(_, path, test) => test.holds(&path.find(seen)),
    })
}

/// What the acceptors say of an error. They are asked about errors of the service only: that there
/// are no credentials is not what "until it fails" means.
pub(super) fn judge_error<E: OperationError>(acceptors: &[Acceptor], error: &Error<E>) -> Verdict {
    if error.kind() != ErrorKind::Service {
        return Verdict::Unmatched;
    }
    // An exception may have come under another code than its own.
    let own = error.service().and_then(OperationError::code);
    decide(acceptors, |matcher| match matcher {
        Matcher::Success(wanted) => !wanted,
        Matcher::ErrorType(wanted) => {
            own == Some(wanted) || error.codes().any(|code| code == *wanted)
        }
        Matcher::Output(..) | Matcher::InputOutput(..) => false,
    })
}

/// What the first acceptor says whose matcher holds.
fn decide(acceptors: &[Acceptor], holds: impl Fn(&Matcher) -> bool) -> Verdict {
    match acceptors.iter().find(|Acceptor(_, matcher)| holds(matcher)) {
        None => Verdict::Unmatched,
        Some(Acceptor(State::Success, _)) => Verdict::Success,
        Some(Acceptor(State::Failure, matcher)) => Verdict::Failure(matcher.to_string()),
        Some(Acceptor(State::Retry, _)) => Verdict::Retry,
    }
}

impl Test {
    fn holds(&self, value: &Value) -> bool {
        let is = |value: &Value, text: &str| value.as_str() == Some(text);
        match self {
            Self::StringEquals(text) => is(value, text),
            Self::BooleanEquals(flag) => value.as_bool() == Some(*flag),
            Self::AllStringEquals(text) => value
                .as_array()
                .is_some_and(|all| !all.is_empty() && all.iter().all(|value| is(value, text))),
            Self::AnyStringEquals(text) => {
                value.as_array().is_some_and(|all| all.iter().any(|value| is(value, text)))
            }
        }
    }
}

/// The condition in words, all of which are the model's.
impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success(true) => f.write_str("the call succeeded"),
            Self::Success(false) => f.write_str("the service answered with an error"),
            Self::ErrorType(code) => write!(f, "the service answered {code}"),
            Self::Output(path, _, test) | Self::InputOutput(path, _, test) => match test {
                Test::StringEquals(text) => write!(f, "{path} is {text:?}"),
                Test::BooleanEquals(flag) => write!(f, "{path} is {flag}"),
                Test::AllStringEquals(text) => write!(f, "every element of {path} is {text:?}"),
                Test::AnyStringEquals(text) => write!(f, "an element of {path} is {text:?}"),
            },
        }
    }
}
