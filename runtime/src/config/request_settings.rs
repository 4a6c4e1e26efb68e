//! The settings of how requests are written: what stands before their host, and which bodies are
//! made smaller.

use crate::ConfigError;
use crate::settings::setting::{Origin, Setting, Sources};

/// Bodies of fewer bytes are sent as they are where nobody says otherwise.
const MIN_COMPRESSION_SIZE: u32 = 10_240;
/// The most that this limit may be.
const LARGEST: u32 = 10_485_760;
const EXPECTED: &str = "a whole number from 0 to 10485760";

/// What one place says of them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RequestSettings {
    pub(crate) host_prefixes: Option<bool>,
    pub(crate) compression: Option<bool>,
    pub(crate) min_compression_size: Option<u32>,
}

impl RequestSettings {
    /// What variables, then the profile, say where the code says nothing.
    pub(crate) fn load(sources: &Sources<'_>, code: &Self) -> Result<Self, ConfigError> {
        // Outside of the code they are switched off, in the code on.
        let switch = |in_code: Option<bool>, variable, property| match in_code {
            Some(_) => Ok(None),
            None => Ok(sources.switch(variable, property)?.map(|disabled| !disabled)),
        };
        Ok(Self {
            host_prefixes: switch(
                code.host_prefixes,
                "AWS_DISABLE_HOST_PREFIX_INJECTION",
                "disable_host_prefix_injection",
            )?,
            compression: switch(
                code.compression,
                "AWS_DISABLE_REQUEST_COMPRESSION",
                "disable_request_compression",
            )?,
            min_compression_size: match code.min_compression_size {
                Some(_) => None,
                None => min_compression_size(sources)?,
            },
        })
    }

    /// These, and the `other` ones for what they do not say.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            host_prefixes: self.host_prefixes.or(other.host_prefixes),
            compression: self.compression.or(other.compression),
            min_compression_size: self.min_compression_size.or(other.min_compression_size),
        }
    }

    /// From how many bytes a body is compressed; `None` where none is.
    pub(crate) fn compressed_from(self) -> Result<Option<usize>, ConfigError> {
        if self.compression == Some(false) {
            return Ok(None);
        }
        match self.min_compression_size.unwrap_or(MIN_COMPRESSION_SIZE) {
            size @ ..=LARGEST => Ok(Some(size as usize)),
            // Variables and profiles were looked at when they were loaded.
            size => Err(ConfigError::InvalidSetting {
                origin: format!("request_min_compression_size in {}", Origin::Code),
                value: size.to_string(),
                expected: EXPECTED,
            }),
        }
    }
}

fn min_compression_size(sources: &Sources<'_>) -> Result<Option<u32>, ConfigError> {
    let variable = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
    let found = sources.find(&[variable], "request_min_compression_size_bytes");
    let read = |setting: Setting| {
        let size = setting.value.parse().ok().filter(|size| *size <= LARGEST);
        size.ok_or_else(|| setting.invalid(EXPECTED))
    };
    found.map(read).transpose()
}
