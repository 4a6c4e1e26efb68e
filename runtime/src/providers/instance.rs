//! The metadata service of an EC2 instance: its settings, and the region that it reports. The
//! requests are made by `aws-config`.

use std::error::Error;
use std::sync::Arc;

use aws_config::imds;
use http::Uri;
use tracing::instrument::WithSubscriber;

use crate::config::region_finder::RegionSource;
use crate::providers::smithy_http::SmithyHttp;
use crate::providers::trace_filter::without_trace;
use crate::settings::region::Region;
use crate::settings::setting::{Origin, Sources};
use crate::{BoxFuture, ConfigError, Transport};

/// The name of the service in error messages.
pub(super) const INSTANCE: &str = "the metadata of the instance";

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
const ENDPOINT: (&str, &str) =
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
const MODE: (&str, &str) =
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");

const IPV4_ENDPOINT: &str = "http://169.254.169.254";
const IPV6_ENDPOINT: &str = "http://[fd00:ec2::254]";

const REGION: &str = "/latest/meta-data/placement/region";

/// The settings of the metadata service: whether it is disabled, and its endpoint.
#[derive(Clone)]
pub(super) struct InstanceSettings {
    disabled: bool,
    endpoint: String,
}

impl InstanceSettings {
    pub(super) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let disabled =
            sources.variable(DISABLED).map(|setting| setting.parse_bool()).transpose()?;
        Ok(Self { disabled: disabled.unwrap_or(false), endpoint: endpoint(sources)? })
    }

    /// A client of the service, or the reason why it must not be used.
    pub(super) fn client(&self, http: &SmithyHttp) -> Result<imds::Client, String> {
        if self.disabled {
            return Err(format!("{DISABLED} is true"));
        }
        let builder = imds::Client::builder().configure(&http.provider_config());
        // Without an explicit endpoint aws-config would look for one itself.
        let builder = builder.endpoint(&self.endpoint).map_err(|error| error.to_string())?;
        Ok(builder.build())
    }

    async fn region(&self, http: &SmithyHttp) -> Result<String, String> {
        http.check_runtime().map_err(|missing| missing.to_string())?;
        let client = self.client(http)?;
        match client.get(REGION).with_subscriber(without_trace()).await {
            Ok(region) => Ok(region.as_ref().trim().to_owned()),
            Err(error) => Err(innermost(&error)),
        }
    }
}

impl RegionSource for InstanceSettings {
    fn find<'a>(
        &'a self,
        transport: &'a Arc<dyn Transport>,
    ) -> BoxFuture<'a, Result<Region, String>> {
        Box::pin(async move {
            let region = self.region(&SmithyHttp(Arc::clone(transport))).await;
            let region = region.map_err(|why| format!("{INSTANCE} ({why})"))?;
            Ok(Region::new(region, Origin::Other(INSTANCE)))
        })
    }
}

fn endpoint(sources: &Sources<'_>) -> Result<String, ConfigError> {
    if let Some(setting) = sources.find(&[ENDPOINT.0], ENDPOINT.1) {
        let uri = setting.value.parse::<Uri>().ok();
        let uri = uri.filter(|uri| uri.scheme().is_some() && uri.authority().is_some());
        let uri = uri.ok_or_else(|| setting.invalid("a URL, such as http://169.254.169.254"))?;
        return Ok(uri.to_string());
    }
    let Some(mode) = sources.find(&[MODE.0], MODE.1) else { return Ok(IPV4_ENDPOINT.to_owned()) };
    match mode.value.to_ascii_lowercase().as_str() {
        "ipv4" => Ok(IPV4_ENDPOINT.to_owned()),
        "ipv6" => Ok(IPV6_ENDPOINT.to_owned()),
        _ => Err(mode.invalid("IPv4 or IPv6")),
    }
}

/// The text of the last cause. The errors around it add no information.
fn innermost(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}
