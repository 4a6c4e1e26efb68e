//! The metadata service of an EC2 instance: where it is, whether it may be asked, and what it says
//! of the region. The requests are those of `aws-config`.

use std::error::Error;

use aws_config::imds;
use http::Uri;
use tracing::instrument::WithSubscriber;

use crate::ConfigError;
use crate::providers::smithy_http::SmithyHttp;
use crate::providers::trace_filter::quiet;
use crate::settings::setting::Sources;

/// What it is called where it is said who was asked.
pub(crate) const INSTANCE: &str = "the metadata of the instance";

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
const ENDPOINT: (&str, &str) =
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
const MODE: (&str, &str) =
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");

const REGION: &str = "/latest/meta-data/placement/region";

/// Whether and where the service is to be asked.
#[derive(Clone)]
pub(crate) struct InstanceSettings {
    disabled: bool,
    endpoint: String,
}

impl InstanceSettings {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let disabled = sources.variable(DISABLED).map(|setting| setting.switch()).transpose()?;
        Ok(Self { disabled: disabled.unwrap_or(false), endpoint: endpoint(sources)? })
    }

    /// A client of the service, or why it is not to be asked.
    pub(crate) fn client(&self, http: &SmithyHttp) -> Result<imds::Client, String> {
        if self.disabled {
            return Err(format!("{DISABLED} is true"));
        }
        let builder = imds::Client::builder().configure(&http.provider_config());
        // Named even where it is the usual one, or aws-config would look for it by itself.
        let builder = builder.endpoint(&self.endpoint).map_err(|error| error.to_string())?;
        Ok(builder.build())
    }
}

fn endpoint(sources: &Sources<'_>) -> Result<String, ConfigError> {
    if let Some(setting) = sources.find(&[ENDPOINT.0], ENDPOINT.1) {
        let uri = setting.value.parse::<Uri>().ok();
        let uri = uri.filter(|uri| uri.scheme().is_some() && uri.authority().is_some());
        let uri = uri.ok_or_else(|| setting.invalid("a URL, such as http://169.254.169.254"))?;
        return Ok(uri.to_string());
    }
    let mode = sources.find(&[MODE.0], MODE.1);
    match mode.as_ref().map(|mode| (mode, mode.value.to_ascii_lowercase())) {
        None => Ok("http://169.254.169.254".to_owned()),
        Some((_, mode)) if mode == "ipv4" => Ok("http://169.254.169.254".to_owned()),
        Some((_, mode)) if mode == "ipv6" => Ok("http://[fd00:ec2::254]".to_owned()),
        Some((setting, _)) => Err(setting.invalid("IPv4 or IPv6")),
    }
}

/// The service, and what reaches it.
pub(crate) struct InstanceMetadata {
    pub(crate) settings: InstanceSettings,
    pub(crate) http: SmithyHttp,
}

impl InstanceMetadata {
    /// The region of the instance, or which of the ways to find it out failed, and how.
    pub(crate) async fn region(&self) -> Result<String, String> {
        self.http.check_runtime().map_err(|why| format!("{INSTANCE} ({why})"))?;
        let client =
            self.settings.client(&self.http).map_err(|why| format!("{INSTANCE} ({why})"))?;
        match client.get(REGION).with_subscriber(quiet()).await {
            Ok(region) => Ok(region.as_ref().trim().to_owned()),
            Err(error) => Err(format!("{INSTANCE} ({})", innermost(&error))),
        }
    }
}

/// The last cause, which is the one that says something.
fn innermost(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}
