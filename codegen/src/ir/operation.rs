//! An operation: request, response, errors, and how it is sent.

use super::{Docs, Pages, Struct, Waiter, endpoint, value};
use crate::names::Ident;

/// One operation with the file it gets.
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
    /// Whether the operation takes an input at all; where not, its method takes no argument.
    pub takes_input: bool,
    /// The response; `None` where the operation answers nothing.
    pub response: Option<Struct>,
    /// The error enum.
    pub error: OperationError,
    /// What stands before the host.
    pub host_prefix: Option<HostPrefix>,
    /// Whether it is sent with a signature.
    pub signed: bool,
    /// Whether a long request is compressed.
    pub compression: bool,
    /// What it has for the endpoint rules, most specific first.
    pub endpoint_context: Vec<endpoint::Binding>,
    /// How it is paged through, where it answers in pages.
    pub pages: Option<Pages>,
    /// What can be waited for by calling it.
    pub waiters: Vec<Waiter>,
    /// A request as somebody might write it; `None` where none can be made.
    pub example: Option<value::StructureValue>,
    /// Where the public API reference describes it.
    pub reference: String,
    /// What it does.
    pub docs: Docs,
}

/// What an operation puts before its host.
#[derive(Clone, Debug)]
pub struct HostPrefix {
    /// The text, `foo.{label}.`
    pub template: String,
    /// The names in braces, each with the field of the request that stands for it.
    pub labels: Vec<(String, Ident)>,
}

/// The error enum of an operation.
#[derive(Clone, Debug)]
pub struct OperationError {
    /// `PutImageError`
    pub name: Ident,
    /// Its exceptions, in the model's order.
    pub variants: Vec<ErrorVariant>,
    /// The variant for what the model does not list.
    pub unmodelled: Ident,
}

/// An exception an operation lists.
#[derive(Clone, Debug)]
pub struct ErrorVariant {
    /// The variant.
    pub name: Ident,
    /// The exception structure, in the exception module.
    pub exception: Ident,
    /// The code on the wire.
    pub code: String,
    /// Other codes it is known by.
    pub aliases: Vec<String>,
    /// The first sentence of the exception's documentation; may be empty.
    pub summary: String,
    /// Whether the same call may succeed later, where the model says so.
    pub retry: Option<Retry>,
    /// Whether the exception's message is a secret.
    pub secret: bool,
}

/// Why a call may succeed when it is made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The error passes by itself.
    Retryable,
    /// There were too many requests.
    Throttling,
}

/// An exception: a structure that is also an error.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Its members.
    pub shape: Struct,
    /// The code on the wire.
    pub code: String,
    /// The HTTP status it comes with.
    pub status: u16,
    /// The member that holds the message, where there is one that may be shown.
    pub message: Option<Ident>,
}
