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

/// Statuses of errors that pass by themselves.
const TRANSIENT_STATUS: [u16; 4] = [500, 502, 503, 504];

pub(crate) fn is_throttling(code: Option<&str>) -> bool {
    code.is_some_and(|code| THROTTLING.contains(&code))
}

/// Whether a code means something for another attempt.
pub(crate) fn is_known(code: &str) -> bool {
    THROTTLING.contains(&code) || TRANSIENT.contains(&code)
}

pub(crate) fn is_retryable(code: Option<&str>, status: u16) -> bool {
    is_throttling(code)
        || code.is_some_and(|code| TRANSIENT.contains(&code))
        || TRANSIENT_STATUS.contains(&status)
}
