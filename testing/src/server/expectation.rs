//! What a test expects to be called: one request, compared with the one that comes.

use std::panic::Location;

use longshore_runtime::Operation;
use serde_json::Value;

use super::Server;
use super::codec::{self, Unread};
use super::difference;
use super::handler::reply;
use super::reply::Reply;

/// A call that must come, and does not have its answer yet; of [`Server::expect`].
#[must_use = "without an answer nothing is expected"]
#[derive(Debug)]
pub struct Expectation<'a, O> {
    pub(super) server: &'a Server,
    pub(super) request: O,
    pub(super) place: &'static Location<'static>,
}

impl<O: Operation> Expectation<'_, O> {
    /// The call is answered with this.
    pub fn answers(self, output: O::Output) {
        self.prepare(&Ok(output));
    }

    /// The call is answered with this error.
    pub fn fails(self, error: O::Error) {
        self.prepare(&Err(error));
    }

    /// # Panics
    /// Where the answer has no form on the wire, as of a map whose keys are none.
    fn prepare(self, answer: &Result<O::Output, O::Error>) {
        let reply = match reply::<O>(answer) {
            Ok(reply) => reply,
            Err(error) => panic!("the answer of {} cannot be written: {error}", O::NAME),
        };
        self.server.desk().expect::<O>(Expected::new(self.request, reply, self.place));
    }
}

/// An expected call without its type.
pub(super) struct Expected {
    pub(super) reply: Reply,
    pub(super) place: &'static Location<'static>,
    /// The request, as messages show it.
    pub(super) shown: String,
    compare: Box<Compare>,
}

/// Compares the request with the one in a body.
type Compare = dyn Fn(&[u8]) -> Result<Comparison, Unread> + Send;

/// Whether it is the request that was expected.
pub(super) enum Comparison {
    Same,
    /// In these lines it is not.
    Different(String),
}

impl Expected {
    fn new<O: Operation>(request: O, reply: Reply, place: &'static Location<'static>) -> Self {
        let shown = format!("{request:#?}");
        Self { reply, place, shown, compare: Box::new(move |body| compare(&request, body)) }
    }

    pub(super) fn compare(&self, body: &[u8]) -> Result<Comparison, Unread> {
        (self.compare)(body)
    }
}

fn compare<O: Operation>(expected: &O, body: &[u8]) -> Result<Comparison, Unread> {
    // As mostly, and a layer's part need not be decoded for it.
    if codec::encode(expected).is_ok_and(|same| same == body) {
        return Ok(Comparison::Same);
    }
    let received: O = codec::decode(body)?;
    let wire = value(&received);
    let filled = with_token_of(expected, &wire);
    let expected = filled.as_ref().unwrap_or(expected);
    if value(expected) == wire {
        return Ok(Comparison::Same);
    }
    let lines = difference::lines(&format!("{expected:#?}"), &format!("{received:#?}"));
    Ok(Comparison::Different(lines))
}

/// The expected request with the idempotency token of the one that came, which a client fills in
/// where there is none; `None` where it has one, or none came.
fn with_token_of<O: Operation>(expected: &O, wire: &Value) -> Option<O> {
    // Nobody says what the member is called; it is the one that a token makes a difference to.
    let filled = value(&expected.with_idempotency_token(String::new)?);
    let bare = value(expected);
    let member = filled.as_object()?.iter().find(|(name, token)| bare.get(name) != Some(token))?.0;
    let token = wire.get(member)?.as_str()?;
    expected.with_idempotency_token(|| token.to_owned())
}

/// The wire form; what has none equals nothing but its like.
fn value<O: Operation>(request: &O) -> Value {
    codec::encode(request).and_then(|body| serde_json::from_slice(&body)).unwrap_or(Value::Null)
}
