//! Violations of constraints: the path, the rule and, unless it is secret, the value.

use std::fmt::{self, Display, Write};

use crate::display::char_boundary::clip;
use crate::display::one_line::{Clipped, OneLine};

/// The maximum number of enum values that an error lists.
const MAX_LISTED_VALUES: usize = 12;

/// The maximum length of a list of several enum values in errors, in bytes.
const MAX_LIST_LENGTH: usize = 256;

/// The maximum length of a pattern in messages, in bytes.
const MAX_PATTERN_LENGTH: usize = 200;

/// The maximum length of a quoted name, map key or value in errors, in bytes.
const MAX_QUOTED_LENGTH: usize = 64;

/// A violation of a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    path: String,
    rule: Rule,
    limit: String,
    actual: Option<String>,
}

impl Violation {
    /// Creates the violation of a member that is used as a host label but is not a valid one.
    pub(crate) fn host_label(member: &str, value: Option<&str>, secret: bool) -> Self {
        let actual = match value {
            None => Some("absent".to_owned()),
            Some(value) => (!secret).then(|| quote(value)),
        };
        let limit = "a host name label (1 to 63 letters, digits and hyphens, \
                     no leading or trailing hyphen)";
        Self { path: member.to_owned(), rule: Rule::HostLabel, limit: limit.to_owned(), actual }
    }

    /// Returns the path of the member in wire names, for example `imageIds[3].imageTag` or
    /// `tags["a"]`. If a map key violates a constraint, the path is `tags["a"] (key)`. The keys of
    /// a secret map are shown as `[redacted]`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the kind of the violated rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the pattern for [`Rule::Pattern`], and a description of the allowed values for other
    /// rules, for example `1 to 300 characters`. The pattern is complete; long lists of enum values
    /// are truncated.
    #[must_use]
    pub fn limit(&self) -> &str {
        &self.limit
    }

    /// Returns the actual length or value, the index of the equal element, or `absent` for a
    /// missing label. Long values are truncated. Returns `None` if the value is secret.
    #[must_use]
    pub fn actual(&self) -> Option<&str> {
        self.actual.as_deref()
    }
}

/// Prints, for example, `imageIds[3].imageTag must have 1 to 300 characters and has 301`. Long
/// patterns are truncated.
impl Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (requirement, relation) = match self.rule {
            Rule::Length => ("must have", "has"),
            Rule::Range | Rule::EnumValue | Rule::HostLabel => ("must be", "is"),
            Rule::Unique => ("must be", "equals"),
            Rule::Pattern => ("must match", "is"),
        };
        write!(OneLine(f), "{} {requirement} ", Clipped(&self.path))?;
        match self.rule {
            Rule::Pattern => {
                let (start, dots) = clip(&self.limit, MAX_PATTERN_LENGTH);
                write!(OneLine(f), "the pattern `{start}`{dots}")?;
            }
            _ => OneLine(f).write_str(&self.limit)?,
        }
        match &self.actual {
            Some(actual) => write!(f, " and {relation} {actual}"),
            None => Ok(()),
        }
    }
}

/// A kind of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The number of characters, bytes, elements or entries is limited.
    Length,
    /// The value of a number is limited.
    Range,
    /// The elements of a list must be unique.
    Unique,
    /// A string must match a pattern. This rule is checked only on request; see
    /// [`Validation`](crate::Validation).
    Pattern,
    /// The value of an enum must be one of those in the model. This rule is checked only on
    /// request; see [`Validation`](crate::Validation).
    EnumValue,
    /// The value is used as a label of the host name. This rule is always checked when a request is
    /// sent, even if validation is not enabled in the configuration.
    HostLabel,
}

/// The path of a value in a request. It is a linked list from the value outwards, so checking a
/// valid request allocates nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConstraintPath<'a> {
    outer: Option<&'a ConstraintPath<'a>>,
    segment: PathSegment<'a>,
    /// Whether this value or one that contains it is secret.
    secret: bool,
}

/// A segment of a path.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PathSegment<'a> {
    Root,
    Member(&'static str),
    Element(usize),
    Key(&'a str),
    Entry(&'a str),
}

impl<'a> ConstraintPath<'a> {
    pub(crate) const ROOT: Self = Self { outer: None, segment: PathSegment::Root, secret: false };

    pub(crate) fn child<'b>(&'b self, segment: PathSegment<'b>, secret: bool) -> ConstraintPath<'b>
    where
        'a: 'b,
    {
        ConstraintPath { outer: Some(self), segment, secret: self.secret || secret }
    }

    pub(crate) fn violation(&self, rule: Rule, limit: String, actual: impl Display) -> Violation {
        let actual = (!self.secret).then(|| actual.to_string());
        Violation { path: self.to_string(), rule, limit, actual }
    }
}

impl Display for ConstraintPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nested = self.outer.filter(|outer| !matches!(outer.segment, PathSegment::Root));
        if let Some(outer) = nested {
            outer.fmt(f)?;
        }
        match self.segment {
            PathSegment::Root => Ok(()),
            PathSegment::Member(name) if nested.is_some() => write!(f, ".{name}"),
            PathSegment::Member(name) => f.write_str(name),
            PathSegment::Element(index) => write!(f, "[{index}]"),
            PathSegment::Entry(key) => self.fmt_entry(key, f),
            PathSegment::Key(key) => {
                self.fmt_entry(key, f)?;
                f.write_str(" (key)")
            }
        }
    }
}

impl ConstraintPath<'_> {
    fn fmt_entry(&self, key: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.secret {
            return f.write_str("[redacted]");
        }
        write!(f, "[{}]", quote(key))
    }
}

/// Describes the values of an enum, for example `one of 1, 2`. Leaves out values if there are many.
pub(super) fn one_of(values: impl ExactSizeIterator<Item = impl Display>) -> String {
    let count = values.len();
    let mut listed: Vec<String> = Vec::new();
    let mut length = 0;
    for value in values.take(MAX_LISTED_VALUES).map(|value| value.to_string()) {
        length += value.len();
        if !listed.is_empty() && length > MAX_LIST_LENGTH {
            break;
        }
        listed.push(value);
    }
    let more = count - listed.len();
    let listed = listed.join(", ");
    match more {
        _ if count == 1 => listed,
        0 => format!("one of {listed}"),
        more => format!("one of {listed} or {more} more"),
    }
}

/// Quotes the beginning of a text.
pub(crate) fn quote(text: &str) -> String {
    let (start, dots) = clip(text, MAX_QUOTED_LENGTH);
    format!("{start:?}{dots}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violation(rule: Rule, limit: String) -> Violation {
        let member = ConstraintPath::ROOT.child(PathSegment::Member("name"), false);
        member.violation(rule, limit, quote("x"))
    }

    #[test]
    fn a_long_pattern_is_truncated_only_in_the_message() {
        let pattern = "ab".repeat(500);
        let violation = violation(Rule::Pattern, pattern.clone());
        assert_eq!(violation.limit(), pattern);
        let shown = "ab".repeat(100);
        let expected = format!("name must match the pattern `{shown}`.. and is \"x\"");
        assert_eq!(violation.to_string(), expected);
    }

    #[test]
    fn the_message_names_a_pattern_and_the_limit_is_the_pattern_itself() {
        let violation = violation(Rule::Pattern, "^[a-z]+$".to_owned());
        assert_eq!(violation.limit(), "^[a-z]+$");
        assert_eq!(violation.to_string(), "name must match the pattern `^[a-z]+$` and is \"x\"");
    }

    #[test]
    fn long_lists_of_enum_values_are_truncated() {
        assert_eq!(one_of([1].iter()), "1");
        assert_eq!(one_of([1, 2].iter()), "one of 1, 2");
        let numbers: Vec<i32> = (1..=14).collect();
        let expected = "one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 or 2 more";
        assert_eq!(one_of(numbers.iter()), expected);
        let long = "a".repeat(1000);
        let shown = format!("\"{}\"..", "a".repeat(64));
        assert_eq!(one_of([quote(&long)].into_iter()), shown);
        let expected = format!("one of {shown}, {shown}, {shown} or 7 more");
        assert_eq!(one_of([long.as_str(); 10].map(quote).into_iter()), expected);
    }
}
