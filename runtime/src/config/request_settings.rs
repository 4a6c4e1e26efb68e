//! The settings for building requests: host prefixes and compression.

use crate::ConfigError;

/// The size from which bodies are compressed by default, in bytes.
const DEFAULT_MIN_COMPRESSION_SIZE: u32 = 10_240;
/// The largest value that the setting may have, in bytes.
pub(crate) const LARGEST_MIN_COMPRESSION_SIZE: u32 = 10_485_760;
/// The values that the setting may have, for error messages.
pub(crate) const MIN_COMPRESSION_SIZES: &str = "a whole number from 0 to 10485760";

/// Request settings from one source.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RequestSettings {
    pub(crate) host_prefixes: Option<bool>,
    pub(crate) compression: Option<bool>,
    pub(crate) min_compression_size: Option<u32>,
}

impl RequestSettings {
    /// These settings, with those that are not set taken from `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            host_prefixes: self.host_prefixes.or(other.host_prefixes),
            compression: self.compression.or(other.compression),
            min_compression_size: self.min_compression_size.or(other.min_compression_size),
        }
    }

    /// The size from which bodies are compressed, in bytes; `None` if compression is off.
    pub(crate) fn compression_threshold(self) -> Result<Option<usize>, ConfigError> {
        if self.compression == Some(false) {
            return Ok(None);
        }
        match self.min_compression_size.unwrap_or(DEFAULT_MIN_COMPRESSION_SIZE) {
            size @ ..=LARGEST_MIN_COMPRESSION_SIZE => Ok(Some(size as usize)),
            // Values from variables and profiles were checked when they were loaded.
            size => Err(ConfigError::InvalidSetting {
                origin: "ConfigBuilder::request_min_compression_size".to_owned(),
                value: size.to_string(),
                expected: MIN_COMPRESSION_SIZES,
            }),
        }
    }
}
