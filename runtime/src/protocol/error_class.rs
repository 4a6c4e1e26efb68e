//! What error codes and statuses mean for another attempt. Only the lists; nobody acts on them
//! here.

/// The codes by which services say that there were too many requests.
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

/// Codes of errors that pass by themselves.
const TRANSIENT: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// Codes by which services refuse a signature, which may be for the time in it.
const CLOCK: [&str; 5] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// Statuses of errors that pass by themselves.
const TRANSIENT_STATUS: [u16; 4] = [500, 502, 503, 504];

/// What an error of a service means for another attempt. Of two codes for one error the one that means
/// more counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ErrorClass {
    /// The same request would get the same error.
    Final,
    /// It passes by itself.
    Transient,
    /// There were too many requests.
    Throttling,
}

impl ErrorClass {
    /// The class of an error. `modelled` are the codes that the model marks as retryable, and
    /// whether each of them is throttling.
    pub(crate) fn of(code: Option<&str>, status: u16, modelled: &[(&str, bool)]) -> Self {
        let is = |list: &[&str]| code.is_some_and(|code| list.contains(&code));
        let marked = modelled.iter().find(|(marked, _)| code == Some(marked));
        match marked {
            _ if is(&THROTTLING) => Self::Throttling,
            Some((_, true)) => Self::Throttling,
            Some((_, false)) => Self::Transient,
            None if is(&TRANSIENT) || TRANSIENT_STATUS.contains(&status) => Self::Transient,
            None => Self::Final,
        }
    }
}

/// Whether a code means something for another attempt.
pub(crate) fn is_known(code: &str) -> bool {
    THROTTLING.contains(&code) || TRANSIENT.contains(&code)
}

/// Whether a code may mean that the clock of this machine is wrong.
pub(crate) fn may_be_the_clock(code: &str) -> bool {
    CLOCK.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_count_before_statuses_and_the_model_before_what_is_usual() {
        let modelled = [("Busy", true), ("Later", false), ("RequestTimeout", true)];
        let table = [
            (None, 200, ErrorClass::Final),
            (None, 400, ErrorClass::Final),
            (None, 429, ErrorClass::Final),
            (None, 500, ErrorClass::Transient),
            (None, 501, ErrorClass::Final),
            (None, 502, ErrorClass::Transient),
            (None, 503, ErrorClass::Transient),
            (None, 504, ErrorClass::Transient),
            (Some("SlowDown"), 503, ErrorClass::Throttling),
            (Some("SlowDown"), 400, ErrorClass::Throttling),
            (Some("slowdown"), 400, ErrorClass::Final),
            (Some("Busy"), 400, ErrorClass::Throttling),
            (Some("Later"), 400, ErrorClass::Transient),
            (Some("RequestTimeout"), 400, ErrorClass::Throttling),
            (Some("RequestTimeoutException"), 400, ErrorClass::Transient),
            (Some("Other"), 400, ErrorClass::Final),
            (Some("Other"), 503, ErrorClass::Transient),
        ];
        for (code, status, class) in table {
            assert_eq!(ErrorClass::of(code, status, &modelled), class, "{code:?} {status}");
        }
    }
}
