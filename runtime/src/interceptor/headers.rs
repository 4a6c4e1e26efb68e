//! The headers of a message without those that may hold a secret.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::shape::binding::{Binding, Place};

/// The headers that hold secrets in every service.
const SECRET: [&str; 6] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
    "x-amz-security-token",
    "x-amz-sso_bearer_token",
];

/// The headers that never hold a member of an exception.
const STANDARD: [&str; 12] = [
    "connection",
    "content-length",
    "content-type",
    "date",
    "retry-after",
    "server",
    "x-amz-id-2",
    "x-amz-request-id",
    "x-amz-retry-after",
    "x-amzn-errortype",
    "x-amzn-requestid",
    "x-amzn-trace-id",
];

/// The headers of a request or a response, without those that may hold a secret.
///
/// It hides credentials, signatures, cookies, values that are marked as
/// [sensitive](http::HeaderValue::is_sensitive), and members that the model marks as sensitive. For
/// an error response of a REST protocol, it shows only standard headers, such as the request ID,
/// because any other header may be a member of an exception.
#[derive(Clone, Copy)]
pub struct Headers<'a> {
    all: &'a HeaderMap,
    hidden: HiddenMembers,
}

/// Which headers of a message are hidden because they may hold secret members.
#[derive(Debug, Clone, Copy)]
pub(crate) enum HiddenMembers {
    /// None: the values of secret members are marked as sensitive.
    Marked,
    /// The headers of the secret members of an output.
    Output { bindings: &'static [Binding], secret: &'static [&'static str] },
    /// All headers that are not standard, because the exception is not known.
    Exception,
}

impl<'a> Headers<'a> {
    pub(crate) fn new(all: &'a HeaderMap, hidden: HiddenMembers) -> Self {
        Self { all, hidden }
    }

    /// The headers of a request. Its secret members are marked when they are encoded.
    pub(crate) fn of_request(all: &'a HeaderMap) -> Self {
        Self::new(all, HiddenMembers::Marked)
    }

    /// Returns the first value of a header. Returns `None` if there is no such header or it is
    /// hidden.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a HeaderValue> {
        let mut visible = self.iter();
        visible.find(|(found, _)| found.as_str().eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Returns the names and values of all visible headers.
    #[must_use]
    pub fn iter(&self) -> HeadersIter<'a> {
        HeadersIter { all: self.all.iter(), hidden: self.hidden }
    }
}

impl<'a> IntoIterator for Headers<'a> {
    type Item = (&'a HeaderName, &'a HeaderValue);
    type IntoIter = HeadersIter<'a>;

    fn into_iter(self) -> HeadersIter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &Headers<'a> {
    type Item = (&'a HeaderName, &'a HeaderValue);
    type IntoIter = HeadersIter<'a>;

    fn into_iter(self) -> HeadersIter<'a> {
        self.iter()
    }
}

/// An iterator over the names and values of visible [`Headers`].
pub struct HeadersIter<'a> {
    all: header::Iter<'a, HeaderValue>,
    hidden: HiddenMembers,
}

impl<'a> Iterator for HeadersIter<'a> {
    type Item = (&'a HeaderName, &'a HeaderValue);

    fn next(&mut self) -> Option<Self::Item> {
        let hidden = self.hidden;
        self.all.find(|(name, value)| {
            !value.is_sensitive() && !SECRET.contains(&name.as_str()) && !hidden.hides(name)
        })
    }
}

/// Shows nothing, because the remaining headers include hidden ones.
impl fmt::Debug for HeadersIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeadersIter").finish_non_exhaustive()
    }
}

impl HiddenMembers {
    fn hides(self, header: &HeaderName) -> bool {
        match self {
            Self::Marked => false,
            Self::Output { bindings, secret } => bindings
                .iter()
                .any(|binding| secret.contains(&binding.member) && is_in(binding.place, header)),
            Self::Exception => !STANDARD.contains(&header.as_str()),
        }
    }
}

/// Returns true if a member in this place may be in the header.
fn is_in(place: Place, header: &HeaderName) -> bool {
    let header = header.as_str();
    match place {
        Place::Header(name) => name.eq_ignore_ascii_case(header),
        Place::PrefixHeaders(prefix) => {
            let start = header.get(..prefix.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        }
        _ => false,
    }
}

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
