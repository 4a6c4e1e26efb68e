//! Faults: what a server does to a request instead of answering it.

use std::collections::VecDeque;
use std::time::Duration;

/// Something that goes wrong with a request, once.
///
/// It is given to [`Server::fault`](super::Server::fault) and met by the next request.
///
/// ```
/// use std::time::Duration;
/// use longshore_testing::Fault;
///
/// let busy = Fault::throttle().retry_after(Duration::from_secs(1));
/// let third = Fault::drop().after(2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a fault happens when it is given to a server"]
pub struct Fault {
    pub(super) kind: Kind,
    /// How many requests pass before.
    passing: usize,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Delay(Duration),
    Answer(Answer),
    Garbage,
    Truncate,
    Drop,
    Reset,
}

/// An answer in place of the real one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The code and the message, where it has any.
    pub(super) said: Option<(String, String)>,
    pub(super) retry_after: Option<Duration>,
}

impl Fault {
    /// The request is handled as always, and later.
    pub fn delay(time: Duration) -> Self {
        Self::of(Kind::Delay(time))
    }

    /// `ThrottlingException`, with the status 400.
    pub fn throttle() -> Self {
        Self::error(400, "ThrottlingException", "There were too many requests.")
    }

    /// An answer of this status with nothing in it, as a proxy gives it. What is no status of an answer
    /// is taken as 500.
    pub fn status(status: u16) -> Self {
        Self::of(Kind::Answer(Answer { status, said: None, retry_after: None }))
    }

    /// An error as a service answers it.
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        let said = Some((code.into(), message.into()));
        Self::of(Kind::Answer(Answer { status, said, retry_after: None }))
    }

    /// The connection ends without a byte of an answer. What the request asks for is not done.
    pub fn drop() -> Self {
        Self::of(Kind::Drop)
    }

    /// The connection is reset, as by a server that crashes. What the request asks for is not done.
    pub fn reset() -> Self {
        Self::of(Kind::Reset)
    }

    /// What the request asks for is done, and the connection ends in the middle of the answer.
    pub fn truncate() -> Self {
        Self::of(Kind::Truncate)
    }

    /// An answer of success that is no JSON. What the request asks for is not done.
    pub fn garbage() -> Self {
        Self::of(Kind::Garbage)
    }

    /// With the delay that the answer asks for before another attempt, in `x-amz-retry-after`. For
    /// faults that answer with an error; others are left as they are.
    pub fn retry_after(mut self, delay: Duration) -> Self {
        if let Kind::Answer(answer) = &mut self.kind {
            answer.retry_after = Some(delay);
        }
        self
    }

    /// So many requests pass before it happens, counted from when it is its turn.
    pub fn after(mut self, requests: usize) -> Self {
        self.passing = requests;
        self
    }

    fn of(kind: Kind) -> Self {
        Self { kind, passing: 0 }
    }
}

/// The faults that wait for requests of one kind, in turn.
#[derive(Debug, Default)]
pub(super) struct Faults(VecDeque<Fault>);

impl Faults {
    pub(super) fn push(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    /// What the request that is there now meets.
    pub(super) fn next(&mut self) -> Option<Kind> {
        let first = self.0.front_mut()?;
        match first.passing.checked_sub(1) {
            Some(fewer) => {
                first.passing = fewer;
                None
            }
            None => self.0.pop_front().map(|fault| fault.kind),
        }
    }
}
