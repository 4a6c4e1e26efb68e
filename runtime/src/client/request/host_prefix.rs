//! Adds the host prefix of an operation, which is a template that can contain members of the
//! request.
//!
//! A value must be a single label of a host name, so that no request can be sent to another domain.

use http::uri::Authority;
use http::{HeaderValue, Uri};

use crate::protocol::headers;
use crate::settings::host_label::is_valid_host_label;
use crate::{Config, ConfigError, Operation, Violation};

/// The maximum length of a host name.
const MAX_HOST_NAME: usize = 253;

/// The problem with an endpoint that is an IP address, and what to do.
const ADDRESS: &str = "an IP address cannot have a prefix; use an endpoint with a host name, or \
                       turn host prefixes off (ConfigBuilder::host_prefixes, \
                       AWS_DISABLE_HOST_PREFIX_INJECTION, or disable_host_prefix_injection in a \
                       profile)";

/// The host prefix of one request.
pub(crate) struct HostPrefix {
    template: &'static str,
    text: String,
}

impl HostPrefix {
    /// The prefix of `request`; `None` if the operation has none or the configuration disables
    /// prefixes.
    pub(crate) fn of<O: Operation>(
        request: &O,
        config: &Config,
    ) -> Result<Option<Box<Self>>, Violation> {
        let Some(template) = O::HOST_PREFIX.filter(|_| config.uses_host_prefixes()) else {
            return Ok(None);
        };
        let text = expand(template, O::SECRET, &|name| request.host_label(name))?;
        Ok(Some(Box::new(Self { template, text })))
    }

    /// Adds the prefix to the host of `url`, and returns the URL and its `Host` header. Errors show
    /// the template, which contains no values of the request.
    pub(crate) fn add_to(&self, url: &Uri) -> Result<(Uri, HeaderValue), ConfigError> {
        let host = url.host().unwrap_or_default();
        let prefixed = self
            .check(host)
            .and_then(|()| self.prefixed(url).map_err(|_| "the result is not a URL"));
        prefixed.map_err(|problem| ConfigError::HostPrefix {
            prefix: self.template,
            host: host.to_owned(),
            problem,
        })
    }

    fn prefixed(&self, url: &Uri) -> Result<(Uri, HeaderValue), http::Error> {
        let authority = url.authority().map_or("", Authority::as_str);
        let mut parts = url.clone().into_parts();
        parts.authority = Some(Authority::try_from([&self.text, authority].concat())?);
        let url = Uri::from_parts(parts)?;
        let host = headers::host(&url)?;
        Ok((url, host))
    }

    fn check(&self, host: &str) -> Result<(), &'static str> {
        if host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok() {
            return Err(ADDRESS);
        }
        let name = [&self.text, host].concat();
        // Labels that belong to the host alone are not checked.
        let added = self.text.split('.').count() - usize::from(self.text.ends_with('.'));
        let mut labels = name.split('.').take(added);
        if name.len() > MAX_HOST_NAME || !labels.all(|label| is_valid_host_label(label, false)) {
            return Err(
                "a host name has at most 253 characters, with labels of 1 to 63 letters, digits \
                 and hyphens",
            );
        }
        Ok(())
    }
}

/// Replaces the members in braces with their values.
fn expand<'a>(
    template: &str,
    secret: &[&str],
    value_of: &dyn Fn(&str) -> Option<&'a str>,
) -> Result<String, Violation> {
    let mut prefix = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = value_of(name);
        let Some(label) = value.filter(|value| is_valid_host_label(value, false)) else {
            return Err(Violation::host_label(name, value, secret.contains(&name)));
        };
        prefix.push_str(before);
        prefix.push_str(label);
        rest = after;
    }
    prefix.push_str(rest);
    Ok(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(template: &str) -> Result<String, String> {
        let label = |name: &str| match name {
            "a" => Some("one"),
            "b" => Some("Two-2"),
            "dots" => Some("x.evil.example/"),
            "empty" => Some(""),
            _ => None,
        };
        expand(template, &["dots"], &label).map_err(|violation| violation.to_string())
    }

    #[test]
    fn members_are_replaced_with_their_values() {
        let table = [
            ("", ""),
            ("data.", "data."),
            ("data-", "data-"),
            ("{a}.", "one."),
            ("x-{a}.{b}-y.", "x-one.Two-2-y."),
            ("{a}{b}", "oneTwo-2"),
            ("{a", "one"),
        ];
        for (template, expected) in table {
            assert_eq!(expanded(template).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn values_that_are_not_labels_are_rejected() {
        for name in ["dots", "empty", "missing", ""] {
            let error = expanded(&format!("x.{{a}}.{{{name}}}.")).expect_err("no label");
            assert!(error.starts_with(&format!("{name} must be")), "{error}");
            assert!(!error.contains("evil"), "{error}");
        }
    }

    #[test]
    fn a_prefix_is_added_to_every_host_that_is_a_name() {
        let long = "a".repeat(63);
        let table = [
            ("foo.", "https://example.com/", Some("https://foo.example.com/")),
            ("foo.", "http://example.com:81/a/", Some("http://foo.example.com:81/a/")),
            ("foo-", "https://example.com/", Some("https://foo-example.com/")),
            ("foo.", "http://localhost/", Some("http://foo.localhost/")),
            ("foo.", "http://my_host/", Some("http://foo.my_host/")),
            ("foo.", "http://127.0.0.1:5000/", None),
            ("foo.", "http://[::1]:5000/", None),
            (&long, "http://a/", None),
            ("foo..", "http://a/", None),
            ("a@", "http://a/", None),
        ];
        for (text, url, expected) in table {
            let prefix = HostPrefix { template: "T.", text: text.to_owned() };
            let put = prefix.add_to(&url.parse().expect("a URL"));
            assert_eq!(put.as_ref().ok().map(|(url, _)| url.to_string()).as_deref(), expected);
            if let Err(error) = put {
                let line = error.to_string();
                assert!(line.starts_with("the host prefix \"T.\" cannot be added to "), "{line}");
            }
        }
        let name = format!("{long}.").repeat(3) + &"b".repeat(61);
        let put = |host: &str| {
            let prefix = HostPrefix { template: "a.", text: "a.".to_owned() };
            prefix.add_to(&format!("https://{host}/").parse().expect("a URL")).is_ok()
        };
        assert_eq!((put(&name[1..]), put(&name[2..])), (false, true), "{}", name.len());
    }
}
