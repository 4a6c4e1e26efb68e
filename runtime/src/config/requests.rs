//! How requests are written, as a configuration in code has it and as calls ask for it.

use crate::ConfigError;
use crate::config::config::{Config, ConfigBuilder};

impl ConfigBuilder {
    /// Whether operations whose model has a prefix for the host put it there, also before the host
    /// of a custom endpoint. They do unless this, or a variable or profile, switches it off, as is needed
    /// for a server at hand for whose name with a prefix there is no address.
    pub fn host_prefixes(mut self, put: bool) -> Self {
        self.requests.host_prefixes = Some(put);
        self
    }

    /// Whether operations whose model asks for it compress long bodies, which they can with the
    /// feature `compression`. They do unless this, or a variable or profile, switches it off.
    pub fn request_compression(mut self, compress: bool) -> Self {
        self.requests.compression = Some(compress);
        self
    }

    /// From how many bytes a body is long enough to be compressed: 0 to 10,485,760, and 10,240 where
    /// nobody says otherwise. Another number is an error of the calls that would compress.
    pub fn request_min_compression_size(mut self, bytes: u32) -> Self {
        self.requests.min_compression_size = Some(bytes);
        self
    }

    fn requests(&self) -> crate::config::request_settings::RequestSettings {
        let loaded = self.loaded.as_ref().map(|loaded| loaded.requests);
        self.requests.or(loaded.unwrap_or_default())
    }
}

impl Config {
    /// Whether the prefix of an operation is put before the host.
    pub(crate) fn puts_host_prefixes(&self) -> bool {
        self.0.settings.requests().host_prefixes.unwrap_or(true)
    }

    /// From how many bytes a body is compressed; `None` where none is.
    pub(crate) fn compressed_from(&self) -> Result<Option<usize>, ConfigError> {
        self.0.settings.requests().compressed_from()
    }
}
