//! Plans the faults: what the server does with each attempt of each call, and how the client may
//! react.
//!
//! The plan is a function of the call number and the attempt number, so the server and the client
//! know it without communicating.

/// A fault of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Status 500 with an awsJson error.
    InternalError,
    /// Status 502 with an HTML page, like that of a load balancer.
    BadGateway,
    /// Status 503 with a retry delay in milliseconds.
    Unavailable,
    /// Status 400 with a throttling error code.
    Throttled,
    /// Status 400 with an exception that is not retried.
    NotFound,
    /// Status 403 because of the date of the signature, in a response with a date that is an hour
    /// off.
    Skewed,
    /// A correct response with a date that is an hour off.
    DateOff,
    /// The connection is reset in the middle of the body.
    Reset,
    /// The connection is closed in the middle of the body.
    Short,
    /// A complete body that contains only half of the JSON.
    HalfJson,
    /// A content length that is smaller than the body.
    LengthTooSmall,
    /// Status 200 without a body.
    Empty,
    /// Status 200 with an HTML page.
    Html,
    /// Status 200 with text that is not UTF-8.
    NotUtf8,
    /// Status 500 with text that is not UTF-8.
    ErrorNotUtf8,
    /// Status 500 with a few megabytes of text.
    LargeError,
    /// Status 500 with a hundred megabytes of text.
    HugeError,
    /// No response for a long time, then the connection is closed.
    Silence,
    /// A correct response, sent very slowly.
    Drip,
    /// A kept-alive connection is closed when the next request arrives. On a new connection, the
    /// attempt has no fault.
    Stale,
    /// A correct response, after which the kept-alive connection is closed.
    Closed,
    /// Bytes that are not HTTP.
    Gibberish,
    /// The request goes to a port without a listener. The client does this, not the server.
    Refused,
}

/// Whether the client retries after a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    Yes,
    No,
    /// Depends on what the client learned from other calls.
    Maybe,
}

/// Each fault with its weight; the weights add up to [`TOTAL`].
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

/// The sum of all weights.
const TOTAL: u64 = 10_000;

/// One call in this many goes to a port without a listener.
const REFUSED: u64 = 400;

/// One attempt in this many has a fault.
const FAULTY: u64 = 10;

/// The fault of an attempt, or `None` if it succeeds. Attempts count from 1.
pub fn of(call: u64, attempt: u32) -> Option<Fault> {
    if is_refused(call) {
        return Some(Fault::Refused);
    }
    let chance = mix(mix(call) ^ u64::from(attempt));
    if !chance.is_multiple_of(FAULTY) {
        return None;
    }
    let mut left = (chance / FAULTY) % TOTAL;
    for (fault, share) in SHARES {
        if left < share {
            return Some(fault);
        }
        left -= share;
    }
    None
}

/// Returns true if the call goes to a port without a listener.
pub fn is_refused(call: u64) -> bool {
    mix(call ^ 0x7265_6675_7365).is_multiple_of(REFUSED)
}

/// A hash: every bit of the result depends on every bit of `number`.
pub fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Fault {
    /// Whether a client in standard mode retries after this fault.
    pub fn retry(self) -> Retry {
        match self {
            Self::NotFound
            | Self::HalfJson
            | Self::LengthTooSmall
            | Self::Empty
            | Self::Html
            | Self::NotUtf8
            | Self::Gibberish => Retry::No,
            // If another call has already corrected the clock skew, this one has nothing to
            // correct.
            Self::Skewed => Retry::Maybe,
            _ => Retry::Yes,
        }
    }

    /// Returns true if the attempt can succeed despite the fault.
    pub fn may_succeed(self) -> bool {
        matches!(self, Self::DateOff | Self::Empty | Self::Drip | Self::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_up() {
        assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<u64>(), TOTAL);
    }

    #[test]
    fn a_tenth_of_the_attempts_has_faults_and_every_fault_occurs() {
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
