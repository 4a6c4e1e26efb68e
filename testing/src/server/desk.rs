//! Where requests are taken in, written down and answered. Nothing here knows sockets.

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use longshore_runtime::Operation;

use super::arrival::Arrival;
use super::call::Call;
use super::fault::Kind;
use super::handler::Handler;
use super::prepared::{Choice, Prepared};
use super::reply::{Reply, UNEXPECTED, UNREADABLE};
use super::report::{Report, indented};

/// What is prepared, and what has happened.
pub(super) struct Desk {
    keeps_calls: bool,
    kept_bodies: usize,
    prepared: Mutex<Prepared>,
    happened: Mutex<Happened>,
}

#[derive(Default)]
struct Happened {
    calls: Vec<Call>,
    report: Report,
}

/// What goes out for a request.
pub(super) enum Outcome {
    Answer {
        reply: Reply,
        truncated: bool,
    },
    /// The connection ends, with a reset where `reset` says so.
    Nothing {
        reset: bool,
    },
}

/// A panic of another thread leaves everything as it was: nothing is half done in a lock.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub(super) fn new(keeps_calls: bool, kept_bodies: usize) -> Self {
        let (prepared, happened) = Default::default();
        Self { keeps_calls, kept_bodies, prepared, happened }
    }

    /// What is prepared, to add to it.
    pub(super) fn prepared(&self) -> MutexGuard<'_, Prepared> {
        locked(&self.prepared)
    }

    pub(super) fn expect<O: Operation>(&self, expected: super::expectation::Expected) {
        self.prepared().expect::<O>(expected);
    }

    pub(super) fn calls(&self) -> Vec<Call> {
        locked(&self.happened).calls.clone()
    }

    /// What is to be told of, which is told once.
    pub(super) fn take_report(&self) -> Report {
        let missed = self.prepared().take_missed();
        let mut report = std::mem::take(&mut locked(&self.happened).report);
        missed.into_iter().for_each(|text| report.add(text));
        report
    }

    /// Takes a request in.
    pub(super) async fn answer(self: Arc<Self>, arrival: Arrival) -> Outcome {
        self.write_down(&arrival);
        let fault = self.prepared().fault_of(&arrival);
        let head = Arc::clone(&arrival.head);
        let truncated = fault == Some(Kind::Truncate);
        let reply = match fault {
            Some(Kind::Drop) => return Outcome::Nothing { reset: false },
            Some(Kind::Reset) => return Outcome::Nothing { reset: true },
            Some(Kind::Answer(answer)) => Reply::fault(answer),
            Some(Kind::Garbage) => Reply::garbage(),
            Some(Kind::Delay(time)) => self.handled(arrival, time).await,
            Some(Kind::Truncate) | None => self.handled(arrival, Duration::ZERO).await,
        };
        head.answered(reply.status.as_u16());
        Outcome::Answer { reply, truncated }
    }

    fn write_down(&self, arrival: &Arrival) {
        if !self.keeps_calls {
            return;
        }
        let body = arrival.body.as_ref().ok().filter(|body| body.len() <= self.kept_bodies);
        locked(&self.happened).calls.push(Call::new(&arrival.head, body.cloned()));
    }

    /// The real answer. It is worked out in a task, so that what a handler panics with ends nothing
    /// else and is told of.
    async fn handled(self: Arc<Self>, arrival: Arrival, delay: Duration) -> Reply {
        let name = arrival.head.name();
        let desk = Arc::clone(&self);
        let handling = tokio::spawn(async move {
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            match arrival.is_download() {
                true => desk.download(&arrival).await,
                false => desk.call(&arrival).await,
            }
        });
        match handling.await {
            Ok(reply) => reply,
            Err(error) => {
                let said = error.try_into_panic().map_or(String::new(), |panic| words(&*panic));
                let (first, more) = said.split_once('\n').unwrap_or((&said, ""));
                let text = format!("the handler of {name} panicked: {first}{}", indented(more));
                self.tell(text, UNEXPECTED)
            }
        }
    }

    async fn call(&self, arrival: &Arrival) -> Reply {
        let choice = self.prepared().choose(arrival);
        match choice {
            Choice::Reply(reply) => reply,
            Choice::Unexpected(unexpected) => self.tell(unexpected.text, unexpected.code),
            Choice::Handler(handler) => self.work(&handler, arrival).await,
        }
    }

    async fn work(&self, handler: &Handler, arrival: &Arrival) -> Reply {
        let name = arrival.head.name();
        let empty = Bytes::new();
        match handler(arrival.body.as_ref().unwrap_or(&empty)) {
            Err(unread) => {
                let text = format!("{name} was called with a body that cannot be read: {unread}");
                self.tell(text, UNREADABLE)
            }
            Ok(handling) => handling.await.unwrap_or_else(|error| {
                let text = format!("the answer of {name} cannot be written: {error}");
                self.tell(text, UNEXPECTED)
            }),
        }
    }

    async fn download(&self, arrival: &Arrival) -> Reply {
        let path = &arrival.head.path;
        let handler = self.prepared().downloads(path);
        let handler = match handler {
            Ok(handler) => handler,
            Err(others) => {
                let name = arrival.head.name();
                let text =
                    format!("{name} came, and nothing is prepared for it by `on_get`{others}");
                return self.tell(text, UNEXPECTED);
            }
        };
        match handler(path.clone()).await {
            Some(content) => Reply::download(content, arrival.head.header("range")),
            None => Reply::not_found(),
        }
    }

    /// Adds to what is told, and answers with it.
    fn tell(&self, text: String, code: &str) -> Reply {
        let reply = Reply::refusal(StatusCode::BAD_REQUEST, code, &text);
        locked(&self.happened).report.add(text);
        reply
    }
}

/// What somebody panicked with.
fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("with something that is no text").to_owned()
}
