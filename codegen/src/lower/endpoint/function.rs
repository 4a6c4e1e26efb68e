//! Defines the functions of the rules language: their arguments and results.

use serde_json::Value;

use super::value::{BaseType, RuleType};
use crate::ir::endpoint::LibraryFunction;

/// The maximum number of arguments of a variadic function, because they are nested.
const MAX_ARGUMENTS: usize = 10;

/// A supported function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KnownFunction {
    IsSet,
    Not,
    BooleanEquals,
    StringEquals,
    GetAttr,
    Coalesce,
    Ite,
    Call(LibraryFunction),
}

impl KnownFunction {
    pub(super) fn find(name: &str) -> Option<Self> {
        Some(match name {
            "isSet" => Self::IsSet,
            "not" => Self::Not,
            "booleanEquals" => Self::BooleanEquals,
            "stringEquals" => Self::StringEquals,
            "getAttr" => Self::GetAttr,
            "coalesce" => Self::Coalesce,
            "ite" => Self::Ite,
            "isValidHostLabel" => Self::Call(LibraryFunction::IsValidHostLabel),
            "substring" => Self::Call(LibraryFunction::Substring),
            "uriEncode" => Self::Call(LibraryFunction::UriEncode),
            "parseURL" => Self::Call(LibraryFunction::ParseUrl),
            "split" => Self::Call(LibraryFunction::Split),
            "aws.partition" => Self::Call(LibraryFunction::Partition),
            "aws.parseArn" => Self::Call(LibraryFunction::ParseArn),
            "aws.isVirtualHostableS3Bucket" => {
                Self::Call(LibraryFunction::IsVirtualHostableS3Bucket)
            }
            _ => return None,
        })
    }

    /// Returns true if it requires version 1.1.
    pub(super) fn is_newer(self) -> bool {
        matches!(self, Self::Coalesce | Self::Ite | Self::Call(LibraryFunction::Split))
    }

    /// Returns true if the function is false or has no value when an argument is unset.
    pub(super) fn needs_arguments(self) -> bool {
        !matches!(self, Self::IsSet | Self::Not | Self::Coalesce | Self::Ite)
    }

    /// Returns true if the result is a boolean that is never unset.
    pub(super) fn is_test(self) -> bool {
        match self {
            Self::IsSet | Self::Not | Self::BooleanEquals | Self::StringEquals => true,
            Self::GetAttr | Self::Coalesce | Self::Ite => false,
            Self::Call(function) => Self::result(function) == BaseType::Flag.set(),
        }
    }

    /// Returns the other argument if this compares a function with a literal `true`: the result is
    /// the same as that function's.
    pub(super) fn decided_by(self, arguments: &[Value]) -> Option<&Value> {
        match (self, arguments) {
            (Self::BooleanEquals, [only, Value::Bool(true)] | [Value::Bool(true), only]) => {
                Some(only).filter(|only| only.get("fn").is_some())
            }
            _ => None,
        }
    }

    pub(super) fn takes(self, count: usize) -> bool {
        match self {
            Self::Coalesce => (2..=MAX_ARGUMENTS).contains(&count),
            other => count == other.count(),
        }
    }

    /// Returns the number of arguments in words.
    pub(super) fn arity(self) -> String {
        match self {
            Self::Coalesce => format!("2 to {MAX_ARGUMENTS} arguments"),
            other if other.count() == 1 => "one argument".to_owned(),
            other => format!("{} arguments", other.count()),
        }
    }

    fn count(self) -> usize {
        match self {
            Self::IsSet | Self::Not => 1,
            Self::BooleanEquals | Self::StringEquals | Self::GetAttr | Self::Coalesce => 2,
            Self::Ite => 3,
            Self::Call(function) => Self::arguments(function).len(),
        }
    }

    pub(super) fn arguments(function: LibraryFunction) -> &'static [BaseType] {
        match function {
            LibraryFunction::IsValidHostLabel | LibraryFunction::IsVirtualHostableS3Bucket => {
                &[BaseType::Text, BaseType::Flag]
            }
            LibraryFunction::Substring => {
                &[BaseType::Text, BaseType::Number, BaseType::Number, BaseType::Flag]
            }
            LibraryFunction::Split => &[BaseType::Text, BaseType::Text, BaseType::Number],
            LibraryFunction::UriEncode
            | LibraryFunction::ParseUrl
            | LibraryFunction::Partition
            | LibraryFunction::ParseArn => &[BaseType::Text],
        }
    }

    pub(super) fn result(function: LibraryFunction) -> RuleType {
        match function {
            LibraryFunction::IsValidHostLabel | LibraryFunction::IsVirtualHostableS3Bucket => {
                BaseType::Flag.set()
            }
            LibraryFunction::Substring => BaseType::Text.maybe(),
            LibraryFunction::UriEncode => BaseType::Text.set(),
            LibraryFunction::ParseUrl => BaseType::Url.maybe(),
            LibraryFunction::Split => BaseType::List.set(),
            // Always set, because an unknown region belongs to the partition `aws`.
            LibraryFunction::Partition => BaseType::Partition.set(),
            LibraryFunction::ParseArn => BaseType::Arn.maybe(),
        }
    }
}
