//! Defines the types of the rules language.

use std::fmt;

use serde_json::Value as Json;

use super::json::{Fault, JsonPath};
use crate::ir::endpoint::{Expr, ParameterType, ParameterValue};

/// The type of a value that is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseType {
    Text,
    Flag,
    Number,
    List,
    Url,
    Arn,
    Partition,
}

impl fmt::Display for BaseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a string",
            Self::Flag => "a boolean",
            Self::Number => "a whole number",
            Self::List => "an array of strings",
            Self::Url => "a parsed URL",
            Self::Arn => "a parsed ARN",
            Self::Partition => "a partition",
        })
    }
}

impl From<ParameterType> for BaseType {
    fn from(kind: ParameterType) -> Self {
        match kind {
            ParameterType::Text => Self::Text,
            ParameterType::Flag => Self::Flag,
            ParameterType::List => Self::List,
        }
    }
}

/// A type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RuleType {
    pub(super) base: BaseType,
    /// Whether a value may be unset.
    pub(super) optional: bool,
}

impl BaseType {
    /// Returns true if values of this type are copied, and therefore outlive the variable that
    /// holds them.
    pub(super) fn is_copied(self) -> bool {
        matches!(self, Self::Text | Self::Flag | Self::Number | Self::List)
    }

    pub(super) fn set(self) -> RuleType {
        RuleType { base: self, optional: false }
    }

    pub(super) fn maybe(self) -> RuleType {
        RuleType { base: self, optional: true }
    }
}

/// An expression and its type.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) expr: Expr,
    pub(super) ty: RuleType,
}

impl Typed {
    pub(super) fn new(expr: Expr, ty: RuleType) -> Self {
        Self { expr, ty }
    }

    /// Returns the expression, if it is set and of that type.
    pub(super) fn expect(self, base: BaseType, location: &JsonPath) -> Result<Expr, Fault> {
        if self.ty.base != base {
            return Err(location.fault(format!("expected {base}, found {}", self.ty.base)));
        }
        if self.ty.optional {
            let what = "the value may be unset here; check it with `isSet` or assign it first";
            return Err(location.fault(what));
        }
        Ok(self.expr)
    }
}

/// Reads a value of the model with this type.
pub(super) fn read(
    kind: ParameterType,
    json: &Json,
    location: &JsonPath,
) -> Result<ParameterValue, Fault> {
    let texts = |list: &Vec<Json>| {
        list.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
    };
    let value = match kind {
        ParameterType::Text => json.as_str().map(|text| ParameterValue::Text(text.to_owned())),
        ParameterType::Flag => json.as_bool().map(ParameterValue::Flag),
        ParameterType::List => json.as_array().and_then(texts).map(ParameterValue::List),
    };
    value.ok_or_else(|| location.fault(format!("expected {}", BaseType::from(kind))))
}
