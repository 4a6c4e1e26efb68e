//! A snapshot of the environment variables, which a test can also create.
//!
//! Nothing else in this crate reads the environment of the process.

use std::collections::BTreeMap;
use std::fmt;

/// The variables that name the home folder, which contains the profile files.
const HOME_VARIABLES: [&str; 2] = ["HOME", "USERPROFILE"];

/// The variable that is set in CGI programs. There, `HTTP_PROXY` is the value of the request header
/// `Proxy`, which anyone can set.
pub(crate) const CGI_REQUEST_METHOD: &str = "REQUEST_METHOD";

/// The variables that configure proxies.
pub(crate) const PROXY_VARIABLES: [&str; 9] = [
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "HTTP_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    CGI_REQUEST_METHOD,
];

/// A set of environment variables.
///
/// ```
/// use longshore_runtime::Environment;
///
/// let environment: Environment = [("AWS_REGION", "eu-west-1")].into_iter().collect();
/// assert_eq!(environment.get("AWS_REGION"), Some("eu-west-1"));
/// assert_eq!(environment.get("AWS_DEFAULT_REGION"), None);
/// ```
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The current variables of this process: those whose names start with `AWS_`, `HOME`,
    /// `USERPROFILE`, and the proxy variables (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
    /// `NO_PROXY`, in upper or lower case). Invalid Unicode in a value is replaced, so that the
    /// code that uses the value rejects it.
    #[must_use]
    pub fn process() -> Self {
        std::env::vars_os()
            .filter_map(|(name, value)| {
                let name = name.into_string().ok()?;
                let mut others = HOME_VARIABLES.iter().chain(&PROXY_VARIABLES);
                let is_used = name.starts_with("AWS_") || others.any(|other| *other == name);
                is_used.then(|| (name, value.to_string_lossy().into_owned()))
            })
            .collect()
    }

    /// The value of a variable; `None` if it is empty or not set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Returns true if all variables are empty or not set.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.values().all(|value| value.trim().is_empty())
    }

    /// The variables whose names start with `prefix`. Used to keep only what is needed.
    pub(crate) fn with_prefix(&self, prefix: &str) -> Self {
        let matching = self.0.iter().filter(|(name, _)| name.starts_with(prefix));
        matching.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Shows only the names, because values may be secrets.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
