//! Defines a waiter, and the expressions it evaluates on responses.

use crate::names::Ident;

/// A waiter of an operation.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// The model's name, `ImageScanComplete`.
    pub name: String,
    /// The client's method, `wait_until_image_scan_complete`.
    pub method: Ident,
    /// The constant of the request, `IMAGE_SCAN_COMPLETE`.
    pub constant: Ident,
    /// The model's documentation: paragraphs of Markdown.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The minimum and maximum delay between calls, in seconds.
    pub seconds: (u32, u32),
    /// The acceptors; the first one that matches applies.
    pub acceptors: Vec<Acceptor>,
}

/// An acceptor: the meaning of some responses.
#[derive(Clone, Debug)]
pub struct Acceptor {
    /// Its meaning.
    pub state: State,
    /// The responses it applies to.
    pub matcher: Matcher,
}

/// The meaning of a response to a waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The waiter has succeeded.
    Success,
    /// The waiter has failed.
    Failure,
    /// Another call must be made.
    Retry,
}

/// The responses that an acceptor applies to.
#[derive(Clone, Debug)]
pub enum Matcher {
    /// Any success, or any error.
    Success(bool),
    /// The error with this code.
    ErrorType(String),
    /// A success whose response passes the test.
    Output(PathCheck),
    /// A success whose request and response pass the test.
    InputOutput(PathCheck),
}

/// A test of a value at a path.
#[derive(Clone, Debug)]
pub struct PathCheck {
    /// The path as written in the model.
    pub text: String,
    /// The path.
    pub path: Path,
    /// The test.
    pub test: Test,
}

/// The test of the value at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "the names of Smithy's comparators")]
pub enum Test {
    /// This string.
    StringEquals(String),
    /// This boolean.
    BooleanEquals(bool),
    /// A list in which every element is this string.
    AllStringEquals(String),
    /// A list that contains this string.
    AnyStringEquals(String),
}

/// A JMESPath expression, evaluated on a current value. The runtime has the same type.
#[derive(Clone, Debug, PartialEq)]
pub enum Path {
    /// The current value.
    Current,
    /// A nested member, by wire names.
    Fields(Vec<String>),
    /// An element.
    Index(i64),
    /// A value, as its JSON text.
    Literal(String),
    /// The second path, applied to the result of the first.
    Then(Box<Path>, Box<Path>),
    /// The second path, applied to each element of the first.
    Each(Box<Path>, Box<Path>),
    /// The second path, applied to each value of the object at the first.
    Values(Box<Path>, Box<Path>),
    /// The third path, applied to each element of the first for which the second is true.
    Filter(Box<Path>, Box<Path>, Box<Path>),
    /// The list with nested lists flattened.
    Flatten(Box<Path>),
    /// A comparison.
    Compare(Box<Path>, Comparison, Box<Path>),
    /// Logical AND: the right value if the left one is true, or else the left one.
    And(Box<Path>, Box<Path>),
    /// Logical OR: the left value if it is true, or else the right one.
    Or(Box<Path>, Box<Path>),
    /// Negation.
    Not(Box<Path>),
    /// A function.
    Call(Function, Vec<Path>),
    /// A list of expressions.
    List(Vec<Path>),
    /// An object of expressions.
    Object(Vec<(String, Path)>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// The supported functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `contains`
    Contains,
    /// `ends_with`
    EndsWith,
    /// `keys`
    Keys,
    /// `length`
    Length,
    /// `not_null`
    NotNull,
    /// `starts_with`
    StartsWith,
    /// `values`
    Values,
}
