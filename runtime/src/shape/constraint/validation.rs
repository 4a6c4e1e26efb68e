//! What may be said of a request that breaks the rules of its model: where, and which rule, and
//! nothing of the value where that is a secret.

use std::fmt::{self, Display, Write};

use crate::Structure;
use crate::display::one_line::{Clipped, OneLine};
use crate::shape::constraint::check::Checks;

/// How many violations `Display` shows.
const SHOWN: usize = 5;

/// How much of a name, of a map's key or of a label is shown, in bytes.
const QUOTED: usize = 64;

/// Checks a request, or any other structure, against the lengths, ranges and sizes that the model
/// asks for, at all depths. Patterns and the values of enums are left to the service.
///
/// # Errors
/// Everything that breaks a rule.
pub fn validate<T: Structure>(value: &T) -> Result<(), ValidationError> {
    match Checks::of(value) {
        violations if violations.is_empty() => Ok(()),
        violations => Err(ValidationError { violations }),
    }
}

/// A request that breaks rules of its model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    violations: Vec<Violation>,
}

impl ValidationError {
    pub(crate) fn one(violation: Violation) -> Self {
        Self { violations: vec![violation] }
    }

    /// All that is wrong, in the model's order; at least one.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

/// One line with the first few violations.
impl Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request is not valid")?;
        let shown = self.violations.iter().take(SHOWN);
        for (index, violation) in shown.enumerate() {
            write!(f, "{}{violation}", if index == 0 { ": " } else { "; " })?;
        }
        match self.violations.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for ValidationError {}

/// A rule that a value breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    path: String,
    rule: Rule,
    limit: String,
    actual: Option<String>,
}

impl Violation {
    /// A member that was to become a label of a host name and is none.
    pub(crate) fn host_label(member: &str, value: Option<&str>, secret: bool) -> Self {
        let actual = match value {
            None => Some("absent".to_owned()),
            Some(value) => (!secret).then(|| quoted(value)),
        };
        let limit =
            "a label of a host name (1 to 63 letters, digits and hyphens, no hyphen at an end)";
        Self { path: member.to_owned(), rule: Rule::HostLabel, limit: limit.to_owned(), actual }
    }

    /// The member in the names of the wire: `imageIds[3].imageTag`, `tags["a"]`, and
    /// `tags["a"] (key)` where it is the key that breaks the rule. The keys of a secret map are
    /// `[redacted]`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The kind of rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// What the rule allows: `1 to 300 characters`.
    #[must_use]
    pub fn limit(&self) -> &str {
        &self.limit
    }

    /// The length, the number or the label that it is instead, `absent` where there is no label;
    /// `None` where that is a secret.
    #[must_use]
    pub fn actual(&self) -> Option<&str> {
        self.actual.as_deref()
    }
}

/// `imageIds[3].imageTag must have 1 to 300 characters and has 301`
impl Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (must, is) = match self.rule {
            Rule::Length => ("must have", "has"),
            Rule::Range | Rule::HostLabel => ("must be", "is"),
            Rule::Unique => ("must come", "is the same"),
        };
        write!(OneLine(f), "{} {must} {}", Clipped(&self.path), self.limit)?;
        match &self.actual {
            Some(actual) => write!(f, " and {is} {actual}"),
            None => Ok(()),
        }
    }
}

/// The kinds of rules that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// How many characters, bytes, elements or entries there may be.
    Length,
    /// How small and how large a number may be.
    Range,
    /// That no element of a list comes twice.
    Unique,
    /// That a value can stand in the name of a host. It is checked where it comes to that, whether or
    /// not the configuration asks for requests to be checked.
    HostLabel,
}

/// Where a value stands in a request; a list from the inside to the outside, so that walking
/// through a request that keeps the rules allocates nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    outer: Option<&'a Place<'a>>,
    step: Step<'a>,
    /// Whether this value, or one around it, is a secret.
    secret: bool,
}

/// A step from a value to one in it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'a> {
    Root,
    Member(&'static str),
    Element(usize),
    Key(&'a str),
    Entry(&'a str),
}

impl<'a> Place<'a> {
    pub(crate) const ROOT: Self = Self { outer: None, step: Step::Root, secret: false };

    pub(crate) fn step<'b>(&'b self, step: Step<'b>, secret: bool) -> Place<'b>
    where
        'a: 'b,
    {
        Place { outer: Some(self), step, secret: self.secret || secret }
    }

    pub(crate) fn violation(&self, rule: Rule, limit: String, actual: impl Display) -> Violation {
        let actual = (!self.secret).then(|| actual.to_string());
        Violation { path: self.to_string(), rule, limit, actual }
    }
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nested = self.outer.filter(|outer| !matches!(outer.step, Step::Root));
        if let Some(outer) = nested {
            outer.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Member(name) if nested.is_some() => write!(f, ".{name}"),
            Step::Member(name) => f.write_str(name),
            Step::Element(index) => write!(f, "[{index}]"),
            Step::Entry(key) => self.entry(key, f),
            Step::Key(key) => {
                self.entry(key, f)?;
                f.write_str(" (key)")
            }
        }
    }
}

impl Place<'_> {
    fn entry(&self, key: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.secret {
            return f.write_str("[redacted]");
        }
        write!(f, "[{}]", quoted(key))
    }
}

/// The beginning of a text in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let shown = &text[..text.floor_char_boundary(QUOTED)];
    let dots = if shown.len() < text.len() { ".." } else { "" };
    format!("{shown:?}{dots}")
}
