//! Writes the manifest of a crate that has none.

use std::{
    error::Error,
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use crate::{Generated, cli::toml};

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

/// The features for conversions of timestamps, named after the other crates.
const TIMESTAMP_CONVERSIONS: [&str; 3] = ["chrono", "jiff", "time"];

/// A feature that every generated crate has.
pub(super) const BLOCKING: &str = "blocking = [\"longshore-runtime/blocking\"]";

/// A feature that every new crate has.
const PATTERNS: &str = "patterns = [\"longshore-runtime/patterns\"]";

/// A feature that every generated crate has.
pub(super) const HTTP_TRANSPORT_FEATURE: &str =
    "http-transport = [\"longshore-runtime/http-transport\"]";

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
        let conversions = TIMESTAMP_CONVERSIONS
            .map(|name| format!("{name} = [\"longshore-runtime/{name}\"]\n"))
            .concat();
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
{CREDENTIAL_CHAIN} = [\"longshore-runtime/{CREDENTIAL_CHAIN}\"]
# The default transport. Without it, a configuration needs a transport, and no HTTP client is built.
{HTTP_TRANSPORT_FEATURE}
{features}# Clients for programs without an async runtime: a module `blocking` in each service.
{BLOCKING}
# Checks of strings against the patterns of the model, on request.
{PATTERNS}
# Conversions between `Timestamp` and the types of these crates.
{conversions}
[dependencies]
longshore-runtime = {{ version = \"{version}\"{path}, default-features = false{switched} }}
",
            description = toml::string(&format!("Typed clients for {}.", titles.join(", "))),
            version = env!("CARGO_PKG_VERSION"),
        )
    }
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
    known.extend([CREDENTIAL_CHAIN, HTTP_TRANSPORT, "blocking", "patterns"]);
    known.extend(TIMESTAMP_CONVERSIONS);
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
