//! A waiter, and the expressions with which it looks at answers.

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
    /// What the model says of it: paragraphs of Markdown.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The least and the most seconds between two calls.
    pub seconds: (u32, u32),
    /// What answers mean; the first that matches counts.
    pub acceptors: Vec<Acceptor>,
}

/// What an answer means.
#[derive(Clone, Debug)]
pub struct Acceptor {
    /// What it means.
    pub state: State,
    /// Which answer.
    pub matcher: Matcher,
}

/// What an answer means to a waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is what is waited for.
    Success,
    /// What is waited for will not come.
    Failure,
    /// There is to be another call.
    Retry,
}

/// Which answers an acceptor is about.
#[derive(Clone, Debug)]
pub enum Matcher {
    /// Any success, or any error.
    Success(bool),
    /// The error of this code.
    ErrorType(String),
    /// A success with something in it.
    Output(PathCheck),
    /// A success with something in it or in its request.
    InputOutput(PathCheck),
}

/// What must be found where.
#[derive(Clone, Debug)]
pub struct PathCheck {
    /// The path as the model has it.
    pub text: String,
    /// The path.
    pub path: Path,
    /// What must be there.
    pub test: Test,
}

/// What must be found behind a path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "the names of Smithy's comparators")]
pub enum Test {
    /// This string.
    StringEquals(String),
    /// This truth value.
    BooleanEquals(bool),
    /// A list of this string and nothing else.
    AllStringEquals(String),
    /// A list with this string in it.
    AnyStringEquals(String),
}

/// An expression of JMESPath, evaluated on a current value. The runtime has the same.
#[derive(Clone, Debug, PartialEq)]
pub enum Path {
    /// The current value.
    Current,
    /// A member of a member, by wire names.
    Fields(Vec<String>),
    /// An element.
    Index(i64),
    /// A value, as the text that stands for it on the wire.
    Literal(String),
    /// The second with the first as its current value.
    Then(Box<Path>, Box<Path>),
    /// The second for each element of the first.
    Each(Box<Path>, Box<Path>),
    /// The second for each value of the object that the first is.
    Values(Box<Path>, Box<Path>),
    /// The third for each element of the first for which the second is true.
    Filter(Box<Path>, Box<Path>, Box<Path>),
    /// The list with the lists in it dissolved.
    Flatten(Box<Path>),
    /// A comparison.
    Compare(Box<Path>, Comparison, Box<Path>),
    /// The right one where the left one is true.
    And(Box<Path>, Box<Path>),
    /// The right one where the left one is not true.
    Or(Box<Path>, Box<Path>),
    /// The opposite.
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

/// The functions there is code for.
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
