//! Loads the settings for building requests.

use crate::ConfigError;
use crate::config::request_settings::{
    LARGEST_MIN_COMPRESSION_SIZE, MIN_COMPRESSION_SIZES, RequestSettings,
};
use crate::settings::setting::{Setting, Sources};

/// Loads the settings that are not set in `code`.
pub(super) fn load(
    sources: &Sources<'_>,
    code: &RequestSettings,
) -> Result<RequestSettings, ConfigError> {
    // The variables and properties disable a feature; the settings enable it.
    let enabled = |in_code: Option<bool>, variable, property| match in_code {
        Some(_) => Ok(None),
        None => Ok(sources.find_bool(variable, property)?.map(|disabled| !disabled)),
    };
    Ok(RequestSettings {
        host_prefixes: enabled(
            code.host_prefixes,
            "AWS_DISABLE_HOST_PREFIX_INJECTION",
            "disable_host_prefix_injection",
        )?,
        compression: enabled(
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

fn min_compression_size(sources: &Sources<'_>) -> Result<Option<u32>, ConfigError> {
    let variable = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
    let found = sources.find(&[variable], "request_min_compression_size_bytes");
    let parse = |setting: Setting| {
        let size = setting.value.parse().ok();
        let size = size.filter(|size| *size <= LARGEST_MIN_COMPRESSION_SIZE);
        size.ok_or_else(|| setting.invalid(MIN_COMPRESSION_SIZES))
    };
    found.map(parse).transpose()
}
