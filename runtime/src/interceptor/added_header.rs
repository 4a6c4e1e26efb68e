//! The rules for headers that interceptors add, and the error for a header that cannot be added.

use std::fmt;

use http::header::{HeaderMap, HeaderName, HeaderValue};

/// The headers that interceptors cannot add. They determine the identity of the caller, the
/// signature or the framing of the message.
const RESERVED: [&str; 18] = [
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-trailer",
];

/// The error for a header that an interceptor cannot add. The request is unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddHeaderError {
    header: String,
    problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    Name,
    Value,
    Reserved,
    Present,
}

/// Adds a header to a request.
pub(super) fn add<N, V>(headers: &mut HeaderMap, name: N, value: V) -> Result<(), AddHeaderError>
where
    HeaderName: TryFrom<N>,
    HeaderValue: TryFrom<V>,
{
    let error = |header: &str, problem| AddHeaderError { header: header.to_owned(), problem };
    let name = HeaderName::try_from(name).map_err(|_| error("", Problem::Name))?;
    let value = HeaderValue::try_from(value).map_err(|_| error(name.as_str(), Problem::Value))?;
    if RESERVED.contains(&name.as_str()) {
        return Err(error(name.as_str(), Problem::Reserved));
    }
    if headers.contains_key(&name) {
        return Err(error(name.as_str(), Problem::Present));
    }
    headers.insert(name, value);
    Ok(())
}

impl fmt::Display for AddHeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = &self.header;
        match self.problem {
            Problem::Name => f.write_str("the name of an added header is not valid"),
            Problem::Value => write!(f, "the value of the added header {header:?} is not valid"),
            Problem::Reserved => write!(f, "interceptors cannot add the header {header:?}"),
            Problem::Present => write!(f, "the request already has the header {header:?}"),
        }
    }
}

impl std::error::Error for AddHeaderError {}
