//! One proxy: its URL and its credentials.

use std::fmt;
use std::sync::Arc;

use base64_simd::STANDARD as BASE64;
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;

use crate::ConfigError;
use crate::display::url::redact_url;
use crate::http::authority::is_https;
use crate::http::proxy::url::ProxyUrl;

/// A proxy.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Proxy(Arc<ProxyParts>);

#[derive(PartialEq, Eq)]
struct ProxyParts {
    /// Scheme, host and port.
    uri: Uri,
    authorization: Option<HeaderValue>,
}

impl Proxy {
    /// Parses the URL of a proxy. `origin` names the setting in errors.
    pub(crate) fn parse(url: &str, origin: &str) -> Result<Self, ConfigError> {
        Self::parse_url(url.trim()).map_err(|problem| ConfigError::InvalidProxy {
            url: redact_url(url),
            origin: origin.to_owned(),
            problem,
        })
    }

    fn parse_url(url: &str) -> Result<Self, String> {
        let ProxyUrl { scheme, userinfo, authority } = ProxyUrl::parse(url)?;
        let uri = Uri::builder().scheme(scheme).authority(authority).path_and_query("/").build();
        let uri = uri.map_err(|_| "is not a URL")?;
        Ok(Self(Arc::new(ProxyParts {
            uri,
            authorization: userinfo.map(basic_authorization).transpose()?,
        })))
    }

    /// Returns the URL of the proxy, without its credentials.
    pub(crate) fn uri(&self) -> &Uri {
        &self.0.uri
    }

    /// Returns true if the connection to the proxy uses TLS.
    pub(crate) fn uses_tls(&self) -> bool {
        is_https(&self.0.uri)
    }

    /// Returns the value of the `Proxy-Authorization` header, marked as sensitive.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.0.authorization.as_ref()
    }
}

/// Returns the value of a `Basic` authorization for the `user:password` of a URL.
fn basic_authorization(userinfo: &str) -> Result<HeaderValue, &'static str> {
    let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
    let mut plain: Vec<u8> = percent_decode_str(user).collect();
    plain.push(b':');
    plain.extend(percent_decode_str(password));
    let value = format!("Basic {}", BASE64.encode_to_string(plain));
    let mut value: HeaderValue = value.parse().map_err(|_| "has no user name")?;
    value.set_sensitive(true);
    Ok(value)
}

/// The URL without user name and password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = &self.0.uri;
        match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(authority)) => write!(f, "{scheme}://{authority}"),
            _ => f.write_str("no host"),
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
    fn scheme_port_and_credentials_are_optional() {
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
            // Characters that URLs do not allow, and a percent sign that encodes nothing.
            ("http://CORP\\jdoe:pass@p:1", "http://p:1", Some("CORP\\jdoe:pass")),
            ("http://CORP%5Cjdoe:100%@p:1", "http://p:1", Some("CORP\\jdoe:100%")),
        ] {
            let proxy = Proxy::parse(url, CODE).expect(url);
            assert_eq!((proxy.to_string(), format!("{proxy:?}")), (shown.into(), shown.into()));
            let value = proxy.authorization().map(|value| value.to_str().expect("text"));
            let expected =
                authorization.map(|plain| format!("Basic {}", BASE64.encode_to_string(plain)));
            assert_eq!(value, expected.as_deref(), "{url}");
        }
    }
}
