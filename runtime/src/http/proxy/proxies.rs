//! Which requests go through which proxy.
//!
//! hyper-util has something like it, which was left out: it knows no ports in `NO_PROXY`, lets `*`
//! not stand for addresses, drops what it cannot read without a word, and needs two more crates.

use http::Uri;

use crate::http::authority::{is_https, usual_port};
use crate::http::proxy::no_proxy::{NoProxy, is_near};
use crate::http::proxy::server::Proxy;
use crate::settings::setting::CODE;
use crate::{ConfigError, Environment};

/// The variable by which a program knows that it answers a request of CGI. `HTTP_PROXY` is then what
/// the request had as its header `Proxy`, so that anybody could set it.
const CGI: &str = "REQUEST_METHOD";

/// The variables that say something about proxies.
pub(crate) const VARIABLES: [&str; 9] = [
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "HTTP_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    CGI,
];

/// The proxies of a transport, and the hosts that are reached without them.
///
/// A request for an `https` URL goes through the proxy for `https` by `CONNECT`, so that the proxy
/// sees the host and nothing else. A request for an `http` URL is handed to the proxy for `http` as
/// a whole. A proxy is named by a URL such as `http://user:password@proxy.example:3128`; with
/// `https://` the way to the proxy itself is encrypted as well, and without a scheme it is
/// `http://`. User and password are percent-encoded, are sent to the proxy, and are printed nowhere.
///
/// Never through a proxy go requests to this machine (`localhost`, the loopback addresses) and
/// to the link-local addresses where AWS hands out metadata and credentials (`169.254.0.0/16`,
/// `fe80::/10`, `fd00:ec2::254`, `fd00:ec2::23`): the proxy would reach its own instead of ours.
///
/// ```
/// use longshore_runtime::Proxies;
///
/// # fn main() -> Result<(), longshore_runtime::ConfigError> {
/// let proxies = Proxies::all("http://proxy.example:3128")?.with_exceptions(".internal, 10.0.0.0/8");
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
    /// No proxy for any request.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// One proxy for all requests.
    ///
    /// # Errors
    /// A URL that is none, or neither of `http` nor of `https`.
    pub fn all(url: &str) -> Result<Self, ConfigError> {
        let proxy = Some(Proxy::parse(url, CODE)?);
        Ok(Self { https: proxy.clone(), http: proxy, exceptions: NoProxy::default() })
    }

    /// With this proxy for requests to `https` URLs.
    ///
    /// # Errors
    /// A URL that is none, or neither of `http` nor of `https`.
    pub fn with_https(mut self, url: &str) -> Result<Self, ConfigError> {
        self.https = Some(Proxy::parse(url, CODE)?);
        Ok(self)
    }

    /// With this proxy for requests to `http` URLs.
    ///
    /// # Errors
    /// A URL that is none, or neither of `http` nor of `https`.
    pub fn with_http(mut self, url: &str) -> Result<Self, ConfigError> {
        self.http = Some(Proxy::parse(url, CODE)?);
        Ok(self)
    }

    /// With these hosts reached without a proxy, instead of those said before. They are separated by
    /// commas or blanks: a host and all hosts below it (`example.com`, also `.example.com` and
    /// `*.example.com`), an address (`10.1.2.3`, `fd00::1`), a network (`10.0.0.0/8`), each but the
    /// last also with a port (`example.com:8080`, `[fd00::1]:443`), or `*` for every host.
    #[must_use]
    pub fn with_exceptions(mut self, hosts: &str) -> Self {
        self.exceptions = NoProxy::parse(hosts);
        self
    }

    /// The proxies that the environment names: `https_proxy` for `https` URLs, `http_proxy` for
    /// `http` URLs, `all_proxy` for those of both without one of their own, and `no_proxy` for the
    /// exceptions. Each may be in capitals, which yield to small letters as in curl and in the AWS CLI.
    /// Where `REQUEST_METHOD` is set, `HTTP_PROXY` is not read: in a CGI program it is what a
    /// stranger sent.
    ///
    /// # Errors
    /// A variable that names no proxy which can be used.
    pub fn from_environment(environment: &Environment) -> Result<Self, ConfigError> {
        let all = ["all_proxy", "ALL_PROXY"];
        let http: &[_] = match environment.get(CGI) {
            Some(_) => &["http_proxy"],
            None => &["http_proxy", "HTTP_PROXY"],
        };
        let exceptions = first(environment, &["no_proxy", "NO_PROXY"]);
        let proxy = |own: &[&'static str]| {
            first(environment, own)
                .or_else(|| first(environment, &all))
                .map(|(name, url)| Proxy::parse(url, name))
                .transpose()
        };
        Ok(Self {
            https: proxy(&["https_proxy", "HTTPS_PROXY"])?,
            http: proxy(http)?,
            exceptions: exceptions.map(|(_, hosts)| NoProxy::parse(hosts)).unwrap_or_default(),
        })
    }

    /// The proxy for a request to `target`, where it does not go straight there.
    pub(crate) fn of(&self, target: &Uri) -> Option<&Proxy> {
        let proxy = if is_https(target) { &self.https } else { &self.http }.as_ref()?;
        let host = target.host()?;
        let port = target.port_u16().unwrap_or_else(|| usual_port(target));
        (!is_near(host) && !self.exceptions.contains(host, port)).then_some(proxy)
    }

    /// The proxy that is handed a request to `target` as a whole, instead of being asked for a way.
    pub(crate) fn handed(&self, target: &Uri) -> Option<&Proxy> {
        self.of(target).filter(|_| !is_https(target))
    }
}

/// The first of these variables that is set.
fn first<'a>(
    environment: &'a Environment,
    names: &[&'static str],
) -> Option<(&'static str, &'a str)> {
    names.iter().find_map(|name| Some((*name, environment.get(name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        variables.iter().copied().collect()
    }

    fn chosen(variables: &[(&str, &str)], target: &str) -> Option<String> {
        let proxies = Proxies::from_environment(&environment(variables)).expect("proxies");
        proxies.of(&target.parse().expect("a URL")).map(ToString::to_string)
    }

    #[test]
    fn the_environment_names_a_proxy_for_each_scheme() {
        let both = [("HTTPS_PROXY", "http://s:1"), ("HTTP_PROXY", "http://p:2")];
        let small = [("https_proxy", "http://small:1"), ("HTTPS_PROXY", "http://capital:2")];
        let all = [("ALL_PROXY", "http://a:3"), ("http_proxy", "p:2")];
        let cgi = [("HTTP_PROXY", "http://evil:1"), ("REQUEST_METHOD", "GET")];
        let cgi_small = [("http_proxy", "http://good:1"), ("REQUEST_METHOD", "GET")];
        let empty = [("HTTPS_PROXY", ""), ("https_proxy", " ")];
        for (variables, target, expected) in [
            (&both[..], "https://a.example/", Some("http://s:1")),
            (&both[..], "http://a.example/", Some("http://p:2")),
            (&both[..1], "http://a.example/", None),
            (&both[1..], "https://a.example/", None),
            (&small[..], "https://a.example/", Some("http://small:1")),
            (&all[..], "https://a.example/", Some("http://a:3")),
            (&all[..], "http://a.example/", Some("http://p:2")),
            (&cgi[..], "http://a.example/", None),
            (&cgi_small[..], "http://a.example/", Some("http://good:1")),
            (&empty[..], "https://a.example/", None),
            (&[][..], "https://a.example/", None),
        ] {
            assert_eq!(chosen(variables, target).as_deref(), expected, "{variables:?} {target}");
        }
    }

    #[test]
    fn every_variable_that_is_read_is_one_that_is_kept() {
        for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy"]
            .into_iter()
            .chain(["ALL_PROXY", "no_proxy", "NO_PROXY", "REQUEST_METHOD"])
        {
            assert!(VARIABLES.contains(&name), "{name}");
        }
    }

    #[test]
    fn what_is_near_and_what_is_excepted_goes_straight() {
        let proxies =
            Proxies::all("http://p:1").expect("a proxy").with_exceptions("b.example:8080");
        for (target, through) in [
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
            assert_eq!(proxies.of(&target.parse().expect("a URL")).is_some(), through, "{target}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_an_error_without_its_password() {
        for (url, problem) in [
            ("socks5://user:secret@p:1080", "begins with neither http:// nor https://"),
            ("http://user:secret@p:port", "has a port that is not a number"),
            ("http://user:secret@", "is not a URL"),
            ("http://user:secret@p:0", "has a port that is not a number"),
            ("http://user:sec ret@p", "is not a URL"),
            ("/var/run/proxy", "has no host"),
        ] {
            let error = Proxies::from_environment(&environment(&[("HTTPS_PROXY", url)]));
            let text = error.expect_err(url).to_string();
            assert!(text.contains(problem), "{text}");
            assert!(text.contains("HTTPS_PROXY") && !text.contains("sec"), "{text}");
        }
    }

    #[test]
    fn a_password_is_in_no_debug_output() {
        let proxies = Proxies::all("http://user:secret@p:1").expect("a proxy");
        let text = format!("{proxies:?} {:?}", proxies.https.as_ref().map(Proxy::authorization));
        assert!(!text.contains("secret") && !text.contains("Basic"), "{text}");
    }
}
