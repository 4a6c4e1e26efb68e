//! The settings of the metadata service.

use std::time::Duration;

use http::Uri;

use crate::ConfigError;
use crate::settings::setting::{Setting, Sources};

/// The name of the service in error messages.
pub(in crate::providers) const INSTANCE: &str = "the metadata of the instance";

pub(super) const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
pub(super) const V1_DISABLED: (&str, &str) =
    ("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled");
const ENDPOINT: (&str, &str) =
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
const MODE: (&str, &str) =
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
const TIMEOUT: (&str, &str) = ("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout");
const ATTEMPTS: (&str, &str) =
    ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts");

const IPV4_ENDPOINT: &str = "http://169.254.169.254";
const IPV6_ENDPOINT: &str = "http://[fd00:ec2::254]";

/// The timeout in seconds for the connection, and also for the response.
const DEFAULT_TIMEOUT: f64 = 1.0;

/// The maximum timeout in seconds. A larger value is considered a mistake.
const MAX_TIMEOUT: f64 = 3600.0;

/// Whether the metadata service is used, and how.
#[derive(Clone)]
pub(in crate::providers) struct InstanceSettings {
    pub(super) disabled: bool,
    /// True if requests without a session token are forbidden.
    pub(super) v1_disabled: bool,
    pub(super) endpoint: String,
    /// The time limit of one request.
    pub(super) limit: Duration,
    /// The maximum number of attempts for each request.
    pub(super) attempts: u32,
}

impl InstanceSettings {
    pub(in crate::providers) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let disabled =
            sources.variable(DISABLED).map(|setting| setting.parse_bool()).transpose()?;
        let v1_disabled = sources.find_bool(V1_DISABLED.0, V1_DISABLED.1)?;
        let timeout = sources.find(&[TIMEOUT.0], TIMEOUT.1);
        let timeout = timeout.map_or(Ok(DEFAULT_TIMEOUT), |setting| parse_timeout(&setting))?;
        let attempts = sources.find(&[ATTEMPTS.0], ATTEMPTS.1);
        let attempts = attempts.map_or(Ok(1), |setting| parse_attempts(&setting))?;
        Ok(Self {
            disabled: disabled.unwrap_or(false),
            v1_disabled: v1_disabled.unwrap_or(false),
            endpoint: endpoint(sources)?,
            limit: Duration::from_secs_f64(2.0 * timeout),
            attempts,
        })
    }
}

fn parse_timeout(setting: &Setting) -> Result<f64, ConfigError> {
    let seconds = setting.value.parse::<f64>().ok();
    let seconds = seconds.filter(|seconds| *seconds > 0.0 && *seconds <= MAX_TIMEOUT);
    seconds.ok_or_else(|| setting.invalid("a number of seconds, such as 1"))
}

fn parse_attempts(setting: &Setting) -> Result<u32, ConfigError> {
    let attempts = setting.value.parse::<u32>().ok().filter(|attempts| *attempts > 0);
    attempts.ok_or_else(|| setting.invalid("a number of attempts, such as 1"))
}

fn endpoint(sources: &Sources<'_>) -> Result<String, ConfigError> {
    if let Some(setting) = sources.find(&[ENDPOINT.0], ENDPOINT.1) {
        let uri = setting.value.parse::<Uri>().ok();
        let uri = uri.filter(|uri| uri.scheme().is_some() && uri.authority().is_some());
        let uri = uri.ok_or_else(|| setting.invalid("a URL, such as http://169.254.169.254"))?;
        return Ok(uri.to_string().trim_end_matches('/').to_owned());
    }
    let Some(mode) = sources.find(&[MODE.0], MODE.1) else { return Ok(IPV4_ENDPOINT.to_owned()) };
    match mode.value.to_ascii_lowercase().as_str() {
        "ipv4" => Ok(IPV4_ENDPOINT.to_owned()),
        "ipv6" => Ok(IPV6_ENDPOINT.to_owned()),
        _ => Err(mode.invalid("IPv4 or IPv6")),
    }
}
