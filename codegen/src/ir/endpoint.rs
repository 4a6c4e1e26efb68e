//! Endpoint rules in the Rust world: every reference resolved, every type known, every function one
//! of the runtime's.

use crate::names::Ident;

/// The endpoint rules of a service.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The parameters that the rules look at, by name.
    pub parameters: Vec<Parameter>,
    /// The rules, in the order they are tried.
    pub rules: Vec<Rule>,
    /// Whether operations or requests have a say.
    pub per_request: bool,
    /// The model's test cases.
    pub cases: Vec<EndpointCase>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The variable it is kept in.
    pub variable: Ident,
    /// Its name in the rules.
    pub name: String,
    /// Where its value is asked for.
    pub source: Source,
    /// What it holds.
    pub kind: ParameterType,
    /// What stands for it where nobody sets it.
    pub presence: ParameterPresence,
}

/// Where the value of a parameter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the configuration.
    BuiltIn(BuiltIn),
    /// From the operation or its request, under the parameter's name.
    Context,
    /// From the operation or its request, else from the configuration.
    Either(BuiltIn),
}

/// A parameter that the runtime knows.
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
}

/// What a parameter holds.
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
    /// It may.
    Optional,
    /// It may not.
    Required,
    /// This stands for it.
    Defaulted(ParameterValue),
}

/// A value of the model.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// A text.
    Text(String),
    /// A boolean.
    Flag(bool),
    /// Texts.
    List(Vec<String>),
}

/// A rule: where all steps can be taken, it decides.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What has to hold, and the variables on the way.
    pub steps: Vec<RuleStep>,
    /// What it decides.
    pub end: End,
}

/// A step of a rule.
#[derive(Clone, Debug)]
pub enum RuleStep {
    /// Goes on where it is true.
    Test(Expr),
    /// Goes on where the optional value is set, under this name.
    Bind(Ident, Expr),
    /// Goes on with this value under this name.
    Let(Ident, Expr),
}

/// What a rule decides.
#[derive(Clone, Debug)]
pub enum End {
    /// One of these rules, or that there is no endpoint.
    Rules(Vec<Rule>),
    /// An endpoint.
    Endpoint(Box<Endpoint>),
    /// That there is none, for this reason.
    Error(Expr),
}

/// An endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The URL.
    pub url: Expr,
    /// The service in the signature, where it is another one.
    pub signing_name: Option<Expr>,
    /// The region in the signature, where it is another one.
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
    /// What a record holds: a method of the runtime's type.
    Attribute(Box<Expr>, &'static str),
    /// An element of a list, which may not be there.
    Element(Box<Expr>, usize),
    /// Whether two values are equal.
    Equal(Box<Expr>, Box<Expr>),
    /// Whether the optional boolean is set and true.
    IsTrue(Box<Expr>),
    /// The opposite.
    Not(Box<Expr>),
    /// Whether an optional value is set.
    IsSet(Box<Expr>),
    /// A function of the runtime.
    Call(LibraryFunction, Vec<Expr>),
    /// The value, now an optional one.
    Some(Box<Expr>),
    /// The first where it is set, else the second, which is optional as well.
    Or(Box<Expr>, Box<Expr>),
    /// The first where it is set, else the second, which is always.
    OrElse(Box<Expr>, Box<Expr>),
    /// The second where the first is true, else the third.
    Choice(Box<Expr>, Box<Expr>, Box<Expr>),
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplatePart {
    /// Literal text.
    Text(String),
    /// A text to be put in.
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
    /// The parameters that the rules know from the configuration.
    pub built_ins: Vec<(BuiltIn, ParameterValue)>,
    /// The others, by name.
    pub context: Vec<(String, ParameterValue)>,
    /// The endpoint, with literals only; `None` where the rules answer with an error.
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

/// What is bound to a parameter.
#[derive(Clone, Debug)]
pub enum Bound {
    /// The same for all requests of the operation.
    Fixed(ParameterValue),
    /// A field of the request.
    Field {
        /// The field.
        field: Ident,
        /// Whether it is an `Option`.
        optional: bool,
        /// What it holds.
        holds: Holds,
    },
}

/// What a field that is bound to a parameter holds.
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

impl Expr {
    /// Whether the value is made anew, so that somebody has to keep it while it is borrowed.
    pub fn is_owned(&self) -> bool {
        matches!(
            self,
            Self::Template(_) | Self::Call(LibraryFunction::UriEncode | LibraryFunction::Split, _)
        )
    }

    /// Whether this is so for the expression or a part of it.
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
        }
    }
}

impl RuleStep {
    /// The expression it looks at.
    pub fn expr(&self) -> &Expr {
        match self {
            Self::Test(expr) | Self::Bind(_, expr) | Self::Let(_, expr) => expr,
        }
    }
}

impl Rule {
    /// Whether this is so for an expression of the rule or of those it decides by.
    pub fn any(&self, is: &dyn Fn(&Expr) -> bool) -> bool {
        self.steps.iter().any(|step| step.expr().any(is)) || self.end.any(is)
    }

    /// Whether the variable is used in it.
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
