//! The classification of errors by code and status, for retries. It contains only the lists;
//! `client` acts on the result.

/// Error codes of throttling errors.
const THROTTLING: [&str; 14] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// Error codes of transient errors.
const TRANSIENT: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// Error codes of rejected signatures, which can be caused by a wrong clock.
const CLOCK_SKEW: [&str; 5] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// HTTP statuses of transient errors.
const TRANSIENT_STATUS: [u16; 4] = [500, 502, 503, 504];

/// What an error of a service means for a retry. If an error has two codes, the greater class
/// applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ErrorClass {
    /// The same request would fail the same way.
    Permanent,
    /// The error is temporary.
    Transient,
    /// The service received too many requests.
    Throttling,
}

impl ErrorClass {
    /// Returns the class of an error. `modeled` lists the codes that the model marks as retryable,
    /// each with whether it is a throttling error.
    pub(crate) fn of(code: Option<&str>, status: u16, modeled: &[(&str, bool)]) -> Self {
        let is = |list: &[&str]| code.is_some_and(|code| list.contains(&code));
        let marked = modeled.iter().find(|(marked, _)| code == Some(marked));
        match marked {
            _ if is(&THROTTLING) => Self::Throttling,
            Some((_, true)) => Self::Throttling,
            Some((_, false)) => Self::Transient,
            None if is(&TRANSIENT) || TRANSIENT_STATUS.contains(&status) => Self::Transient,
            None => Self::Permanent,
        }
    }
}

/// Returns true if the code is a throttling or transient one.
pub(crate) fn is_retryable(code: &str) -> bool {
    THROTTLING.contains(&code) || TRANSIENT.contains(&code)
}

/// Returns true if the code can mean that the local clock is wrong.
pub(crate) fn may_be_clock_skew(code: &str) -> bool {
    CLOCK_SKEW.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_take_precedence_over_statuses() {
        let modeled = [("Busy", true), ("Later", false), ("RequestTimeout", true)];
        let table = [
            (None, 200, ErrorClass::Permanent),
            (None, 400, ErrorClass::Permanent),
            (None, 429, ErrorClass::Permanent),
            (None, 500, ErrorClass::Transient),
            (None, 501, ErrorClass::Permanent),
            (None, 502, ErrorClass::Transient),
            (None, 503, ErrorClass::Transient),
            (None, 504, ErrorClass::Transient),
            (Some("SlowDown"), 503, ErrorClass::Throttling),
            (Some("SlowDown"), 400, ErrorClass::Throttling),
            (Some("slowdown"), 400, ErrorClass::Permanent),
            (Some("Busy"), 400, ErrorClass::Throttling),
            (Some("Later"), 400, ErrorClass::Transient),
            (Some("RequestTimeout"), 400, ErrorClass::Throttling),
            (Some("RequestTimeoutException"), 400, ErrorClass::Transient),
            (Some("Other"), 400, ErrorClass::Permanent),
            (Some("Other"), 503, ErrorClass::Transient),
        ];
        for (code, status, class) in table {
            assert_eq!(ErrorClass::of(code, status, &modeled), class, "{code:?} {status}");
        }
    }
}
