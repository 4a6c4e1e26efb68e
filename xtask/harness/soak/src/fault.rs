//! The plan: what the server does to each attempt of each call, and what a client may make of it.
//!
//! It is a function of the number of the call and of the attempt, which server and client both know.
//! So each of them looks it up for itself, and what ought to come of a call is known.

/// A way in which an attempt does not go as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 500 with an error of awsJson.
    InternalError,
    /// 502 with a page of HTML, as a load balancer answers.
    BadGateway,
    /// 503 that asks to come back after some milliseconds.
    Unavailable,
    /// 400 with a code that says there were too many requests.
    Throttled,
    /// 400 with an exception that no other attempt changes.
    NotFound,
    /// 403 for the date of the signature, in an answer whose own date is an hour off.
    Skewed,
    /// A right answer whose date is an hour off.
    DateOff,
    /// The connection is reset within the body.
    Reset,
    /// The connection ends within the body.
    Short,
    /// Half of the JSON in a body that is whole by its length.
    HalfJson,
    /// A length that is too small for the body.
    LengthTooSmall,
    /// Success without a body.
    Empty,
    /// Success with a page of HTML.
    Html,
    /// Success with text that is not UTF-8.
    NotUtf8,
    /// 500 with text that is not UTF-8.
    ErrorNotUtf8,
    /// 500 with some megabytes of text.
    LargeError,
    /// 500 with a hundred megabytes of text.
    HugeError,
    /// No answer for a long time, then the connection ends.
    Silence,
    /// A right answer that takes very long, byte by byte.
    Drip,
    /// A kept connection ends when the next request comes on it.
    Stale,
    /// A right answer, and then the kept connection ends.
    Closed,
    /// What is no HTTP.
    Gibberish,
    /// The request goes to a port on which nobody listens. The client does this, not the server.
    Refused,
}

/// Whether the client attempts the call again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    Yes,
    No,
    /// It depends on what the client knew before.
    Perhaps,
}

/// Each fault with its share; the shares sum up to [`ALL`].
const SHARES: [(Fault, u64); 22] = [
    (Fault::InternalError, 1300),
    (Fault::BadGateway, 800),
    (Fault::Unavailable, 800),
    (Fault::Throttled, 800),
    (Fault::NotFound, 500),
    (Fault::Skewed, 200),
    (Fault::DateOff, 200),
    (Fault::Reset, 800),
    (Fault::Short, 700),
    (Fault::HalfJson, 500),
    (Fault::LengthTooSmall, 300),
    (Fault::Empty, 400),
    (Fault::Html, 400),
    (Fault::NotUtf8, 400),
    (Fault::ErrorNotUtf8, 400),
    (Fault::LargeError, 59),
    (Fault::HugeError, 1),
    (Fault::Silence, 150),
    (Fault::Drip, 150),
    (Fault::Stale, 500),
    (Fault::Closed, 500),
    (Fault::Gibberish, 140),
];

/// The sum of all shares.
const ALL: u64 = 10_000;

/// One call in so many goes to a port on which nobody listens.
const REFUSED: u64 = 400;

/// One attempt in so many is faulty.
const FAULTY: u64 = 10;

/// What happens to an attempt, the first of which has the number 1; `None` where all goes well.
pub fn of(call: u64, attempt: u32) -> Option<Fault> {
    if is_refused(call) {
        return Some(Fault::Refused);
    }
    let chance = mix(mix(call) ^ u64::from(attempt));
    if !chance.is_multiple_of(FAULTY) {
        return None;
    }
    let mut left = (chance / FAULTY) % ALL;
    for (fault, share) in SHARES {
        if left < share {
            return Some(fault);
        }
        left -= share;
    }
    None
}

/// Whether a call goes to a port on which nobody listens.
pub fn is_refused(call: u64) -> bool {
    mix(call ^ 0x7265_6675_7365).is_multiple_of(REFUSED)
}

/// A number that looks like chance, of which each bit depends on each bit of `number`.
pub fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Fault {
    /// Whether a client in standard mode attempts the call again.
    pub fn again(self) -> Again {
        match self {
            Self::NotFound
            | Self::HalfJson
            | Self::LengthTooSmall
            | Self::Empty
            | Self::Html
            | Self::NotUtf8
            | Self::Gibberish => Again::No,
            // Where another call has corrected the clock already, this one finds nothing to correct.
            Self::Skewed => Again::Perhaps,
            _ => Again::Yes,
        }
    }

    /// Whether an attempt may succeed nevertheless.
    pub fn may_succeed(self) -> bool {
        matches!(self, Self::DateOff | Self::Empty | Self::Drip | Self::Stale | Self::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_up() {
        assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<u64>(), ALL);
    }

    #[test]
    fn a_tenth_of_the_attempts_is_faulty_and_every_fault_comes() {
        for attempt in 1..=3 {
            let faults: Vec<Fault> = (0..100_000).filter_map(|call| of(call, attempt)).collect();
            assert!((9_800..10_700).contains(&faults.len()), "{}", faults.len());
            for (fault, share) in SHARES.into_iter().chain([(Fault::Refused, 250)]) {
                let found = faults.iter().filter(|found| **found == fault).count() as u64;
                assert!(found.abs_diff(share) <= 40 + share / 5, "{fault:?}: {found}");
            }
        }
    }

    #[test]
    fn attempts_of_a_call_differ() {
        let same = (0..10_000).filter(|call| of(*call, 1).is_some() && of(*call, 2).is_some());
        assert!(same.count() < 200);
    }
}
