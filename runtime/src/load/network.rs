//! Loads the proxies and root certificates.

use crate::config::network::Network;
use crate::settings::setting::Sources;
use crate::{ConfigError, Proxies, RootCertificates};

/// Loads the settings that are not set in `code`.
pub(super) fn load(code: &Network, sources: &Sources<'_>) -> Result<Network, ConfigError> {
    let proxies = code.proxies.is_none().then(|| Proxies::from_environment(sources.environment));
    let roots = code.roots.is_none().then(|| RootCertificates::from_sources(sources));
    Ok(Network { proxies: proxies.transpose()?, roots: roots.transpose()? })
}
