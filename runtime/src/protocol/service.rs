//! The constant that describes a service.

use crate::protocol::protocol::Protocol;
use crate::{Endpoint, EndpointError, EndpointParameters, EndpointRules};

/// The properties of a service that calls depend on.
///
/// A constant is built with [`new`](Service::new) and one method per property, so that adding a
/// property is not a breaking change:
///
/// ```
/// use longshore_runtime::{Protocol, Service};
///
/// const SERVICE: Service = Service::new("ECR PUBLIC")
///     .name("Amazon Elastic Container Registry Public")
///     .api_version("2020-10-30")
///     .endpoint_prefix("api.ecr-public")
///     .signing_name("ecr-public")
///     .target_prefix("SpencerFrontendService")
///     .protocol(Protocol::AWS_JSON_1_1);
/// assert_eq!(SERVICE.signing_name, "ecr-public");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// The SDK id, for example `ECR PUBLIC`. The names of environment variables are derived from
    /// it.
    pub id: &'static str,
    /// The full name, for example `Amazon Elastic Container Registry Public`.
    pub name: &'static str,
    /// The version of the API, for example `2020-10-30`.
    pub api_version: &'static str,
    /// The part of a host name before the region, for example `api.ecr-public`.
    pub endpoint_prefix: &'static str,
    /// The name of the service in signatures, for example `ecr-public`.
    pub signing_name: &'static str,
    /// The part of the `X-Amz-Target` header before the operation.
    pub target_prefix: &'static str,
    /// The protocol.
    pub protocol: Protocol,
    /// The endpoint rules. Without rules, requests go to the regional host of the service.
    pub endpoint_rules: Option<EndpointRules>,
    /// True if error responses have the error codes of the query protocol, which the service
    /// previously used (the trait `awsQueryCompatible`). A header of each request requests these
    /// codes.
    pub query_compatible: bool,
}

impl Service {
    /// Creates a service with this SDK id and the protocol awsJson 1.1. All other names are empty.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            name: "",
            api_version: "",
            endpoint_prefix: "",
            signing_name: "",
            target_prefix: "",
            protocol: Protocol::AWS_JSON_1_1,
            endpoint_rules: None,
            query_compatible: false,
        }
    }

    /// Sets the full name.
    #[must_use]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Sets the version of the API.
    #[must_use]
    pub const fn api_version(mut self, api_version: &'static str) -> Self {
        self.api_version = api_version;
        self
    }

    /// Sets the part of a host name before the region.
    #[must_use]
    pub const fn endpoint_prefix(mut self, endpoint_prefix: &'static str) -> Self {
        self.endpoint_prefix = endpoint_prefix;
        self
    }

    /// Sets the name of the service in signatures.
    #[must_use]
    pub const fn signing_name(mut self, signing_name: &'static str) -> Self {
        self.signing_name = signing_name;
        self
    }

    /// Sets the part of the `X-Amz-Target` header before the operation.
    #[must_use]
    pub const fn target_prefix(mut self, target_prefix: &'static str) -> Self {
        self.target_prefix = target_prefix;
        self
    }

    /// Sets the protocol.
    #[must_use]
    pub const fn protocol(mut self, protocol: Protocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// Sets the endpoint rules.
    #[must_use]
    pub const fn endpoint_rules(mut self, rules: EndpointRules) -> Self {
        self.endpoint_rules = Some(rules);
        self
    }

    /// Requests the error codes of the query protocol.
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.query_compatible = true;
        self
    }

    /// Evaluates the endpoint rules of the service for these parameters, without a configuration or
    /// a call.
    ///
    /// # Errors
    /// Returns the error of the matching rule, or an error if no rule matches or the service has no
    /// rules.
    pub fn resolve_endpoint(
        &self,
        parameters: &EndpointParameters<'_>,
    ) -> Result<Endpoint, EndpointError> {
        let rules = self.endpoint_rules.as_ref();
        rules.ok_or(EndpointError::no_rule())?.resolve(parameters)
    }
}
