//! What an operation is: a request that knows its service, its answer and its errors.
//!
//! Nothing here sends anything; [`Client`](crate::Client) does.

use crate::{OperationError, Structure};

/// An operation, implemented on its request, so that code over any operation can be written.
pub trait Operation: Structure + Send + Sync + 'static {
    /// The operation's name in the model, `PutImage`.
    const NAME: &'static str;
    /// The service it belongs to.
    const SERVICE: &'static Service;
    /// What an answer of success holds; `()` where the operation answers nothing.
    type Output: Structure + Send;
    /// The exceptions the operation lists.
    type Error: OperationError;
}

/// The facts of a service that a call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
