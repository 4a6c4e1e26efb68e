//! Defines endpoint rules in which every reference is resolved, every type is known, and every
//! function is mapped to the runtime.

use super::PathStep;
use crate::names::Ident;

/// The endpoint rules of a service.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The parameters that the rules use, by name.
    pub parameters: Vec<Parameter>,
    /// The rules, in evaluation order.
    pub rules: Vec<Rule>,
    /// Whether operations or requests set parameters.
    pub per_request: bool,
    /// The model's test cases.
    pub cases: Vec<EndpointCase>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The variable that holds it.
    pub variable: Ident,
    /// Its name in the rules.
    pub name: String,
    /// The source of its value.
    pub source: Source,
    /// Its type.
    pub kind: ParameterType,
    /// Its default, and whether it may be unset.
    pub presence: ParameterPresence,
}

/// The source of a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the configuration.
    BuiltIn(BuiltIn),
    /// From the operation or its request, under the parameter's name.
    Context,
    /// From the operation or its request, or else from the configuration.
    Either(BuiltIn),
}

/// A parameter that the runtime sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    /// `AWS::Region`
    Region,
    /// `SDK::Endpoint`
    Endpoint,
    /// `AWS::UseFIPS`
    UseFips,
    /// `AWS::UseDualStack`
    UseDualStack,
    /// `AWS::STS::UseGlobalEndpoint`
    UseStsGlobalEndpoint,
    /// `AWS::Auth::AccountId`
    AccountId,
    /// `AWS::Auth::AccountIdEndpointMode`
    AccountIdEndpointMode,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// `&str`
    Text,
    /// `bool`
    Flag,
    /// `&[&str]`
    List,
}

/// Whether a parameter may be unset.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterPresence {
    /// It may be unset.
    Optional,
    /// It must be set.
    Required,
    /// It has this default.
    Defaulted(ParameterValue),
}

/// A literal value in the model.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// A string.
    Text(String),
    /// A boolean.
    Flag(bool),
    /// Strings.
    List(Vec<String>),
}

/// A rule: if all of its steps succeed, its result applies.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The conditions and the variables they assign.
    pub steps: Vec<RuleStep>,
    /// Its result.
    pub end: End,
}

/// A step of a rule.
#[derive(Clone, Debug)]
pub enum RuleStep {
    /// Continues if the condition is true.
    Test(Expr),
    /// Continues if the optional value is set, and assigns it to a variable.
    Bind(Ident, Expr),
    /// Assigns the value to a variable and continues.
    Let(Ident, Expr),
}

/// The result of a rule.
#[derive(Clone, Debug)]
pub enum End {
    /// The first of these rules that applies; it is an error if none does.
    Rules(Vec<Rule>),
    /// An endpoint.
    Endpoint(Box<Endpoint>),
    /// An error with this message.
    Error(Expr),
}

/// An endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The URL.
    pub url: Expr,
    /// The signing name, if it differs from the service's.
    pub signing_name: Option<Expr>,
    /// The signing region, if it differs from the client's.
    pub signing_region: Option<Expr>,
    /// Headers of the request.
    pub headers: Vec<(String, Expr)>,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A literal text.
    Text(String),
    /// A literal boolean.
    Flag(bool),
    /// A literal number.
    Number(usize),
    /// A text with values in it.
    Template(Vec<TemplatePart>),
    /// A parameter or variable.
    Variable(Ident),
    /// An attribute of a record: a method of the runtime's type.
    Attribute(Box<Expr>, &'static str),
    /// An element of a list, which may be absent.
    Element(Box<Expr>, usize),
    /// Equality of two values.
    Equal(Box<Expr>, Box<Expr>),
    /// True if the optional boolean is set and true.
    IsTrue(Box<Expr>),
    /// Negation.
    Not(Box<Expr>),
    /// True if the optional value is set.
    IsSet(Box<Expr>),
    /// A function of the runtime.
    Call(LibraryFunction, Vec<Expr>),
    /// The value wrapped in `Some`.
    Some(Box<Expr>),
    /// The first value if it is set, or else the second, which is also optional.
    Or(Box<Expr>, Box<Expr>),
    /// The first value if it is set, or else the second, which is not optional.
    OrElse(Box<Expr>, Box<Expr>),
    /// The second value if the first one is true, or else the third.
    Choice(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A value that depends on an optional one.
    IfSet(Box<IfSet>),
}

/// A value that is computed only if an optional value is set.
#[derive(Clone, Debug, PartialEq)]
pub struct IfSet {
    /// The variable that holds the optional value if it is set.
    pub variable: Ident,
    /// The optional value.
    pub value: Expr,
    /// The result if it is set.
    pub then: Expr,
    /// The type of the result.
    pub result: IfSetResult,
}

/// The type of [`IfSet::then`], and the result if the value is unset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfSetResult {
    /// A boolean. The result is false.
    Test,
    /// A value that is never unset. The result is unset.
    Value,
    /// An optional value. The result is unset.
    Optional,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplatePart {
    /// Literal text.
    Text(String),
    /// An interpolated value.
    Value(Expr),
}

/// A function of the runtime's standard library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LibraryFunction {
    /// `isValidHostLabel`
    IsValidHostLabel,
    /// `substring`
    Substring,
    /// `uriEncode`
    UriEncode,
    /// `parseURL`
    ParseUrl,
    /// `split`
    Split,
    /// `aws.partition`
    Partition,
    /// `aws.parseArn`
    ParseArn,
    /// `aws.isVirtualHostableS3Bucket`
    IsVirtualHostableS3Bucket,
}

/// A test case of the model.
#[derive(Clone, Debug)]
pub struct EndpointCase {
    /// The parameters that come from the configuration.
    pub built_ins: Vec<(BuiltIn, ParameterValue)>,
    /// The others, by name.
    pub context: Vec<(String, ParameterValue)>,
    /// The endpoint, with literals only; `None` if the rules return an error.
    pub expected: Option<Endpoint>,
}

/// A value that an operation has for the rules.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The parameter's name in the rules.
    pub parameter: String,
    /// The value.
    pub value: Bound,
}

/// The value bound to a parameter.
#[derive(Clone, Debug)]
pub enum Bound {
    /// A constant for all requests of the operation.
    Fixed(ParameterValue),
    /// A field of the request.
    Field {
        /// The field.
        field: Ident,
        /// Whether it is an `Option`.
        optional: bool,
        /// Its content.
        holds: Holds,
    },
    /// Strings in the request.
    Path {
        /// The steps from the request to the strings.
        steps: Vec<RequestStep>,
        /// Whether all strings are bound as a list, or only the first one.
        list: bool,
    },
}

/// A step from values in a request to the values in them.
#[derive(Clone, Debug)]
pub enum RequestStep {
    /// The value of a field, if it is set.
    Field(PathStep),
    /// The elements of a list.
    Elements,
    /// The keys of a map.
    Keys,
    /// The values at the end of each of these paths.
    EachOf(Vec<Vec<RequestStep>>),
}

/// The content of a field that is bound to a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A `String`.
    Text,
    /// An enum.
    Enum,
    /// A `bool`.
    Flag,
    /// A `Vec<String>`.
    Texts,
}

impl Rules {
    /// Returns true if the result depends on the account of a call.
    pub fn depend_on_account(&self) -> bool {
        self.parameters.iter().any(|parameter| match parameter.source {
            Source::BuiltIn(built_in) | Source::Either(built_in) => {
                matches!(built_in, BuiltIn::AccountId | BuiltIn::AccountIdEndpointMode)
            }
            Source::Context => false,
        })
    }
}

impl Expr {
    /// Returns true if the value is newly created, so that it must be stored while it is borrowed.
    pub fn is_owned(&self) -> bool {
        matches!(
            self,
            Self::Template(_) | Self::Call(LibraryFunction::UriEncode | LibraryFunction::Split, _)
        )
    }

    /// Returns true if the predicate holds for the expression or a part of it.
    pub fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self) || self.parts().into_iter().any(|part| part.any(is))
    }

    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Text(_) | Self::Flag(_) | Self::Number(_) | Self::Variable(_) => Vec::new(),
            Self::Template(parts) => {
                let value = |part| match part {
                    &TemplatePart::Text(_) => None,
                    TemplatePart::Value(value) => Some(value),
                };
                parts.iter().filter_map(value).collect()
            }
            Self::Attribute(inner, _)
            | Self::Element(inner, _)
            | Self::IsTrue(inner)
            | Self::Not(inner)
            | Self::IsSet(inner)
            | Self::Some(inner) => vec![inner],
            Self::Equal(a, b) | Self::Or(a, b) | Self::OrElse(a, b) => vec![a, b],
            Self::Call(_, arguments) => arguments.iter().collect(),
            Self::Choice(a, b, c) => vec![a, b, c],
            Self::IfSet(value) => vec![&value.value, &value.then],
        }
    }
}

impl RuleStep {
    /// The expression that it tests.
    pub fn expr(&self) -> &Expr {
        match self {
            Self::Test(expr) | Self::Bind(_, expr) | Self::Let(_, expr) => expr,
        }
    }
}

impl Rule {
    /// Returns true if the predicate holds for an expression of the rule or of nested rules.
    pub fn any(&self, is: &dyn Fn(&Expr) -> bool) -> bool {
        self.steps.iter().any(|step| step.expr().any(is)) || self.end.any(is)
    }

    /// Returns true if the rule uses the variable.
    pub fn mentions(&self, variable: &Ident) -> bool {
        self.any(&|expr| matches!(expr, Expr::Variable(name) if name == variable))
    }
}

impl End {
    fn any(&self, is: &dyn Fn(&Expr) -> bool) -> bool {
        match self {
            Self::Rules(rules) => rules.iter().any(|rule| rule.any(is)),
            Self::Error(text) => text.any(is),
            Self::Endpoint(endpoint) => {
                let headers = endpoint.headers.iter().map(|(_, value)| value);
                let signing = endpoint.signing_name.iter().chain(&endpoint.signing_region);
                headers.chain(signing).chain([&endpoint.url]).any(|value| value.any(is))
            }
        }
    }
}
