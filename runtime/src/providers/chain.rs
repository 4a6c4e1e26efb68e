//! Asks one place after the other for credentials, and says of each why it had none.
//!
//! Here is the order. What the places are is elsewhere: keys in `credentials`, and in `aws_chain`
//! what takes a request or another program.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};

use aws_credential_types::provider::{ProvideCredentials, future};

use crate::credentials::credentials::{self, Credentials, CredentialsError};
use crate::display::error_chain::texts;
use crate::providers::region_finder::RegionFinder;
use crate::settings::profile::{NamedBy, Profile};
use crate::{Environment, Transport};

/// What is known of the places when a configuration is loaded. Nothing of it is tried before the
/// first call.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) environment: Environment,
    pub(crate) profile: Profile,
}

/// How the places send their requests, and where to.
#[derive(Clone)]
#[cfg_attr(not(feature = "aws-config"), expect(dead_code, reason = "no place sends any"))]
pub(crate) struct Wiring {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) region: Arc<RegionFinder>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
    #[cfg(feature = "aws-config")]
    pub(crate) instance: crate::providers::instance::InstanceSettings,
}

/// The places, put together at the first call.
pub(crate) struct CredentialsChain {
    plan: Plan,
    wiring: Wiring,
    links: OnceLock<Vec<Link>>,
}

/// A place.
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) provider: Box<dyn ProvideCredentials>,
}

impl CredentialsChain {
    pub(crate) fn new(plan: Plan, wiring: Wiring) -> Self {
        Self { plan, wiring, links: OnceLock::new() }
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let mut asked = Vec::new();
        for Link { name, provider } in self.links.get_or_init(|| self.plan.links(&self.wiring)) {
            match provider.provide_credentials().await {
                Ok(credentials) => return Ok(credentials),
                Err(error @ CredentialsError::CredentialsNotLoaded(_)) => {
                    asked.push(format!("{name} ({})", causes(&error)));
                }
                // A place that is meant to have credentials and has none now: another one might
                // have those of somebody else.
                Err(error) => {
                    let source = Failed { name: name.clone(), error };
                    return Err(CredentialsError::provider_error(source));
                }
            }
        }
        Err(CredentialsError::not_loaded(format!("asked {}", asked.join(", "))))
    }
}

impl Plan {
    /// The places in their order. A profile that the code names goes before the variables and
    /// makes their keys irrelevant, because what is said in code counts before what is said outside.
    fn links(&self, wiring: &Wiring) -> Vec<Link> {
        let mut links = Vec::new();
        if self.profile.named_by != NamedBy::Code {
            let keys = credentials::in_environment(&self.environment);
            links.push(Link::new("the environment", keys));
        }
        let name = self.profile.shown();
        links.push(match credentials::elsewhere(&self.profile) {
            None => Link::new(name, credentials::in_profile(&self.profile)),
            Some(property) => self.profile_elsewhere(name, property, wiring),
        });
        links.extend(self.further(wiring));
        links
    }

    #[cfg(feature = "aws-config")]
    fn profile_elsewhere(&self, name: String, _: &'static str, wiring: &Wiring) -> Link {
        Link::new(name, crate::providers::aws_chain::profile(self, wiring))
    }

    #[cfg(feature = "aws-config")]
    fn further(&self, wiring: &Wiring) -> Vec<Link> {
        crate::providers::aws_chain::further(self, wiring)
    }

    #[cfg(not(feature = "aws-config"))]
    fn profile_elsewhere(&self, name: String, property: &'static str, _: &Wiring) -> Link {
        let place = self.profile.get(property).map(|found| found.place.to_string());
        let why = format!("{property} in {} {NEEDED}", place.unwrap_or_default());
        Link::new(name, credentials::Keys::Half(why))
    }

    /// Places that are told of in variables, which is no good without what can ask them.
    #[cfg(not(feature = "aws-config"))]
    fn further(&self, _: &Wiring) -> Vec<Link> {
        let names = [
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        ];
        let named = names.into_iter().find(|name| self.environment.get(name).is_some());
        vec![match named {
            Some(name) => {
                Link::new("the variables", credentials::Keys::Half(format!("{name} {NEEDED}")))
            }
            None => {
                let why = "only with the feature aws-config of longshore-runtime".to_owned();
                let name = "web identities, containers and instances";
                Link::new(name, credentials::Keys::Absent(why))
            }
        }]
    }
}

#[cfg(not(feature = "aws-config"))]
const NEEDED: &str = "needs the feature aws-config of longshore-runtime";

impl Link {
    pub(crate) fn new(
        name: impl Into<String>,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        Self { name: name.into(), provider: Box::new(provider) }
    }
}

/// The causes of an error in one line.
pub(crate) fn causes(error: &CredentialsError) -> String {
    let all = texts(error.source());
    if all.is_empty() { "has none".to_owned() } else { all.join(": ") }
}

impl ProvideCredentials for CredentialsChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.get())
    }
}

impl fmt::Debug for CredentialsChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsChain")
    }
}

/// A place that failed, by its name.
#[derive(Debug)]
struct Failed {
    name: String,
    error: CredentialsError,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Error for Failed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
