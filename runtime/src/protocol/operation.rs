//! What an operation is: a request that knows its service, its answer and its errors.
//!
//! Nothing here sends anything; [`Client`](crate::Client) does.

use std::fmt::Debug;

use serde_core::{Deserialize, Serialize};

use crate::{
    Compression, Endpoint, EndpointContext, EndpointError, EndpointParameters, EndpointRules,
    OperationError, Structure,
};

/// An operation, implemented on its request, so that code over any operation can be written.
///
/// A request can be printed, copied, handed to another task, written down and read back without
/// knowing more of it than this.
pub trait Operation:
    Structure + Serialize + for<'de> Deserialize<'de> + Debug + Clone + Send + Sync + 'static
{
    /// The operation's name in the model, `PutImage`.
    const NAME: &'static str;
    /// The service it belongs to.
    const SERVICE: &'static Service;
    /// What an answer of success holds; `()` where the operation answers nothing.
    type Output: Structure + Debug + Send + Sync + 'static;
    /// The exceptions the operation lists.
    type Error: OperationError;

    /// What stands before the host in the URL of the operation's requests: `foo.{label}.`, in which a
    /// member of the request stands for each name in braces. Nothing is put before the host where
    /// the configuration says so.
    const HOST_PREFIX: Option<&'static str> = None;
    /// Whether requests are signed. Those that are not need no credentials.
    const SIGNED: bool = true;
    /// How bodies are encoded that are long enough for it to be worth it; from which length that is,
    /// the configuration says.
    const COMPRESSION: Option<Compression> = None;

    /// The value of the member `name`, which is one of those in [`HOST_PREFIX`](Self::HOST_PREFIX).
    fn host_label(&self, name: &str) -> Option<&str> {
        let _ = name;
        None
    }

    /// What the operation and this request have to say to the endpoint rules of the service.
    fn endpoint_context(&self) -> EndpointContext<'_> {
        EndpointContext::new()
    }

    /// The request with what `token` makes as its idempotency token; `None` where it has one already,
    /// or the operation takes none. A call fills in a new UUID, the same one for all of its attempts.
    fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
        let _ = token;
        None
    }
}

/// The facts of a service that a call needs.
///
/// A constant of it is written with [`new`](Service::new) and a method for each other fact, so that
/// facts can be added later:
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
///     .protocol(Protocol::AwsJson11);
/// assert_eq!(SERVICE.signing_name, "ecr-public");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// The SDK id, `ECR PUBLIC`, from which the names of environment variables are made.
    pub id: &'static str,
    /// The full name, `Amazon Elastic Container Registry Public`.
    pub name: &'static str,
    /// The version of the API, `2020-10-30`.
    pub api_version: &'static str,
    /// What stands before the region in a host name, `api.ecr-public`.
    pub endpoint_prefix: &'static str,
    /// The service's name in a signature, `ecr-public`.
    pub signing_name: &'static str,
    /// What stands before the operation in `X-Amz-Target`.
    pub target_prefix: &'static str,
    /// How requests and answers are written.
    pub protocol: Protocol,
    /// Where requests go; without rules it is the regional host of the service.
    pub endpoint_rules: Option<EndpointRules>,
    /// Whether errors have the codes by which they were known when the service spoke the query
    /// protocol, which its requests ask for then (awsQueryCompatible).
    pub query_compatible: bool,
}

impl Service {
    /// A service of this SDK id that speaks awsJson 1.1; all other names are empty.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            name: "",
            api_version: "",
            endpoint_prefix: "",
            signing_name: "",
            target_prefix: "",
            protocol: Protocol::AwsJson11,
            endpoint_rules: None,
            query_compatible: false,
        }
    }

    /// With this full name.
    #[must_use]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// With this version of the API.
    #[must_use]
    pub const fn api_version(mut self, api_version: &'static str) -> Self {
        self.api_version = api_version;
        self
    }

    /// With this before the region in a host name.
    #[must_use]
    pub const fn endpoint_prefix(mut self, endpoint_prefix: &'static str) -> Self {
        self.endpoint_prefix = endpoint_prefix;
        self
    }

    /// With this name in a signature.
    #[must_use]
    pub const fn signing_name(mut self, signing_name: &'static str) -> Self {
        self.signing_name = signing_name;
        self
    }

    /// With this before the operation in `X-Amz-Target`.
    #[must_use]
    pub const fn target_prefix(mut self, target_prefix: &'static str) -> Self {
        self.target_prefix = target_prefix;
        self
    }

    /// With this protocol.
    #[must_use]
    pub const fn protocol(mut self, protocol: Protocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// With these endpoint rules.
    #[must_use]
    pub const fn endpoint_rules(mut self, rules: EndpointRules) -> Self {
        self.endpoint_rules = Some(rules);
        self
    }

    /// With the error codes of the query protocol.
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.query_compatible = true;
        self
    }

    /// The endpoint that the rules of the service give for these parameters, without a
    /// configuration or a call.
    ///
    /// # Errors
    /// What the rules answer where there is no endpoint, and a service without rules.
    pub fn resolve_endpoint(
        &self,
        parameters: &EndpointParameters<'_>,
    ) -> Result<Endpoint, EndpointError> {
        let rules = self.endpoint_rules.as_ref();
        rules.ok_or(EndpointError::no_rule())?.resolve(parameters)
    }
}

/// The awsJson protocols, which differ in their content type only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Protocol {
    /// awsJson 1.0
    AwsJson10,
    /// awsJson 1.1
    AwsJson11,
}

impl Protocol {
    /// The content type of a request, exactly.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::AwsJson10 => "application/x-amz-json-1.0",
            Self::AwsJson11 => "application/x-amz-json-1.1",
        }
    }
}
