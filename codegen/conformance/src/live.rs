//! Sends the requests of cases to a server, and finds those that it rejects for their form.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use crate::explained::reason;
use longshore_runtime::{Client, Config, ErrorKind, Operation, RetryConfig, Timeouts};

/// The maximum duration of a call.
const LIMIT: Duration = Duration::from_secs(20);

/// A server to which the requests of cases are sent, and its reactions so far.
#[derive(Debug)]
pub(crate) struct LiveServer {
    runtime: tokio::runtime::Runtime,
    client: Client,
    service: String,
    pub(crate) reactions: Reactions,
}

/// How a server reacted to the requests of cases.
#[derive(Debug, Default)]
pub struct Reactions {
    all: Vec<(String, Reaction)>,
}

/// How a server reacted to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reaction {
    /// It returned a result.
    Accepted,
    /// It returned an error that depends on its state, such as that something does not exist.
    Refused,
    /// It returned an error because of the form of the request.
    InvalidForm(String),
    /// It failed, or does not have the operation.
    Failed,
    /// The client could not send the request, or could not read the response.
    ClientError(String),
    /// An error that no example can avoid, with the reason.
    Explained(String, &'static str),
    /// There is no request to send.
    NoRequest,
}

impl LiveServer {
    pub(crate) fn at(endpoint: &str, service: &str) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| format!("cannot create a runtime: {error}"))?;
        let config = Config::builder()
            // Most examples name resources in us-east-1, and cannot replicate to their own Region.
            .region("eu-west-1")
            .static_credentials("any", "any", None)
            .endpoint_url(endpoint)
            .host_prefixes(false)
            .retry(RetryConfig::disabled())
            .timeouts(Timeouts::new().operation(LIMIT))
            .build();
        let client = {
            let _entered = runtime.enter();
            Client::new(&config)
        };
        let service = service.to_owned();
        Ok(Self { runtime, client, service, reactions: Reactions::default() })
    }

    /// Sends a request. A panic is a failure of this request only.
    pub(crate) fn send<O: Operation>(&mut self, request: impl FnOnce() -> O) {
        let reaction = catch_unwind(AssertUnwindSafe(|| {
            let request = request();
            match self.runtime.block_on(self.client.call(&request)) {
                Ok(_) => Reaction::Accepted,
                Err(error) => Reaction::of(&error),
            }
        }));
        let reaction = reaction
            .unwrap_or_else(|_| Reaction::ClientError("it panicked; see the message above".into()));
        self.reactions.all.push((O::NAME.to_owned(), reaction.explained(&self.service)));
    }

    /// Records an operation without an example.
    pub(crate) fn cannot(&mut self, operation: &str) {
        self.reactions.all.push((operation.to_owned(), Reaction::NoRequest));
    }
}

impl Reaction {
    fn of<E: std::error::Error>(error: &longshore_runtime::Error<E>) -> Self {
        let text = error.to_string();
        match (error.kind(), error.status()) {
            (ErrorKind::Service, Some(500..)) => Self::Failed,
            (ErrorKind::Service, _) if is_about_form(error.code(), error.message()) => {
                Self::InvalidForm(text)
            }
            (ErrorKind::Service, _) => Self::Refused,
            _ => Self::ClientError(text),
        }
    }

    /// Replaces a failure that is known to be unavoidable.
    fn explained(self, service: &str) -> Self {
        let (Self::InvalidForm(text) | Self::ClientError(text)) = &self else { return self };
        match reason(service, text) {
            Some(reason) => Self::Explained(text.clone(), reason),
            None => self,
        }
    }
}

/// Codes of errors that are always about the form of a request.
const FORM_CODES: [&str; 5] = [
    "InvalidParameterType",
    "MalformedInput",
    "ParamValidationError",
    "SerializationException",
    "UnexpectedParameter",
];

/// Parts of messages that say that a value is missing or has the wrong form.
const FORM_MESSAGES: [&str; 26] = [
    "a required attribute",
    "cannot be empty",
    "constraint",
    "datatypes",
    "either",
    "exactly one",
    "failed to satisfy",
    "has to be provided",
    "in the form",
    "invalid",
    "is empty",
    "is missing",
    "is not supported",
    "is required",
    "malformed",
    "missing arn",
    "must be specified",
    "must provide",
    "must specify",
    "not specify",
    "not valid",
    "not a valid",
    "only one",
    "parameter validation",
    "should be present",
    "unknown parameter",
];

/// Parts of codes and messages that say that something does not exist.
const STATE: [&str; 5] = ["does not exist", "doesnotexist", "nonexistent", "nosuch", "notfound"];

fn is_about_form(code: Option<&str>, message: Option<&str>) -> bool {
    let message = message.unwrap_or_default().to_lowercase();
    let name = code.unwrap_or_default().to_lowercase();
    if STATE.iter().any(|part| name.contains(part) || message.contains(part)) {
        return false;
    }
    code.is_some_and(|code| FORM_CODES.iter().any(|form| code.ends_with(form)))
        || FORM_MESSAGES.iter().any(|part| message.contains(part))
}

impl Reactions {
    /// The number of requests that the server rejected for their form, or that were not sent or
    /// whose response could not be read.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.count(|reaction| {
            matches!(reaction, Reaction::InvalidForm(_) | Reaction::ClientError(_))
        })
    }

    fn count(&self, is: impl Fn(&Reaction) -> bool) -> usize {
        self.all.iter().filter(|(_, reaction)| is(reaction)).count()
    }
}

impl fmt::Display for Reactions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (operation, reaction) in &self.all {
            match reaction {
                Reaction::InvalidForm(text) => writeln!(f, "  INVALID {operation}: {text}")?,
                Reaction::ClientError(text) => writeln!(f, "  CLIENT ERROR {operation}: {text}")?,
                Reaction::Explained(text, reason) => {
                    writeln!(f, "  EXPLAINED {operation}: {reason}: {text}")?;
                }
                _ => {}
            }
        }
        write!(
            f,
            "{} operations: {} accepted, {} refused, {} not handled by the server, {} without an \
             example, {} explained, {} with an invalid form, {} client errors",
            self.all.len(),
            self.count(|reaction| *reaction == Reaction::Accepted),
            self.count(|reaction| *reaction == Reaction::Refused),
            self.count(|reaction| *reaction == Reaction::Failed),
            self.count(|reaction| *reaction == Reaction::NoRequest),
            self.count(|reaction| matches!(reaction, Reaction::Explained(..))),
            self.count(|reaction| matches!(reaction, Reaction::InvalidForm(_))),
            self.count(|reaction| matches!(reaction, Reaction::ClientError(_))),
        )
    }
}
