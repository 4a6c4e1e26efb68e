//! One proxy: where it is, and what it is told about who asks.

use std::fmt;
use std::sync::Arc;

use aws_smithy_types::base64;
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;

use crate::ConfigError;
use crate::endpoint::custom::shown;
use crate::http::authority::{self, is_https};

/// A proxy.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Proxy(Arc<Parts>);

#[derive(PartialEq, Eq)]
struct Parts {
    /// Scheme, host and port.
    uri: Uri,
    authorization: Option<HeaderValue>,
}

impl Proxy {
    /// The proxy of a URL that comes from `origin`.
    pub(crate) fn parse(url: &str, origin: &str) -> Result<Self, ConfigError> {
        Self::read(url.trim()).map_err(|problem| ConfigError::InvalidProxy {
            url: shown(url),
            origin: origin.to_owned(),
            problem,
        })
    }

    fn read(url: &str) -> Result<Self, &'static str> {
        let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
        let scheme = uri.scheme().cloned().unwrap_or(Scheme::HTTP);
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err("begins with neither http:// nor https://, and no other proxies are known");
        }
        let authority = uri.authority().ok_or("has no host")?;
        let (user, place) = match authority.as_str().rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority.as_str()),
        };
        let place: Authority = place.parse().map_err(|_| "has no host")?;
        authority::check(&place)?;
        let uri = Uri::builder().scheme(scheme).authority(place).path_and_query("/").build();
        let uri = uri.map_err(|_| "is not a URL")?;
        Ok(Self(Arc::new(Parts { uri, authorization: user.map(basic).transpose()? })))
    }

    /// Where it is.
    pub(crate) fn uri(&self) -> &Uri {
        &self.0.uri
    }

    /// Whether the way to it is encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        is_https(&self.0.uri)
    }

    /// What it is told about who asks. The value is marked as a secret.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.0.authorization.as_ref()
    }
}

/// `Basic` authorization for `user:password` of a URL.
fn basic(user: &str) -> Result<HeaderValue, &'static str> {
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let mut plain: Vec<u8> = percent_decode_str(user).collect();
    plain.push(b':');
    plain.extend(percent_decode_str(password));
    let value = format!("Basic {}", base64::encode(plain));
    let mut value: HeaderValue = value.parse().map_err(|_| "has no user name")?;
    value.set_sensitive(true);
    Ok(value)
}

/// Without user and password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = &self.0.uri;
        match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(place)) => write!(f, "{scheme}://{place}"),
            _ => f.write_str("without a host"),
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::setting::CODE;

    #[test]
    fn the_url_of_a_proxy_may_leave_things_out() {
        for (url, shown, authorization) in [
            ("http://proxy.example:3128", "http://proxy.example:3128", None),
            ("proxy.example:3128", "http://proxy.example:3128", None),
            ("proxy.example", "http://proxy.example", None),
            ("https://proxy.example/path?query", "https://proxy.example", None),
            ("http://[::1]:8", "http://[::1]:8", None),
            ("http://Aladdin:open%20sesame@p:1", "http://p:1", Some("Aladdin:open sesame")),
            ("http://Aladdin@p:1", "http://p:1", Some("Aladdin:")),
            ("http://a:b%40c%3Ad@p:1", "http://p:1", Some("a:b@c:d")),
            ("u:p@proxy:1", "http://proxy:1", Some("u:p")),
        ] {
            let proxy = Proxy::parse(url, CODE).expect(url);
            assert_eq!((proxy.to_string(), format!("{proxy:?}")), (shown.into(), shown.into()));
            let value = proxy.authorization().map(|value| value.to_str().expect("text"));
            let expected = authorization.map(|plain| format!("Basic {}", base64::encode(plain)));
            assert_eq!(value, expected.as_deref(), "{url}");
        }
    }
}
