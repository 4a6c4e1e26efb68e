//! Defines an operation: request, response, errors, and how it is sent.

use super::{Docs, Http, Pages, Struct, Waiter, endpoint, value};
use crate::names::Ident;

/// An operation, which has a separate file.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The model's name, `PutImage`.
    pub name: String,
    /// The client's method, `put_image`.
    pub method: Ident,
    /// The file and module, `put_image`.
    pub module: Ident,
    /// The request.
    pub request: Struct,
    /// Whether the operation takes an input; if not, its method has no parameter.
    pub takes_input: bool,
    /// The response; `None` if the operation returns nothing.
    pub response: Option<Struct>,
    /// The error enum.
    pub error: ErrorEnum,
    /// How it is sent in a REST protocol.
    pub http: Option<Http>,
    /// The element around the result in awsQuery.
    pub result_wrapper: Option<String>,
    /// The prefix of the host.
    pub host_prefix: Option<HostPrefix>,
    /// Whether requests are signed.
    pub signed: bool,
    /// Whether large requests are compressed.
    pub compression: bool,
    /// Whether requests have a header with a checksum of the body.
    pub content_md5: bool,
    /// Whether the response has sensitive members, at any depth.
    pub secret_output: bool,
    /// The values that it provides for the endpoint rules, most specific first.
    pub endpoint_context: Vec<endpoint::Binding>,
    /// How it is paginated, if it is.
    pub pages: Option<Pages>,
    /// Its waiters.
    pub waiters: Vec<Waiter>,
    /// An example request; `None` if none can be made.
    pub example: Option<value::StructureValue>,
    /// The URL of its page in the public API reference.
    pub reference: String,
    /// Its documentation.
    pub docs: Docs,
}

/// The prefix that an operation adds to its host.
#[derive(Clone, Debug)]
pub struct HostPrefix {
    /// The text, `foo.{label}.`
    pub template: String,
    /// The labels in braces.
    pub labels: Vec<HostLabel>,
}

/// A label in the prefix of a host.
#[derive(Clone, Debug)]
pub struct HostLabel {
    /// The name in braces.
    pub name: String,
    /// The field of the request.
    pub field: Ident,
    /// Whether the field is an `Option`. The call fails if it is `None`.
    pub is_option: bool,
}

/// The error enum of an operation or of a service.
#[derive(Clone, Debug)]
pub struct ErrorEnum {
    /// `PutImageError` or `EcrError`
    pub name: Ident,
    /// Its exceptions: those of an operation in the model's order, those of a service by name.
    pub variants: Vec<ErrorVariant>,
    /// The variant for unknown errors.
    pub unmodeled: Ident,
}

/// An exception in an error enum.
#[derive(Clone, Debug)]
pub struct ErrorVariant {
    /// The variant.
    pub name: Ident,
    /// The exception structure, in the exception module.
    pub exception: Ident,
    /// The code on the wire.
    pub code: String,
    /// Alternative codes.
    pub aliases: Vec<String>,
    /// The first sentence of the exception's documentation; may be empty.
    pub summary: String,
    /// Whether the call may be retried, if the model states it.
    pub retry: Option<Retry>,
    /// Whether the exception's message is sensitive.
    pub secret: bool,
}

/// Why a call may succeed if it is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The error is transient.
    Retryable,
    /// The request was throttled.
    Throttling,
}

/// An exception: a structure that is also an error.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Its members.
    pub shape: Struct,
    /// The code on the wire.
    pub code: String,
    /// The HTTP status.
    pub status: u16,
    /// The member with the message, if there is one and it is not sensitive.
    pub message: Option<Ident>,
}
