//! Loads the proxies and root certificates.

use crate::config::network::Network;
use crate::{ConfigError, Environment, Proxies, RootCertificates};

/// Loads the settings that are not set in `code`.
pub(super) fn load(code: &Network, environment: &Environment) -> Result<Network, ConfigError> {
    let proxies = code.proxies.is_none().then(|| Proxies::from_environment(environment));
    let roots = code.roots.is_none().then(|| RootCertificates::from_environment(environment));
    Ok(Network { proxies: proxies.transpose()?, roots: roots.transpose()? })
}
