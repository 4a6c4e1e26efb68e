//! The environment variables, as a value that can also be made in a test.
//!
//! Nothing else in this crate reads the process's environment.

use std::collections::BTreeMap;
use std::fmt;

use crate::http::proxy::proxies::VARIABLES as PROXIES;

/// Where the home folder is, and in it the profile files.
const HOMES: [&str; 2] = ["HOME", "USERPROFILE"];

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
    /// The variables of this process as they are now: those whose names begin with `AWS_`, `HOME`
    /// and `USERPROFILE`, and those that name proxies (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`
    /// and `NO_PROXY`, upper or lower case). What is not Unicode in a value is replaced, so that the
    /// value is refused where it is used.
    #[must_use]
    pub fn process() -> Self {
        std::env::vars_os()
            .filter_map(|(name, value)| {
                let name = name.into_string().ok()?;
                let others = HOMES.iter().chain(&PROXIES);
                let ours =
                    name.starts_with("AWS_") || others.into_iter().any(|known| *known == name);
                ours.then(|| (name, value.to_string_lossy().into_owned()))
            })
            .collect()
    }

    /// The value of a variable; an empty one is as if it were not set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The variables whose names begin with `prefix`, so that no more is kept than is needed.
    pub(crate) fn only(&self, prefix: &str) -> Self {
        let chosen = self.0.iter().filter(|(name, _)| name.starts_with(prefix));
        chosen.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// The names only: among the values are secrets.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
