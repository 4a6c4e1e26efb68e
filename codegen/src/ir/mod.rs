//! The Rust world: what is to be written, decided to the last name.
//!
//! Nothing here knows Smithy or JSON, and nothing here is a token. `lower` makes these values,
//! `emit` prints them; every question of presence, direction, naming and collision has been
//! answered before a value of this file exists.

mod choice;
pub mod endpoint;
mod literal;
mod pages;
pub mod value;
pub mod waiter;

use crate::names::Ident;

pub use choice::{Enum, IntEnum, Union, UnionVariant, Variant};
pub use literal::{Document, Literal};
pub use pages::{Items, Pages, Step};
pub use waiter::Waiter;

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

/// Rustdoc of an item, without comment marks: one string a paragraph, Markdown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// The paragraphs; the first one is the summary line.
    pub paragraphs: Vec<String>,
    /// Why the item is deprecated, where it is; the text may be empty.
    pub deprecated: Option<String>,
}

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
    pub example: Option<value::Built>,
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

/// Where a structure goes, which decides what an absent member means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Only sent: required members are the compiler's business and serde's.
    Sent,
    /// Only received: an absent list is empty, an absent required member is corrected.
    Received,
    /// Sent and received: built like what is sent, read as leniently as what is received.
    Both,
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The Rust name.
    pub name: Ident,
    /// The file's and module's name, `put_image_request`.
    pub module: Ident,
    /// The model's name.
    pub wire: String,
    /// Where it goes.
    pub direction: Direction,
    /// The members, in the model's order.
    pub fields: Vec<Field>,
    /// What it is.
    pub docs: Docs,
}

/// A member of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// The field and its setter.
    pub name: Ident,
    /// The member's name in the model.
    pub member: String,
    /// The member's name on the wire.
    pub wire: String,
    /// The type without its presence.
    pub ty: Type,
    /// Whether it may be absent, and what stands for it then.
    pub presence: Presence,
    /// Whether the value never prints.
    pub sensitive: bool,
    /// What is checked before the value is sent; `None` where nothing is, at any depth, and where
    /// the structure is never sent.
    pub checks: Option<Rules>,
    /// The rules for its value in a few words, without a full stop, for lists of members; `docs` has
    /// them in full.
    pub rules: String,
    /// What it is, the rules included.
    pub docs: Docs,
}

/// Whether a member may be absent.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// Always there: `T`, a parameter of `new`.
    Required,
    /// Always there once it was received: `T`, the correction value where the wire has none.
    Corrected,
    /// `Option<T>`
    Optional,
    /// `Option<T>` in an operation's request: an idempotency token, filled in when it is absent.
    Filled,
    /// `T`, and this value where nobody says otherwise.
    Defaulted(Literal),
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `String`
    String,
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f32`, with `NaN` and the infinities as strings on the wire
    F32,
    /// `f64`, with `NaN` and the infinities as strings on the wire
    F64,
    /// The runtime's `Blob`
    Blob,
    /// The runtime's `Timestamp`, in that form on the wire
    Timestamp(TimestampFormat),
    /// The runtime's `Document`: any JSON
    Document,
    /// `Vec<T>`, or `Vec<Option<T>>` where it is sparse
    List {
        /// The element.
        element: Box<Type>,
        /// Whether elements may be null.
        sparse: bool,
    },
    /// `BTreeMap<K, V>`, or `BTreeMap<K, Option<V>>` where it is sparse
    Map {
        /// The key: `String` or an enum.
        key: Box<Type>,
        /// The value.
        value: Box<Type>,
        /// Whether values may be null.
        sparse: bool,
    },
    /// A structure in the `types` module.
    Struct(Ident),
    /// A union in the `types` module.
    Union(Ident),
    /// An enum of strings in the `types` module.
    Enum(Ident),
    /// An enum of whole numbers in the `types` module.
    IntEnum(Ident),
    /// `Box<T>`: breaks a recursion.
    Boxed(Box<Type>),
}

/// How a timestamp is written; it is read in all of these forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `1577882096.5`
    EpochSeconds,
    /// `2020-01-01T12:34:56.5Z`
    DateTime,
    /// `Wed, 01 Jan 2020 12:34:56 GMT`
    HttpDate,
}

/// What the model demands of a value beyond its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Characters of a string, bytes of a blob, elements of a list, entries of a map.
    pub length: Option<Bounds>,
    /// The least and greatest number.
    pub range: Option<Bounds>,
    /// The regular expression a string must match somewhere, as the model has it.
    pub pattern: Option<String>,
    /// Whether no element may come twice.
    pub unique: bool,
}

/// A lower and an upper bound, both inclusive, as the model writes them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The least.
    pub min: Option<String>,
    /// The greatest.
    pub max: Option<String>,
}

/// What is checked of a value before it is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Characters of a string, bytes of a blob, elements of a list, entries of a map.
    pub length: Option<Limits<u64>>,
    /// The least and greatest whole number.
    pub range: Option<Limits<i128>>,
    /// The least and greatest number of a type with fractions.
    pub float_range: Option<Limits<f64>>,
    /// Whether no element of a list may come twice.
    pub unique: bool,
    /// The rules for each element of a list or value of a map.
    pub each: Option<Box<Rules>>,
    /// The rules for each key of a map.
    pub key: Option<Box<Rules>>,
}

impl Rules {
    /// Whether there is none, neither for the value nor for what is in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A lower and an upper bound, both inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits<T> {
    /// The least.
    pub min: Option<T>,
    /// The greatest.
    pub max: Option<T>,
}
