//! Compares an expected request with the request that the server receives.

use std::panic::Location;

use bytes::Bytes;
use longshore_runtime::Operation;
use longshore_runtime::private::{encode, server::ReceivedRequest};
use serde_json::Value;

use super::diff;
use super::protocol::{self, UnreadableRequest};
use super::request_head::RequestHead;
use super::response::Response;

/// An expected call whose operation type is erased.
pub(super) struct ExpectedCall {
    pub(super) response: Response,
    pub(super) location: &'static Location<'static>,
    /// The `Debug` output of the request.
    pub(super) request: String,
    compare: Box<Compare>,
}

/// Compares the expected request with a received one.
type Compare = dyn Fn(&RequestHead, &Bytes) -> Result<Comparison, UnreadableRequest> + Send;

pub(super) enum Comparison {
    Equal,
    /// The requests differ in these lines.
    Different(String),
}

impl ExpectedCall {
    pub(super) fn new<O: Operation>(
        request: O,
        response: Response,
        location: &'static Location<'static>,
    ) -> Self {
        let debug = format!("{request:#?}");
        let compare =
            Box::new(move |head: &RequestHead, body: &Bytes| compare(&request, head, body));
        Self { response, location, request: debug, compare }
    }

    pub(super) fn compare(
        &self,
        head: &RequestHead,
        body: &Bytes,
    ) -> Result<Comparison, UnreadableRequest> {
        (self.compare)(head, body)
    }
}

fn compare<O: Operation>(
    expected: &O,
    head: &RequestHead,
    body: &Bytes,
) -> Result<Comparison, UnreadableRequest> {
    // The usual case, without decoding a body that may be 20 MiB long.
    if O::BINDINGS.is_empty()
        && expected.encode().is_ok_and(|encoded| encoded.body.into_bytes() == *body)
    {
        return Ok(Comparison::Equal);
    }
    let received: O = protocol::decode(&head.with_body(body))?;
    let received_json = json(&received);
    let with_token = with_received_token(expected, &received_json);
    let expected = with_token.as_ref().unwrap_or(expected);
    let as_received = as_received(expected);
    let expected = as_received.as_ref().unwrap_or(expected);
    if json(expected) == received_json {
        return Ok(Comparison::Equal);
    }
    let lines = diff::lines(&format!("{expected:#?}"), &format!("{received:#?}"));
    Ok(Comparison::Different(lines))
}

/// The expected request as the server would receive it: encoding loses some distinctions, such as
/// empty or absent lists, and header names are in lower case.
fn as_received<O: Operation>(expected: &O) -> Option<O> {
    let sent = expected.encode().ok()?;
    let body = sent.body.into_bytes();
    let request = ReceivedRequest {
        path_and_query: &sent.path_and_query,
        headers: &sent.headers,
        body: &body,
    };
    protocol::decode(&request).ok()
}

/// The expected request with the idempotency token of the received one, because clients fill in a
/// random token; `None` if the expected request has a token or the received one has none.
fn with_received_token<O: Operation>(expected: &O, received: &Value) -> Option<O> {
    // The name of the token member is unknown here: it is the member that changes with the token.
    let filled = json(&expected.with_idempotency_token(String::new)?);
    let without = json(expected);
    let member =
        filled.as_object()?.iter().find(|(name, token)| without.get(name) != Some(token))?.0;
    let token = received.get(member)?.as_str()?;
    expected.with_idempotency_token(|| token.to_owned())
}

/// The request as JSON, or null if it cannot be encoded.
fn json<O: Operation>(request: &O) -> Value {
    encode(request).ok().and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or_default()
}
