//! The choice of a proxy for a request.
//!
//! hyper-util has a similar module. It is not used because it does not support ports in `NO_PROXY`,
//! does not apply `*` to addresses, ignores invalid entries silently, and needs two more crates.

use http::Uri;

use crate::http::authority::{default_port, is_https};
use crate::http::proxy::no_proxy::{NoProxy, is_local};
use crate::http::proxy::server::Proxy;
use crate::settings::environment::CGI_REQUEST_METHOD;
use crate::settings::setting::CODE;
use crate::{ConfigError, Environment};

/// The proxies of a transport, and the hosts that are connected to directly.
///
/// A request for an `https` URL is tunneled through the `https` proxy with `CONNECT`, so the proxy
/// sees only the host. A request for an `http` URL is sent to the `http` proxy in full. A proxy is
/// a URL such as `http://user:password@proxy.example:3128`. With `https://` the connection to the
/// proxy itself uses TLS; without a scheme, `http://` is assumed. In the user name and password,
/// `/`, `?`, `#`, control characters, and a `%` before two hexadecimal digits must be
/// percent-encoded; other characters, such as the backslash in `CORP\user`, may be. Both are sent
/// only to the proxy and never printed.
///
/// Proxies are never used for requests to this machine (`localhost` and the loopback addresses) or
/// to the link-local addresses at which AWS provides metadata and credentials (`169.254.0.0/16`,
/// `fe80::/10`, `fd00:ec2::254`, `fd00:ec2::23`): a proxy would connect to its own machine or
/// metadata service instead.
///
/// ```
/// use longshore_runtime::Proxies;
///
/// # fn main() -> Result<(), longshore_runtime::ConfigError> {
/// let proxies = Proxies::all("http://proxy.example:3128")?.exceptions(".internal, 10.0.0.0/8");
/// # let _ = proxies;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    https: Option<Proxy>,
    http: Option<Proxy>,
    exceptions: NoProxy,
}

impl Proxies {
    /// Creates a value that uses no proxy for any request.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Creates a value that uses one proxy for all requests.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidProxy`] if the URL is invalid or its scheme is neither `http`
    /// nor `https`.
    pub fn all(url: &str) -> Result<Self, ConfigError> {
        let proxy = Some(Proxy::parse(url, CODE)?);
        Ok(Self { https: proxy.clone(), http: proxy, exceptions: NoProxy::default() })
    }

    /// Sets the proxy for requests to `https` URLs.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidProxy`] if the URL is invalid or its scheme is neither `http`
    /// nor `https`.
    pub fn https(mut self, url: &str) -> Result<Self, ConfigError> {
        self.https = Some(Proxy::parse(url, CODE)?);
        Ok(self)
    }

    /// Sets the proxy for requests to `http` URLs.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidProxy`] if the URL is invalid or its scheme is neither `http`
    /// nor `https`.
    pub fn http(mut self, url: &str) -> Result<Self, ConfigError> {
        self.http = Some(Proxy::parse(url, CODE)?);
        Ok(self)
    }

    /// Sets the hosts that are connected to directly, replacing earlier ones. Entries are separated
    /// by commas or whitespace. An entry is a host, which includes its subdomains (`example.com`,
    /// also `.example.com` and `*.example.com`), an address (`10.1.2.3`, `fd00::1`), a network
    /// (`10.0.0.0/8`), or `*` for every host. Hosts and addresses can have a port
    /// (`example.com:8080`, `[fd00::1]:443`).
    #[must_use]
    pub fn exceptions(mut self, hosts: &str) -> Self {
        self.exceptions = NoProxy::parse(hosts);
        self
    }

    /// Reads the proxies from the environment: `https_proxy` for `https` URLs, `http_proxy` for
    /// `http` URLs, `all_proxy` for URLs whose scheme has no proxy, and `no_proxy` for the
    /// exceptions. Uppercase names are read too; as in curl and the AWS CLI, lowercase names take
    /// precedence. If `no_proxy` contains `*`, the other variables are ignored, even if they are
    /// invalid. `HTTP_PROXY` is ignored if `REQUEST_METHOD` is set: in a CGI program its value
    /// comes from the client.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidProxy`], with the name of the variable, if the URL of a proxy
    /// is invalid or its scheme is not supported.
    pub fn from_environment(environment: &Environment) -> Result<Self, ConfigError> {
        let exceptions = first_set(environment, &["no_proxy", "NO_PROXY"]);
        let exceptions = exceptions.map(|(_, hosts)| NoProxy::parse(hosts)).unwrap_or_default();
        if exceptions.contains_all() {
            return Ok(Self { exceptions, ..Self::none() });
        }
        let all = ["all_proxy", "ALL_PROXY"];
        let http: &[_] = match environment.get(CGI_REQUEST_METHOD) {
            Some(_) => &["http_proxy"],
            None => &["http_proxy", "HTTP_PROXY"],
        };
        let proxy = |own: &[&'static str]| {
            first_set(environment, own)
                .or_else(|| first_set(environment, &all))
                .map(|(name, url)| Proxy::parse(url, name))
                .transpose()
        };
        Ok(Self { https: proxy(&["https_proxy", "HTTPS_PROXY"])?, http: proxy(http)?, exceptions })
    }

    /// Returns the proxy for a request to `target`, or `None` for a direct connection.
    pub(crate) fn for_target(&self, target: &Uri) -> Option<&Proxy> {
        let proxy = if is_https(target) { &self.https } else { &self.http }.as_ref()?;
        let host = target.host()?;
        let port = target.port_u16().unwrap_or_else(|| default_port(target));
        (!is_local(host) && !self.exceptions.contains(host, port)).then_some(proxy)
    }

    /// Returns the forward proxy for `target`, that is, the proxy to which the request itself is
    /// sent. Requests to `https` URLs are tunneled instead.
    pub(crate) fn forward_proxy(&self, target: &Uri) -> Option<&Proxy> {
        self.for_target(target).filter(|_| !is_https(target))
    }
}

/// Returns the first of these variables that is set.
fn first_set<'a>(
    environment: &'a Environment,
    names: &[&'static str],
) -> Option<(&'static str, &'a str)> {
    names.iter().find_map(|name| Some((*name, environment.get(name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::environment::PROXY_VARIABLES;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        variables.iter().copied().collect()
    }

    fn chosen(variables: &[(&str, &str)], target: &str) -> Option<String> {
        let proxies = Proxies::from_environment(&environment(variables)).expect("proxies");
        proxies.for_target(&target.parse().expect("a URL")).map(ToString::to_string)
    }

    #[test]
    fn the_environment_names_a_proxy_for_each_scheme() {
        let both = [("HTTPS_PROXY", "http://s:1"), ("HTTP_PROXY", "http://p:2")];
        let lowercase = [("https_proxy", "http://small:1"), ("HTTPS_PROXY", "http://capital:2")];
        let all = [("ALL_PROXY", "http://a:3"), ("http_proxy", "p:2")];
        let cgi = [("HTTP_PROXY", "http://evil:1"), ("REQUEST_METHOD", "GET")];
        let cgi_lowercase = [("http_proxy", "http://good:1"), ("REQUEST_METHOD", "GET")];
        let empty = [("HTTPS_PROXY", ""), ("https_proxy", " ")];
        for (variables, target, expected) in [
            (&both[..], "https://a.example/", Some("http://s:1")),
            (&both[..], "http://a.example/", Some("http://p:2")),
            (&both[..1], "http://a.example/", None),
            (&both[1..], "https://a.example/", None),
            (&lowercase[..], "https://a.example/", Some("http://small:1")),
            (&all[..], "https://a.example/", Some("http://a:3")),
            (&all[..], "http://a.example/", Some("http://p:2")),
            (&cgi[..], "http://a.example/", None),
            (&cgi_lowercase[..], "http://a.example/", Some("http://good:1")),
            (&empty[..], "https://a.example/", None),
            (&[][..], "https://a.example/", None),
        ] {
            assert_eq!(chosen(variables, target).as_deref(), expected, "{variables:?} {target}");
        }
    }

    #[test]
    fn the_list_of_variables_is_complete() {
        for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy"]
            .into_iter()
            .chain(["ALL_PROXY", "no_proxy", "NO_PROXY", "REQUEST_METHOD"])
        {
            assert!(PROXY_VARIABLES.contains(&name), "{name}");
        }
    }

    #[test]
    fn local_hosts_and_exceptions_bypass_the_proxy() {
        let proxies = Proxies::all("http://p:1").expect("a proxy").exceptions("b.example:8080");
        for (target, proxied) in [
            ("https://ecr.eu-west-1.amazonaws.com/", true),
            ("http://b.example/", true),
            ("http://b.example:8080/", false),
            ("http://localhost:5000/", false),
            ("http://127.0.0.1:5000/", false),
            ("http://[::1]/", false),
            ("http://169.254.169.254/latest", false),
            ("http://169.254.170.2/v2", false),
            ("http://[fd00:ec2::254]/latest", false),
        ] {
            assert_eq!(
                proxies.for_target(&target.parse().expect("a URL")).is_some(),
                proxied,
                "{target}"
            );
        }
    }

    #[test]
    fn an_invalid_proxy_is_an_error_without_its_password() {
        for (url, problem) in [
            ("socks5://user:secret@p:1080", "begins with neither http:// nor https://"),
            ("http://user:secret@p:port", "has a port that is not a number"),
            ("http://user:secret@", "has no host"),
            ("http://user:secret@p:0", "has a port that is not a number"),
            ("http://user:secret@p q", "has U+0020 in its host"),
            ("http://user:sec\nret@p", "has U+000A in its user name or password"),
            ("http://user:sec/ret@p", "has \"/\" before an \"@\""),
            ("user:sec://ret@p", "has \"/\" before an \"@\""),
            ("/var/run/proxy", "has no host"),
        ] {
            let error = Proxies::from_environment(&environment(&[("HTTPS_PROXY", url)]));
            let text = error.expect_err(url).to_string();
            assert!(text.contains(problem), "{text}");
            assert!(text.contains("HTTPS_PROXY") && !text.contains("sec"), "{text}");
        }
    }

    #[test]
    fn no_proxy_for_every_host_makes_the_other_variables_irrelevant() {
        for list in ["*", " * ", "a.example, *"] {
            let variables = [("NO_PROXY", list), ("HTTPS_PROXY", "socks5://a:1")];
            let invalid = [("all_proxy", "://"), ("HTTP_PROXY", "http://user@")];
            let all: Vec<_> = variables.into_iter().chain(invalid).collect();
            for target in ["https://a.example/", "http://10.0.0.1/"] {
                assert_eq!(chosen(&all, target), None, "{list}");
            }
        }
        let some = [("no_proxy", "*.example"), ("HTTPS_PROXY", "socks5://a:1")];
        Proxies::from_environment(&environment(&some)).expect_err("an unsupported scheme");
    }

    #[test]
    fn debug_output_omits_the_password() {
        let proxies = Proxies::all("http://user:secret@p:1").expect("a proxy");
        let text = format!("{proxies:?} {:?}", proxies.https.as_ref().map(Proxy::authorization));
        assert!(!text.contains("secret") && !text.contains("Basic"), "{text}");
    }
}
