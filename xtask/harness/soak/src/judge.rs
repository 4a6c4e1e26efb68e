//! Whether what came of a call is what had to come of it.
//!
//! Knows the plan and the rules of the client; makes no call itself.

use longshore::ErrorKind;

use crate::fault::{self, Again, Fault};

/// What came of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The answer to this call.
    Right,
    /// An answer without anything in it.
    Empty,
    /// An answer to something else.
    Foreign(String),
    /// An error.
    Failed(Failure),
    /// Nothing, for far longer than any limit of time.
    Hung,
}

/// What an error says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    pub kind: ErrorKind,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub attempts: u32,
    pub timeout: bool,
    /// Whether there was no connection.
    pub connect: bool,
    /// The whole story, for people.
    pub text: String,
}

/// A right outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// How many attempts it took.
    pub attempts: u32,
    /// Whether the client ended the call though another attempt was due. It may, where too many
    /// calls failed just before.
    pub early: bool,
}

/// The verdict on a call, or what is wrong with its outcome.
pub fn judge(call: u64, outcome: &Outcome, max: u32) -> Result<Verdict, String> {
    judge_by(&|attempt| fault::of(call, attempt), outcome, max)
        .map_err(|problem| format!("call {call}: {problem}"))
}

type Plan<'a> = &'a dyn Fn(u32) -> Option<Fault>;

fn judge_by(plan: Plan<'_>, outcome: &Outcome, max: u32) -> Result<Verdict, String> {
    match outcome {
        Outcome::Right | Outcome::Empty => succeeded(plan, outcome, max),
        Outcome::Failed(failure) => failed(plan, failure, max),
        Outcome::Foreign(what) => Err(format!("it got the answer of another call, {what}")),
        Outcome::Hung => Err("it did not end".to_owned()),
    }
}

/// A success must be that of the first attempt that could have it.
fn succeeded(plan: Plan<'_>, outcome: &Outcome, max: u32) -> Result<Verdict, String> {
    for attempts in 1..=max {
        let fault = plan(attempts);
        let empty = fault == Some(Fault::Empty);
        if fault.is_none_or(Fault::may_succeed) && empty == (*outcome == Outcome::Empty) {
            return Ok(Verdict { attempts, early: false });
        }
        if fault.is_none_or(|fault| fault.again() == Again::No) {
            return Err(format!("{outcome:?}, though attempt {attempts} had {fault:?}"));
        }
    }
    Err(format!("{outcome:?}, though no attempt could succeed"))
}

/// An error must be that of its last attempt, and all before it must be worth another one.
fn failed(plan: Plan<'_>, failure: &Failure, max: u32) -> Result<Verdict, String> {
    let attempts = failure.attempts;
    if !(1..=max).contains(&attempts) {
        return Err(format!("{attempts} attempts: {}", failure.text));
    }
    for attempt in 1..attempts {
        if plan(attempt).is_none_or(|fault| fault.again() == Again::No) {
            let fault = plan(attempt);
            return Err(format!(
                "attempt {attempt} had {fault:?} and was not the last: {}",
                failure.text
            ));
        }
    }
    let fault = plan(attempts).filter(|fault| fits(*fault, failure)).ok_or_else(|| {
        format!("attempt {attempts} had {:?} and ended in: {}", plan(attempts), failure.text)
    })?;
    Ok(Verdict { attempts, early: attempts < max && fault.again() == Again::Yes })
}

/// Whether an error is one that a fault leads to.
fn fits(fault: Fault, failure: &Failure) -> bool {
    let answered = |status: u16, code: Option<&str>| {
        failure.kind == ErrorKind::Service
            && failure.status == Some(status)
            && failure.code.as_deref() == code
    };
    let transport = failure.kind == ErrorKind::Transport;
    match fault {
        Fault::InternalError => answered(500, Some("InternalFailure")),
        Fault::BadGateway => answered(502, None),
        Fault::Unavailable => answered(503, Some("ServiceUnavailable")),
        Fault::Throttled => answered(400, Some("ThrottlingException")),
        Fault::NotFound => answered(400, Some("RepositoryNotFoundException")),
        Fault::Skewed => answered(403, Some("RequestTimeTooSkewed")),
        Fault::ErrorNotUtf8 | Fault::LargeError | Fault::HugeError => answered(500, None),
        Fault::HalfJson | Fault::LengthTooSmall | Fault::Html | Fault::NotUtf8 => {
            failure.kind == ErrorKind::Decode && failure.status == Some(200)
        }
        Fault::Reset | Fault::Short | Fault::Stale | Fault::Gibberish => {
            transport && !failure.timeout && !failure.connect
        }
        Fault::Refused => transport && failure.connect,
        // Without a limit of its own a client waits until the server gives up.
        Fault::Silence => failure.timeout || transport,
        Fault::Drip => failure.timeout,
        Fault::DateOff | Fault::Empty | Fault::Closed => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plan, what came of the call, and the verdict on it.
    type Case<T> = (&'static [Option<Fault>], Outcome, Option<T>);

    fn failure(kind: ErrorKind, status: Option<u16>, attempts: u32) -> Outcome {
        let text = "as it is printed".to_owned();
        let (code, timeout, connect) = (None, false, false);
        Outcome::Failed(Failure { kind, status, code, attempts, timeout, connect, text })
    }

    fn check(plan: &[Option<Fault>], outcome: &Outcome) -> Option<(u32, bool)> {
        let plan = |attempt: u32| plan.get(attempt as usize - 1).copied().flatten();
        judge_by(&plan, outcome, 3).ok().map(|verdict| (verdict.attempts, verdict.early))
    }

    #[test]
    fn successes() {
        use Fault::{BadGateway, DateOff, Drip, Empty, Html, Skewed};
        let table: [Case<u32>; 10] = [
            (&[], Outcome::Right, Some(1)),
            (&[Some(DateOff)], Outcome::Right, Some(1)),
            (&[Some(BadGateway), Some(Skewed)], Outcome::Right, Some(3)),
            (&[Some(Drip)], Outcome::Right, Some(1)),
            (&[Some(Empty)], Outcome::Empty, Some(1)),
            (&[Some(BadGateway), Some(Empty)], Outcome::Empty, Some(2)),
            (&[Some(Empty)], Outcome::Right, None),
            (&[Some(Html)], Outcome::Right, None),
            (&[Some(BadGateway), Some(BadGateway), Some(BadGateway)], Outcome::Right, None),
            (&[], Outcome::Empty, None),
        ];
        for (plan, outcome, expected) in table {
            assert_eq!(check(plan, &outcome), expected.map(|n| (n, false)), "{plan:?} {outcome:?}");
        }
        assert_eq!(check(&[], &Outcome::Foreign("soak/7".to_owned())), None);
        assert_eq!(check(&[], &Outcome::Hung), None);
    }

    #[test]
    fn failures() {
        use Fault::{BadGateway, Html};
        let bad_gateway = |attempts| failure(ErrorKind::Service, Some(502), attempts);
        let html = |attempts| failure(ErrorKind::Decode, Some(200), attempts);
        let table: [Case<(u32, bool)>; 9] = [
            (&[Some(BadGateway)], bad_gateway(1), Some((1, true))),
            (&[Some(BadGateway), Some(BadGateway)], bad_gateway(2), Some((2, true))),
            (&[Some(BadGateway); 3], bad_gateway(3), Some((3, false))),
            (&[Some(Html)], html(1), Some((1, false))),
            (&[Some(BadGateway), Some(Html)], html(2), Some((2, false))),
            (&[Some(Html), Some(Html)], html(2), None),
            (&[None], bad_gateway(1), None),
            (&[Some(Html)], bad_gateway(1), None),
            (&[Some(BadGateway); 4], bad_gateway(4), None),
        ];
        for (plan, outcome, expected) in table {
            assert_eq!(check(plan, &outcome), expected, "{plan:?} {outcome:?}");
        }
    }
}
