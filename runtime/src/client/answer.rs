//! What came back: success or not, and which error it is where it is one.
//!
//! The rules of error codes are here. What a code is good for, `error_class` knows.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use crate::client::call::Call;
use crate::protocol::error_body::{ErrorBody, readable};
use crate::protocol::error_class::{self, ErrorClass};
use crate::{OperationError, Service, Unmodelled};

/// An answer of a service.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// What every error has, where the answer is no success.
    pub(crate) failure: Option<Failure>,
}

/// What an operation's model says about errors, without the types of the exceptions.
#[derive(Clone, Copy)]
pub(crate) struct KnownErrors {
    pub(crate) codes: &'static [&'static str],
    pub(crate) aliases: &'static [(&'static str, &'static str)],
    pub(crate) retryable: &'static [(&'static str, bool)],
}

impl KnownErrors {
    pub(crate) const fn of<E: OperationError>() -> Self {
        Self { codes: E::CODES, aliases: E::ALIASES, retryable: E::RETRYABLE }
    }

    /// What an error of this code means for another attempt.
    fn class(&self, code: Option<&str>, status: u16) -> ErrorClass {
        let alias = self.aliases.iter().find(|(alias, _)| code == Some(alias));
        let own = alias.map(|(_, own)| *own);
        // Lists of codes that are usual everywhere know the alias, the model the exception's own.
        let class = ErrorClass::of(code, status, self.retryable);
        own.map_or(class, |own| class.max(ErrorClass::of(Some(own), status, self.retryable)))
    }
}

/// What every error answer has, whichever error it is.
#[derive(Clone, PartialEq)]
pub(crate) struct Failure {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) code: Option<String>,
    /// What kind of error it is, where `code` is what the query protocol called it.
    pub(crate) kind: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) class: ErrorClass,
    /// Whether the exception has the message too, and prints it.
    pub(crate) said: bool,
}

impl Failure {
    /// What it is called, the kind of error first.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.kind.as_deref().into_iter().chain(self.code.as_deref())
    }

    /// Without the message where the model says that it is a secret.
    pub(crate) fn discreet<E: OperationError>(mut self, error: &E) -> Self {
        if error.code().is_some_and(|code| E::SECRET.contains(&code)) {
            self.message = None;
        }
        self
    }

    /// The same, known by another code as well.
    fn with_query_code(self, query: String, known: KnownErrors) -> Self {
        let class = self.class.max(known.class(Some(&query), self.status));
        Self { kind: self.code, code: Some(query), class, ..self }
    }

    /// The message, where the exception has no place for it.
    pub(crate) fn unsaid(&self) -> Option<&str> {
        self.message.as_deref().filter(|_| !self.said)
    }
}

/// Without the message: the exception has it too, and knows whether it may be shown.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

impl Answer {
    pub(crate) fn new(response: Response<Bytes>, call: &'static Call) -> Self {
        let (head, body) = response.into_parts();
        let request_id = request_id(&head.headers);
        let (status, headers) = (head.status, head.headers);
        let mut answer = Self { status, request_id, headers, body, failure: None };
        if !status.is_success() {
            answer.failure = Some(answer.failure(call));
        }
        answer
    }

    /// The exception that a failure is.
    pub(crate) fn error<E: OperationError>(&self, failure: Failure) -> (Failure, E) {
        let modelled = failure.codes().find_map(|code| E::decode(code, &self.body));
        let error = modelled.unwrap_or_else(|| E::unmodelled(self.unmodelled(&failure)));
        let mut failure = failure.discreet(&error);
        failure.said = error.message().is_some();
        (failure, error)
    }

    fn failure(&self, call: &'static Call) -> Failure {
        let known = call.known;
        let body = ErrorBody::read(&readable(&self.body));
        let header = text(&self.headers, "x-amzn-errortype");
        let code =
            header.and_then(|header| bare_code(&header)).or_else(|| body_code(&body, known.codes));
        let message = body.into_message();
        let (status, request_id) = (self.status.as_u16(), self.request_id.clone());
        let class = known.class(code.as_deref(), status);
        let failure = Failure { status, request_id, code, kind: None, message, class, said: false };
        match self.query_code(call.service) {
            Some(query) => failure.with_query_code(query, known),
            None => failure,
        }
    }

    /// What the query protocol calls the error: `CODE` of `CODE;FAULT`.
    fn query_code(&self, service: &Service) -> Option<String> {
        if !service.query_compatible {
            return None;
        }
        let header = text(&self.headers, "x-amzn-query-error")?;
        let (code, fault) = header.split_once(';')?;
        let code = code.trim();
        (!code.is_empty() && !fault.contains(';')).then(|| code.to_owned())
    }

    fn unmodelled(&self, failure: &Failure) -> Unmodelled {
        Unmodelled {
            status: failure.status,
            code: failure.code.clone(),
            message: failure.message.clone(),
            request_id: failure.request_id.clone(),
            body: clip(&self.body),
        }
    }
}

/// The error code in a body: `code`, and where that is absent `__type`.
///
/// Lightsail gives its exceptions a member called `code` for the details, so that one body has
/// `"__type": "InvalidInputException"` beside `"code": "UnsupportedOperation"`. A `code` that means
/// nothing to us therefore gives way to a `__type` that does: one that the operation lists, or one
/// by which services say that the call may be made again.
fn body_code(body: &ErrorBody, modelled: &[&str]) -> Option<String> {
    let code = body.code.as_deref().and_then(bare_code);
    let kind = body.kind.as_deref().and_then(bare_code);
    let known = |code: &String| modelled.contains(&code.as_str()) || error_class::is_known(code);
    match (code, kind) {
        (Some(code), Some(kind)) if !known(&code) && known(&kind) => Some(kind),
        (code, kind) => code.or(kind),
    }
}

/// `FooError` of `aws.protocol#FooError:http://example.com/`.
fn bare_code(text: &str) -> Option<String> {
    let before_url = text.split(':').next().unwrap_or_default();
    let code = before_url.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The identifier that a service has given to a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    ["x-amzn-requestid", "x-amz-request-id"].into_iter().find_map(|name| text(headers, name))
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The beginning of a body as text.
fn clip(body: &[u8]) -> String {
    let beginning = &body[..body.len().min(Unmodelled::MAX_BODY)];
    let mut text = String::from_utf8_lossy(beginning).into_owned();
    // What is replaced takes more room than it had, and the cut may go through a character.
    text.truncate(text.floor_char_boundary(Unmodelled::MAX_BODY));
    text
}
