//! Checks the outcome of a call against the plan.

use longshore::ErrorKind;

use crate::fault::{self, Fault, Retry};

/// The outcome of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The correct response to this call.
    Correct,
    /// A response without an image.
    Empty,
    /// The response to another call.
    OtherCall(String),
    /// An error.
    Failed(Failure),
    /// No result within a time that is much longer than every timeout.
    Hung,
}

/// The properties of an error.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    pub kind: ErrorKind,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub attempts: u32,
    pub timeout: bool,
    /// True if no connection was made.
    pub connect: bool,
    /// The complete message.
    pub text: String,
}

/// The properties of a correct outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The number of attempts.
    pub attempts: u32,
    /// True if the client gave up although another attempt was due, which it may do after too many
    /// failures.
    pub early: bool,
}

/// Checks the outcome of a call, and describes what is wrong with it. `is_stale` returns true for
/// attempts whose connection was stale, regardless of the plan for them.
pub fn judge(
    call: u64,
    outcome: &Outcome,
    max: u32,
    is_stale: impl Fn(u32) -> bool,
) -> Result<Verdict, String> {
    let plan = |attempt| match fault::of(call, attempt) {
        _ if is_stale(attempt) => Some(Fault::Stale),
        Some(Fault::Stale) => None,
        fault => fault,
    };
    judge_by(&plan, outcome, max).map_err(|problem| format!("call {call}: {problem}"))
}

type Plan<'a> = &'a dyn Fn(u32) -> Option<Fault>;

fn judge_by(plan: Plan<'_>, outcome: &Outcome, max: u32) -> Result<Verdict, String> {
    match outcome {
        Outcome::Correct | Outcome::Empty => succeeded(plan, outcome, max),
        Outcome::Failed(failure) => failed(plan, failure, max),
        Outcome::OtherCall(what) => Err(format!("it got the response of another call, {what}")),
        Outcome::Hung => Err("it hung".to_owned()),
    }
}

/// A success must belong to the first attempt that can succeed.
fn succeeded(plan: Plan<'_>, outcome: &Outcome, max: u32) -> Result<Verdict, String> {
    for attempts in 1..=max {
        let fault = plan(attempts);
        let empty = fault == Some(Fault::Empty);
        if fault.is_none_or(Fault::may_succeed) && empty == (*outcome == Outcome::Empty) {
            return Ok(Verdict { attempts, early: false });
        }
        if fault.is_none_or(|fault| fault.retry() == Retry::No) {
            return Err(format!("{outcome:?}, though attempt {attempts} had {fault:?}"));
        }
    }
    Err(format!("{outcome:?}, though no attempt could succeed"))
}

/// An error must belong to the last attempt, and all attempts before it must be retryable.
fn failed(plan: Plan<'_>, failure: &Failure, max: u32) -> Result<Verdict, String> {
    let attempts = failure.attempts;
    if !(1..=max).contains(&attempts) {
        return Err(format!("{attempts} attempts: {}", failure.text));
    }
    for attempt in 1..attempts {
        if plan(attempt).is_none_or(|fault| fault.retry() == Retry::No) {
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
    Ok(Verdict { attempts, early: attempts < max && fault.retry() == Retry::Yes })
}

/// Returns true if the fault leads to this error.
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
        // Without an attempt timeout, the client waits until the server closes the connection.
        Fault::Silence => failure.timeout || transport,
        Fault::Drip => failure.timeout,
        Fault::DateOff | Fault::Empty | Fault::Closed => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plan, the outcome of the call, and the expected result.
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
        use Fault::{BadGateway, DateOff, Drip, Empty, Html, Skewed, Stale};
        let table: [Case<u32>; 12] = [
            (&[], Outcome::Correct, Some(1)),
            (&[Some(DateOff)], Outcome::Correct, Some(1)),
            (&[Some(BadGateway), Some(Skewed)], Outcome::Correct, Some(3)),
            (&[Some(Drip)], Outcome::Correct, Some(1)),
            (&[Some(Stale)], Outcome::Correct, Some(2)),
            (&[Some(Stale); 3], Outcome::Correct, None),
            (&[Some(Empty)], Outcome::Empty, Some(1)),
            (&[Some(BadGateway), Some(Empty)], Outcome::Empty, Some(2)),
            (&[Some(Empty)], Outcome::Correct, None),
            (&[Some(Html)], Outcome::Correct, None),
            (&[Some(BadGateway), Some(BadGateway), Some(BadGateway)], Outcome::Correct, None),
            (&[], Outcome::Empty, None),
        ];
        for (plan, outcome, expected) in table {
            assert_eq!(check(plan, &outcome), expected.map(|n| (n, false)), "{plan:?} {outcome:?}");
        }
        assert_eq!(check(&[], &Outcome::OtherCall("soak/7".to_owned())), None);
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
