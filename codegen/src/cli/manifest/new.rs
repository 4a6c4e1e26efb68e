//! Writes the manifest of a crate that has none.

use std::{
    error::Error,
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use crate::{Generated, cli::toml, emit::CRATE_FEATURES};

/// A manifest to write.
pub(in crate::cli) struct NewManifest<'m> {
    pub(in crate::cli) generated: &'m Generated,
    /// The default features. If absent, these are all services, the credential providers and the
    /// default transport.
    pub(in crate::cli) default: Option<&'m [String]>,
    /// The path of the runtime, absolute or relative to the manifest. If absent, the runtime comes
    /// from the package registry.
    pub(in crate::cli) runtime: Option<&'m str>,
}

/// The feature for credential providers that call a service.
const CREDENTIAL_CHAIN: &str = "credential-chain";

/// The feature for the default transport.
const HTTP_TRANSPORT: &str = "http-transport";

impl NewManifest<'_> {
    /// Writes the file. An existing one is an error.
    pub(in crate::cli) fn write(&self, path: &Path) -> Result<(), Box<dyn Error>> {
        create(path, &self.text())
            .map_err(|error| format!("cannot write {}: {error}", path.display()).into())
    }

    fn text(&self) -> String {
        let Generated { services, package, runtime_features, .. } = self.generated;
        let all = || {
            let services = services.iter().map(|it| it.feature.as_str());
            [CREDENTIAL_CHAIN, HTTP_TRANSPORT].into_iter().chain(services)
        };
        let default = match self.default {
            Some(named) => list(named.iter().map(String::as_str)),
            None => list(all()),
        };
        let switched = match runtime_features.as_slice() {
            [] => String::new(),
            features => format!(", features = {}", list(features.iter().copied())),
        };
        let path = self.runtime.map(|path| format!(", path = {}", toml::string(path)));
        let path = path.unwrap_or_default();
        let features: String =
            services.iter().map(|service| format!("{} = []\n", service.feature)).collect();
        let titles: Vec<_> = services.iter().map(|service| service.title.as_str()).collect();
        format!(
            "# Written once by the generator of Longshore; later runs do not change it.
[package]
name = \"{package}\"
description = {description}
version = \"0.1.0\"
edition = \"2024\"
publish = false

[features]
default = {default}
# Credentials from roles, web identities and SSO.
{credential_chain}
# The default transport. Without it, a configuration needs a transport, and no HTTP client is built.
{http_transport}
{features}# Clients for programs without an async runtime: a module `blocking` in each service.
{blocking}
# Checks of strings against the patterns of the model, on request.
{patterns}
# Conversions between `Timestamp` and the types of these crates.
{times}
# Conversions between `Document` and `serde_json::Value`.
{documents}

[dependencies]
longshore-runtime = {{ version = \"{version}\"{path}, default-features = false{switched} }}
",
            description = toml::string(&format!("Typed clients for {}.", titles.join(", "))),
            credential_chain = declaration(CREDENTIAL_CHAIN),
            http_transport = declaration(HTTP_TRANSPORT),
            blocking = declaration("blocking"),
            patterns = declaration("patterns"),
            times = ["chrono", "jiff", "time"].map(declaration).join("\n"),
            documents = declaration("serde_json"),
            version = env!("CARGO_PKG_VERSION"),
        )
    }
}

/// The declaration of a feature that enables the feature of the runtime with the same name.
pub(super) fn declaration(feature: &str) -> String {
    format!("{feature} = [\"longshore-runtime/{feature}\"]")
}

/// A list of strings in TOML.
fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    format!("[{}]", texts.map(toml::string).collect::<Vec<_>>().join(", "))
}

/// Returns an error if the crate lacks any of the wanted features.
pub(in crate::cli) fn check_default_features(
    wanted: &[String],
    generated: &Generated,
) -> Result<(), String> {
    let mut known: Vec<_> = generated.services.iter().map(|it| it.feature.as_str()).collect();
    known.extend(CRATE_FEATURES);
    match wanted.iter().find(|feature| !known.contains(&feature.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(format!(
            "--features: the crate has no feature {unknown:?}; it has {}",
            known.join(", ")
        )),
    }
}

/// Creates a file with this content. If writing fails, no partial file is left.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(path)))
}

#[cfg(test)]
mod tests;
