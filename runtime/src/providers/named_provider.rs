//! A provider of the chain, with its name in error messages.

use crate::credentials::provider::ProvideCredentials;

pub(super) struct NamedProvider {
    pub(super) name: String,
    pub(super) provider: Box<dyn ProvideCredentials>,
}

impl NamedProvider {
    pub(super) fn new(
        name: impl Into<String>,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        Self { name: name.into(), provider: Box::new(provider) }
    }
}
