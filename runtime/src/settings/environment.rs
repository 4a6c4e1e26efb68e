//! A snapshot of the environment variables, which a test can also create.
//!
//! Nothing else in this crate reads the environment of the process.

use std::collections::{BTreeMap, btree_map};
use std::ffi::OsString;
use std::fmt;

use crate::settings::expand::{self, PATH_VARIABLES};
use crate::shape::setters::map;

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
/// let environment = Environment::from([("AWS_REGION", "eu-west-1")]);
/// assert_eq!(environment.get("AWS_REGION"), Some("eu-west-1"));
/// assert_eq!(environment.get("AWS_DEFAULT_REGION"), None);
/// ```
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The current variables of this process: those whose names start with `AWS_`, `HOME`,
    /// `USERPROFILE`, the proxy variables (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
    /// `NO_PROXY`, in upper or lower case), and the variables in the paths of `AWS_CONFIG_FILE`,
    /// `AWS_SHARED_CREDENTIALS_FILE` and `AWS_LOGIN_CACHE_DIRECTORY`. Invalid Unicode in a value is
    /// replaced, so that the code that uses the value rejects it.
    #[must_use]
    pub fn process() -> Self {
        Self::of(std::env::vars_os())
    }

    /// The variables among `all` that are used.
    fn of(all: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let mut used = BTreeMap::new();
        let mut others = BTreeMap::new();
        for (name, value) in all {
            let Ok(name) = name.into_string() else { continue };
            let value = value.to_string_lossy().into_owned();
            let named = HOME_VARIABLES.contains(&&*name) || PROXY_VARIABLES.contains(&&*name);
            let variables = if named || name.starts_with("AWS_") { &mut used } else { &mut others };
            variables.insert(name, value);
        }
        for path in PATH_VARIABLES {
            let path = used.get(path).cloned().unwrap_or_default();
            for name in expand::variables(&path) {
                if let Some(value) = others.get(name) {
                    used.insert(name.to_owned(), value.clone());
                }
            }
        }
        Self(used)
    }

    /// The value of a variable; `None` if it is empty or not set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The value of a variable as it is written, even if it is empty; `None` if it is not set.
    pub(crate) fn written(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Returns true if all variables are empty or not set.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.values().all(|value| value.trim().is_empty())
    }

    /// The variables whose names start with `prefix`. Used to keep only what is needed.
    pub(crate) fn with_prefix(&self, prefix: &str) -> Self {
        self.0.iter().filter(|(name, _)| name.starts_with(prefix)).collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self(map(variables))
    }
}

impl<N: Into<String>, V: Into<String>, const COUNT: usize> From<[(N, V); COUNT]> for Environment {
    fn from(variables: [(N, V); COUNT]) -> Self {
        variables.into_iter().collect()
    }
}

/// Replaces variables that already exist.
impl<N: Into<String>, V: Into<String>> Extend<(N, V)> for Environment {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, variables: I) {
        self.0.extend(variables.into_iter().map(|(name, value)| (name.into(), value.into())));
    }
}

/// Returns the names and the unmodified values, sorted by name.
impl IntoIterator for Environment {
    type Item = (String, String);
    type IntoIter = btree_map::IntoIter<String, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Returns the names and the unmodified values, sorted by name.
impl<'a> IntoIterator for &'a Environment {
    type Item = (&'a String, &'a String);
    type IntoIter = btree_map::Iter<'a, String, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Shows only the names, because values may be secrets.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_in_paths_are_kept() {
        let all = [
            ("AWS_CONFIG_FILE", "$XDG_CONFIG_HOME/aws/${NAME}"),
            ("XDG_CONFIG_HOME", "/home/me/.config"),
            ("NAME", "config"),
            ("OTHER", "secret"),
            ("HOME", "/home/me"),
        ];
        let all = all.map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let kept: Vec<_> = Environment::of(all).0.into_keys().collect();
        assert_eq!(kept, ["AWS_CONFIG_FILE", "HOME", "NAME", "XDG_CONFIG_HOME"]);
    }
}
