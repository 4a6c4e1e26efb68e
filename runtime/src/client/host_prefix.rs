//! What an operation puts before the host of its requests: a template, and in it members of the
//! request.
//!
//! A value gets into the host only if it is one label of a host name, so that no request can lead to
//! another domain.

use http::uri::Authority;
use http::{HeaderValue, Uri};

use crate::client::error::cause::Cause;
use crate::endpoint::rules::is_valid_host_label;
use crate::protocol::headers;
use crate::shape::constraint::validation::{ValidationError, Violation};
use crate::{Config, ConfigError, Operation};

/// The longest name of a host.
const LONGEST: usize = 253;

/// What to do where an endpoint is the address of a machine.
const ADDRESS: &str = "an address takes no prefix; use an endpoint with a name, or switch prefixes \
                       off (ConfigBuilder::host_prefixes, AWS_DISABLE_HOST_PREFIX_INJECTION, or \
                       disable_host_prefix_injection in a profile)";

/// The prefix of one request.
pub(crate) struct HostPrefix {
    template: &'static str,
    text: String,
}

impl HostPrefix {
    /// The prefix of `request`, where its operation has one and `config` does not switch it off.
    pub(crate) fn of<O: Operation>(
        request: &O,
        config: &Config,
    ) -> Result<Option<Box<Self>>, Cause> {
        let Some(template) = O::HOST_PREFIX.filter(|_| config.puts_host_prefixes()) else {
            return Ok(None);
        };
        let text = expand(template, O::SECRET, &|name| request.host_label(name));
        let text = text.map_err(|wrong| Cause::Validation(ValidationError::one(wrong)))?;
        Ok(Some(Box::new(Self { template, text })))
    }

    /// The URL with the prefix before its host, and the header `Host` for it. Errors show the
    /// template, which has no value in it.
    pub(crate) fn put(&self, url: &Uri) -> Result<(Uri, HeaderValue), ConfigError> {
        let host = url.host().unwrap_or_default();
        let url =
            self.check(host).and_then(|()| self.before(url).map_err(|_| "that would not be a URL"));
        url.map_err(|problem| ConfigError::HostPrefix {
            prefix: self.template,
            host: host.to_owned(),
            problem,
        })
    }

    fn before(&self, url: &Uri) -> Result<(Uri, HeaderValue), http::Error> {
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
        // Those that are the host's own are its own business.
        let own = self.text.split('.').count() - usize::from(self.text.ends_with('.'));
        let mut parts = name.split('.').take(own);
        if name.len() > LONGEST || !parts.all(|part| is_valid_host_label(part, false)) {
            return Err("the name of a host has up to 253 characters, and up to 63 between dots");
        }
        Ok(())
    }
}

/// The template with the labels in it, or what is wrong with one of them.
fn expand<'a>(
    template: &str,
    secret: &[&str],
    label: &dyn Fn(&str) -> Option<&'a str>,
) -> Result<String, Violation> {
    let mut prefix = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        let value = label(name);
        let Some(valid) = value.filter(|value| is_valid_host_label(value, false)) else {
            return Err(Violation::host_label(name, value, secret.contains(&name)));
        };
        prefix.push_str(before);
        prefix.push_str(valid);
        rest = behind;
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
        expand(template, &["dots"], &label).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn labels_stand_for_their_names() {
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
    fn what_is_no_label_does_not_get_in() {
        for name in ["dots", "empty", "missing", ""] {
            let error = expanded(&format!("x.{{a}}.{{{name}}}.")).expect_err("no label");
            assert!(error.starts_with(&format!("{name} must be")), "{error}");
            assert!(!error.contains("evil"), "{error}");
        }
    }

    #[test]
    fn a_prefix_goes_before_the_host_of_any_url_that_has_a_name() {
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
            let put = prefix.put(&url.parse().expect("a URL"));
            assert_eq!(put.as_ref().ok().map(|(url, _)| url.to_string()).as_deref(), expected);
            if let Err(error) = put {
                let line = error.to_string();
                assert!(line.starts_with("the host prefix \"T.\" cannot stand before "), "{line}");
            }
        }
        let name = format!("{long}.").repeat(3) + &"b".repeat(61);
        let put = |host: &str| {
            let prefix = HostPrefix { template: "a.", text: "a.".to_owned() };
            prefix.put(&format!("https://{host}/").parse().expect("a URL")).is_ok()
        };
        assert_eq!((put(&name[1..]), put(&name[2..])), (false, true), "{}", name.len());
    }
}
