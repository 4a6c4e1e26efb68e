//! Sends the requests of cases to a server, and finds those that the server rejects as malformed.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    time::Duration,
};

use crate::explained::reason;
use longshore_runtime::{Client, Config, ErrorKind, Operation, RetryConfig, Timeouts};

/// The maximum duration of a call.
const LIMIT: Duration = Duration::from_secs(20);

/// Services that moto has only in some Regions, which do not include the one used for the others.
const WITHOUT_EUROPE: [&str; 5] = ["connect", "connectcampaigns", "dsql", "s3tables", "support"];

/// A server to which the requests of cases are sent, and the results so far.
#[derive(Debug)]
pub(crate) struct LiveServer {
    runtime: tokio::runtime::Runtime,
    client: Client,
    service: String,
    pub(crate) report: SendReport,
}

/// The results of sending the requests of cases to a server.
#[derive(Debug, Default)]
pub struct SendReport {
    all: Vec<(String, SendResult)>,
}

/// The result of sending a request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SendResult {
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
        // Most examples name resources in us-east-1, which cannot be replicated to their own
        // Region.
        let region = if WITHOUT_EUROPE.contains(&service) { "us-east-1" } else { "eu-west-1" };
        let config = Config::builder()
            .region(region)
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
        Ok(Self { runtime, client, service, report: SendReport::default() })
    }

    /// Sends a request. A panic is a failure of this request only.
    pub(crate) fn send<O: Operation>(&mut self, request: impl FnOnce() -> O) {
        let client = self.client.clone();
        self.record(
            O::NAME,
            Box::pin(async move {
                match client.call(&request()).await {
                    Ok(_) => SendResult::Accepted,
                    Err(error) => SendResult::of(&error),
                }
            }),
        );
    }

    /// Records the result of a call. It is not generic, so that it is not compiled for each
    /// operation.
    fn record(&mut self, operation: &str, call: Pin<Box<dyn Future<Output = SendResult> + '_>>) {
        let result = catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(call)));
        let result = result.unwrap_or_else(|_| {
            SendResult::ClientError("it panicked; see the message above".into())
        });
        self.report.all.push((operation.to_owned(), result.explained(&self.service)));
    }

    /// Records an operation without an example.
    pub(crate) fn cannot(&mut self, operation: &str) {
        self.report.all.push((operation.to_owned(), SendResult::NoRequest));
    }
}

impl SendResult {
    fn of<E: std::error::Error>(error: &longshore_runtime::Error<E>) -> Self {
        let text = error.to_string();
        match (error.kind(), error.status()) {
            (ErrorKind::Service, Some(500..)) => Self::Failed,
            // moto does not implement the URL of the operation.
            (ErrorKind::Service, Some(404)) if error.code().is_none() => Self::Failed,
            (ErrorKind::Service, _) if is_about_form(error.code(), error.message()) => {
                Self::InvalidForm(text)
            }
            (ErrorKind::Service, _) => Self::Refused,
            _ => Self::ClientError(text),
        }
    }

    /// Replaces a known unavoidable failure with [`Explained`](Self::Explained).
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
const FORM_MESSAGES: [&str; 39] = [
    "a required attribute",
    "are empty",
    "cannot be empty",
    "cannot be null",
    "constraint",
    "datatypes",
    "does not match the required",
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
    "missing",
    "must be equal",
    "must be greater",
    "must be one of",
    "must be provided",
    "must be specified",
    "must begin with",
    "must provide",
    "must specify",
    "not specif",
    "not in the allowed",
    "not valid",
    "not a valid",
    "only one",
    "parameter validation",
    "should be present",
    "should be specified",
    "syntax errors",
    "unknown parameter",
    "unrecognized",
    "unsupported",
];

/// Parts of the codes and messages of errors about resources that do not exist.
const NOT_FOUND_PHRASES: [&str; 5] =
    ["does not exist", "doesnotexist", "nonexistent", "nosuch", "notfound"];

fn is_about_form(code: Option<&str>, message: Option<&str>) -> bool {
    if code.is_some_and(|code| FORM_CODES.iter().any(|form| code.ends_with(form))) {
        return true;
    }
    let message = message.unwrap_or_default().to_lowercase();
    let name = code.unwrap_or_default().to_lowercase();
    if NOT_FOUND_PHRASES.iter().any(|part| name.contains(part) || message.contains(part)) {
        return false;
    }
    FORM_MESSAGES.iter().any(|part| message.contains(part))
}

impl SendReport {
    /// The number of requests that the server rejected for their form, or that were not sent or
    /// whose response could not be read.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.count(|result| {
            matches!(result, SendResult::InvalidForm(_) | SendResult::ClientError(_))
        })
    }

    fn count(&self, is: impl Fn(&SendResult) -> bool) -> usize {
        self.all.iter().filter(|(_, result)| is(result)).count()
    }
}

impl fmt::Display for SendReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (operation, result) in &self.all {
            match result {
                SendResult::InvalidForm(text) => writeln!(f, "  INVALID {operation}: {text}")?,
                SendResult::ClientError(text) => writeln!(f, "  CLIENT ERROR {operation}: {text}")?,
                SendResult::Explained(text, reason) => {
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
            self.count(|result| *result == SendResult::Accepted),
            self.count(|result| *result == SendResult::Refused),
            self.count(|result| *result == SendResult::Failed),
            self.count(|result| *result == SendResult::NoRequest),
            self.count(|result| matches!(result, SendResult::Explained(..))),
            self.count(|result| matches!(result, SendResult::InvalidForm(_))),
            self.count(|result| matches!(result, SendResult::ClientError(_))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_about_the_form_of_a_request_differ_from_those_about_state() {
        let rows = [
            ("ClientException", "state must be provided", true),
            (
                "InvalidRequestException",
                "Both billingGroupName and billingGroupArn cannot be null",
                true,
            ),
            (
                "ValidationError",
                "HealthCheck Target must begin with one of HTTP, TCP, HTTPS, SSL",
                true,
            ),
            ("MalformedPolicyDocument", "Syntax errors in policy.", true),
            ("InvalidParameterValueException", "Missing EventSourceArn", true),
            ("ValidationException", "Unsupported engine type", true),
            ("SerializationException", "", true),
            ("NoSuchEntity", "The user with name None cannot be found.", false),
            ("ValidationException", "The stack must be specified, but does not exist", false),
            ("AlreadyExistsException", "Stack my-stack already exists", false),
        ];
        for (code, message, expected) in rows {
            assert_eq!(is_about_form(Some(code), Some(message)), expected, "{code}: {message}");
        }
    }
}
