//! The trait of operations, which generated code implements for request types.
//!
//! [`Client`](crate::Client) sends the requests.

use std::fmt::Debug;

use serde_core::{Deserialize, Serialize};

use crate::protocol::aws_json::{self, AwsJson};
use crate::protocol::checksum::Checksum;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::framing::Framing;
use crate::protocol::json;
use crate::protocol::wire::{EncodeError, WireRequest, WireResponse};
use crate::{EndpointContext, OperationError, Service, Structure};

/// An operation of a service. The trait is implemented by the request type, so generic code can
/// handle any operation.
///
/// Every request can be printed, cloned, sent to another thread, serialized and deserialized.
pub trait Operation:
    Structure + Serialize + for<'de> Deserialize<'de> + Debug + Clone + Send + Sync + 'static
{
    /// The name of the operation in the model, for example `PutImage`.
    const NAME: &'static str;
    /// The service of the operation.
    const SERVICE: &'static Service;
    /// The result of a successful call, or `()` if the operation has no output.
    type Output: Structure + Debug + Send + Sync + 'static;
    /// The error enum of the operation.
    type Error: OperationError;

    /// A prefix of the host name of requests, for example `foo.{label}.`. Names in braces are
    /// replaced by the values of these members of the request. A configuration can disable host
    /// prefixes.
    const HOST_PREFIX: Option<&'static str> = None;
    /// Whether requests are signed. Unsigned requests need no credentials.
    const SIGNED: bool = true;
    /// Whether the output contains secret members, at any depth. If so, an error shows no part of a
    /// body that is not JSON.
    const SECRET_OUTPUT: bool = false;
    /// The compression of request bodies. The configuration sets the minimum size from which bodies
    /// are compressed.
    const COMPRESSION: Option<Compression> = None;
    /// The checksum of request bodies that the service requires.
    const CHECKSUM: Option<Checksum> = None;

    /// How requests and responses are framed. The macro of the protocol that implements the methods
    /// below sets it as well.
    const FRAMING: Framing = Framing::AwsJson;

    /// Returns the value of a member that occurs in [`HOST_PREFIX`](Self::HOST_PREFIX).
    fn host_label(&self, name: &str) -> Option<&str> {
        let _ = name;
        None
    }

    /// Returns the endpoint parameters of the operation and this request.
    fn endpoint_context(&self) -> EndpointContext<'_> {
        EndpointContext::new()
    }

    /// Returns a copy of the request whose idempotency token is the result of `token`. Returns
    /// `None` if the request already has a token or the operation takes none. A call sets a new
    /// UUID, which all of its attempts share.
    fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
        let _ = token;
        None
    }

    /// Encodes the request. The default implementation uses awsJson.
    ///
    /// # Errors
    /// Returns an error if a value cannot be sent, for example an empty value in the path.
    fn encode(&self) -> Result<WireRequest, EncodeError> {
        aws_json::encode(self, Self::SERVICE, Self::NAME)
    }

    /// Decodes the output from a successful response. The default implementation uses awsJson.
    ///
    /// # Errors
    /// Returns an error that states where decoding stopped, and why.
    fn decode(response: &WireResponse<'_>) -> Result<Self::Output, DecodeProblem> {
        json::read(response.body)
    }

    /// Decodes the exception with this code from an error response. Returns `None` if the operation
    /// does not have the exception. The default implementation uses awsJson.
    #[must_use]
    fn decode_error(code: &str, response: &WireResponse<'_>) -> Option<Self::Error> {
        Self::Error::read::<AwsJson>(code, response)
    }
}

/// A compression algorithm for request bodies. The enum is empty without the feature `compression`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// gzip.
    #[cfg(feature = "compression")]
    Gzip,
}
