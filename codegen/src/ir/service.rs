//! A service: one client.

use super::{Docs, Enum, Exception, IntEnum, Operation, Struct, Union, endpoint};
use crate::names::Ident;

/// One client: a module of the generated crate.
#[derive(Clone, Debug)]
pub struct Service {
    /// The module, `ecr_public`.
    pub module: Ident,
    /// The full name, `Amazon Elastic Container Registry Public`.
    pub title: String,
    /// The SDK id, `ECR PUBLIC`, from which environment variables are named.
    pub sdk_id: String,
    /// The API version, `2020-10-30`.
    pub version: String,
    /// What stands before the first dot of a regional host, `api.ecr-public`.
    pub endpoint_prefix: String,
    /// The service in the credential scope of SigV4, `ecr-public`.
    pub signing_name: String,
    /// What stands before the dot in `X-Amz-Target`, `SpencerFrontendService`.
    pub target_prefix: String,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether errors have the codes of the query protocol, which the service spoke before.
    pub query_compatible: bool,
    /// Where requests go; `None` where the model does not say.
    pub endpoint_rules: Option<endpoint::Rules>,
    /// What the service is, as rustdoc lines; empty where the model has no prose.
    pub docs: Docs,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// Structures that are no operation's own request or response, by name.
    pub structs: Vec<Struct>,
    /// Unions, by name.
    pub unions: Vec<Union>,
    /// Enums of strings, by name.
    pub enums: Vec<Enum>,
    /// Enums of whole numbers, by name.
    pub int_enums: Vec<IntEnum>,
    /// Exceptions, by name.
    pub exceptions: Vec<Exception>,
}

/// The two awsJson protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// `application/x-amz-json-1.0`
    AwsJson10,
    /// `application/x-amz-json-1.1`
    AwsJson11,
}

impl Service {
    /// Whether the service has no module of types.
    pub fn has_no_types(&self) -> bool {
        let enums = self.enums.is_empty() && self.int_enums.is_empty();
        self.structs.is_empty() && self.unions.is_empty() && enums
    }

    /// Whether anything of the service is deprecated.
    pub fn has_deprecations(&self) -> bool {
        let operations = self.operations.iter();
        let mut structs = operations
            .flat_map(|operation| std::iter::once(&operation.request).chain(&operation.response))
            .chain(&self.structs)
            .chain(self.exceptions.iter().map(|exception| &exception.shape));
        let deprecated = |docs: &Docs| docs.deprecated.is_some();
        let waits = |operation: &Operation| operation.waiters.iter().any(|w| w.deprecated);
        self.operations.iter().any(|operation| deprecated(&operation.docs) || waits(operation))
            || structs.any(|shape| {
                deprecated(&shape.docs) || shape.fields.iter().any(|field| deprecated(&field.docs))
            })
            || self.unions.iter().any(|shape| {
                deprecated(&shape.docs) || shape.variants.iter().any(|v| deprecated(&v.docs))
            })
            || self.int_enums.iter().any(|shape| {
                deprecated(&shape.docs) || shape.variants.iter().any(|v| deprecated(&v.docs))
            })
            || self.enums.iter().any(|shape| {
                deprecated(&shape.docs) || shape.variants.iter().any(|v| deprecated(&v.docs))
            })
    }
}
