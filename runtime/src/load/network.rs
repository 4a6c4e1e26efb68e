//! Loads the proxies and root certificates.

use crate::ConfigError;
use crate::config::network::Network;
use crate::settings::setting::Sources;
#[cfg(feature = "http-transport")]
use crate::{Proxies, RootCertificates};

/// Loads the settings that are not set in `code`.
#[cfg(feature = "http-transport")]
pub(super) fn load(code: &Network, sources: &Sources<'_>) -> Result<Network, ConfigError> {
    let proxies = code.proxies.is_none().then(|| Proxies::from_environment(sources.environment));
    let roots = code.roots.is_none().then(|| RootCertificates::from_sources(sources));
    Ok(Network { proxies: proxies.transpose()?, roots: roots.transpose()? })
}

/// Loads nothing, because there is no default transport.
#[cfg(not(feature = "http-transport"))]
pub(super) fn load(_: &Network, _: &Sources<'_>) -> Result<Network, ConfigError> {
    Ok(Network::default())
}
