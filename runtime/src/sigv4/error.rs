//! The error of signing a request.

use std::fmt;
use std::time::Duration;

use http::header::InvalidHeaderValue;

/// Why a request cannot be signed. The text contains no credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningError {
    /// A part of the credentials or of the scope contains a control character, such as a line
    /// break. The value is the name of that part.
    ControlCharacter(&'static str),
    /// The time of the signature is not in the years 1 to 9999.
    TimeOutOfRange,
    /// A presigned URL cannot be valid for this long.
    ExpiryOutOfRange(Duration),
    /// The request has neither a host in its URL nor a `Host` header.
    NoHost,
    /// The URL to presign already contains this parameter of a signature.
    AlreadyPresigned(&'static str),
    /// The presigned URL would be longer than the crate `http` allows, which is 65,534 bytes.
    UrlTooLong,
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ControlCharacter(part) => write!(
                f,
                "the {part} contains a line break or another control character: remove it"
            ),
            Self::TimeOutOfRange => f.write_str(
                "the time of the signature is not in the years 1 to 9999: correct the clock",
            ),
            Self::ExpiryOutOfRange(expires_in) => write!(
                f,
                "a presigned URL can be valid for 1 second to 7 days, not for {expires_in:?}"
            ),
            Self::NoHost => {
                f.write_str("the URL has no host: use an absolute URL, or add a Host header")
            }
            Self::AlreadyPresigned(parameter) => write!(
                f,
                "the URL already contains {parameter}: presign the URL without the parameters of \
                 its old signature"
            ),
            Self::UrlTooLong => f.write_str(
                "the presigned URL would be longer than 65,534 bytes: shorten the query, or sign \
                 with headers",
            ),
        }
    }
}

impl std::error::Error for SigningError {}

/// The parts of a header have already been checked, so this covers only what the crate `http`
/// rejects in addition.
impl From<InvalidHeaderValue> for SigningError {
    fn from(_: InvalidHeaderValue) -> Self {
        Self::ControlCharacter("header")
    }
}
