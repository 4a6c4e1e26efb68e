//! What a configuration takes from variables and profile files: all of it together, so that loading
//! again replaces it as a whole.
//!
//! What the code has set is not looked at elsewhere, so a value there that cannot be is no error.

use crate::config::network::Network;
use crate::config::request_settings::RequestSettings;
use crate::credentials::credentials;
use crate::load::retry_load;
use crate::providers::chain::Plan;
use crate::settings::profile::Profile;
use crate::settings::region::Region;
use crate::settings::setting::Sources;
use crate::{ConfigError, RetryConfig};

#[cfg(feature = "aws-config")]
use crate::providers::instance::InstanceSettings;

/// Settings from outside of the code.
#[derive(Clone)]
pub(crate) struct Loaded {
    pub(crate) region: Option<Region>,
    /// Where the region was looked for.
    pub(crate) region_asked: String,
    pub(crate) use_fips: Option<bool>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) retry: Option<RetryConfig>,
    pub(crate) requests: RequestSettings,
    pub(crate) network: Network,
    pub(crate) plan: Plan,
    #[cfg(feature = "aws-config")]
    pub(crate) instance: InstanceSettings,
}

/// Which settings the code has made.
pub(crate) struct InCode {
    pub(crate) region: bool,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
    pub(crate) retry: bool,
    pub(crate) requests: RequestSettings,
}

impl Loaded {
    pub(crate) fn new(
        sources: &Sources<'_>,
        code: &InCode,
        network: Network,
    ) -> Result<Self, ConfigError> {
        let switch = |in_code, variable, property| {
            if in_code { Ok(None) } else { sources.switch(variable, property) }
        };
        let dual_stack = ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        Ok(Self {
            region: if code.region { None } else { Region::load(sources) },
            region_asked: region_asked(sources.profile),
            use_fips: switch(code.use_fips, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?,
            use_dual_stack: switch(code.use_dual_stack, dual_stack.0, dual_stack.1)?,
            retry: if code.retry { None } else { Some(retry_load::load(sources)?) },
            requests: RequestSettings::load(sources, &code.requests)?,
            network,
            plan: plan(sources),
            #[cfg(feature = "aws-config")]
            instance: InstanceSettings::load(sources)?,
        })
    }
}

fn region_asked(profile: &Profile) -> String {
    format!(
        "the configuration in code, the variables AWS_REGION and AWS_DEFAULT_REGION, {} in {}",
        profile.shown(),
        profile.asked
    )
}

fn plan(sources: &Sources<'_>) -> Plan {
    let mut profile = sources.profile.clone();
    // Only what follows references needs the rest of the files, which may hold other secrets.
    if credentials::elsewhere(&profile).is_none() {
        profile.files.clear();
    }
    Plan { environment: sources.environment.only("AWS_"), profile }
}
