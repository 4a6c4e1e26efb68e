//! Defines a service, which becomes one client.

use super::{Docs, Enum, ErrorEnum, Exception, IntEnum, Operation, Struct, Union, endpoint};
use crate::names::Ident;

/// One client: a module of the generated crate.
#[derive(Clone, Debug)]
pub struct Service {
    /// The module, `ecr_public`.
    pub module: Ident,
    /// The full name, `Amazon Elastic Container Registry Public`.
    pub title: String,
    /// The SDK id, `ECR PUBLIC`, which determines the names of environment variables.
    pub sdk_id: String,
    /// The API version, `2020-10-30`.
    pub version: String,
    /// The part of a regional host before the first dot, `api.ecr-public`.
    pub endpoint_prefix: String,
    /// The service in the credential scope of SigV4, `ecr-public`.
    pub signing_name: String,
    /// The part of `X-Amz-Target` before the dot, such as `SpencerFrontendService`; `None` if the
    /// protocol does not send the header.
    pub target_prefix: Option<String>,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether errors have codes of the query protocol, which the service used in the past.
    pub query_compatible: bool,
    /// The endpoint rules; `None` if the model has none.
    pub endpoint_rules: Option<endpoint::Rules>,
    /// The documentation of the service; empty if the model has no prose.
    pub docs: Docs,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// The exceptions of all operations.
    pub error: ErrorEnum,
    /// Every type that is not the request, the response or the error of one operation.
    pub types: TypeDefinitions,
}

/// Every type that is not the request, the response or the error of one operation.
#[derive(Clone, Debug, Default)]
pub struct TypeDefinitions {
    /// Structures, by name.
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

/// The protocols for which clients can be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// `application/x-amz-json-1.0`
    AwsJson10,
    /// `application/x-amz-json-1.1`
    AwsJson11,
    /// restJson1
    RestJson1,
    /// awsQuery
    AwsQuery,
}

impl Service {
    /// The documentation of every item: the service, its operations, and all types with their members.
    pub fn all_docs(&self) -> impl Iterator<Item = &Docs> {
        let operations = self.operations.iter().flat_map(|operation| {
            let structs = std::iter::once(&operation.request).chain(&operation.response);
            std::iter::once(&operation.docs).chain(structs.flat_map(Struct::all_docs))
        });
        std::iter::once(&self.docs).chain(operations).chain(self.types.all_docs())
    }

    /// Returns true if any item of the service is deprecated.
    pub fn has_deprecations(&self) -> bool {
        let mut waiters = self.operations.iter().flat_map(|operation| &operation.waiters);
        waiters.any(|waiter| waiter.deprecated)
            || self.all_docs().any(|docs| docs.deprecated.is_some())
    }
}

impl TypeDefinitions {
    /// Returns true if the service has no module `types`.
    pub fn is_empty(&self) -> bool {
        let enums = self.enums.is_empty() && self.int_enums.is_empty();
        self.structs.is_empty() && self.unions.is_empty() && enums
    }

    fn all_docs(&self) -> impl Iterator<Item = &Docs> {
        let exceptions = self.exceptions.iter().map(|exception| &exception.shape);
        let structs = self.structs.iter().chain(exceptions).flat_map(Struct::all_docs);
        let unions = self.unions.iter().flat_map(Union::all_docs);
        let enums = self.enums.iter().flat_map(Enum::all_docs);
        structs.chain(unions).chain(enums).chain(self.int_enums.iter().flat_map(Enum::all_docs))
    }
}
