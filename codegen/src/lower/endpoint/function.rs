//! The functions of the rules language: what each takes and gives.

use super::value::{Base, Type};
use crate::ir::endpoint::Function;

/// The most arguments of a function that takes any number of them: each is nested in the one before
/// it.
const MOST: usize = 10;

/// A function that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    IsSet,
    Not,
    BooleanEquals,
    StringEquals,
    GetAttr,
    Coalesce,
    Ite,
    Call(Function),
}

impl Known {
    pub(super) fn find(name: &str) -> Option<Self> {
        Some(match name {
            "isSet" => Self::IsSet,
            "not" => Self::Not,
            "booleanEquals" => Self::BooleanEquals,
            "stringEquals" => Self::StringEquals,
            "getAttr" => Self::GetAttr,
            "coalesce" => Self::Coalesce,
            "ite" => Self::Ite,
            "isValidHostLabel" => Self::Call(Function::IsValidHostLabel),
            "substring" => Self::Call(Function::Substring),
            "uriEncode" => Self::Call(Function::UriEncode),
            "parseURL" => Self::Call(Function::ParseUrl),
            "split" => Self::Call(Function::Split),
            "aws.partition" => Self::Call(Function::Partition),
            "aws.parseArn" => Self::Call(Function::ParseArn),
            "aws.isVirtualHostableS3Bucket" => Self::Call(Function::IsVirtualHostableS3Bucket),
            _ => return None,
        })
    }

    /// Whether it came with version 1.1.
    pub(super) fn is_newer(self) -> bool {
        matches!(self, Self::Coalesce | Self::Ite | Self::Call(Function::Split))
    }

    pub(super) fn takes(self, count: usize) -> bool {
        match self {
            Self::Coalesce => (2..=MOST).contains(&count),
            other => count == other.count(),
        }
    }

    /// How many arguments it takes, in words.
    pub(super) fn arity(self) -> String {
        match self {
            Self::Coalesce => format!("2 to {MOST} arguments"),
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

    pub(super) fn arguments(function: Function) -> &'static [Base] {
        match function {
            Function::IsValidHostLabel | Function::IsVirtualHostableS3Bucket => {
                &[Base::Text, Base::Flag]
            }
            Function::Substring => &[Base::Text, Base::Number, Base::Number, Base::Flag],
            Function::Split => &[Base::Text, Base::Text, Base::Number],
            Function::UriEncode | Function::ParseUrl | Function::Partition | Function::ParseArn => {
                &[Base::Text]
            }
        }
    }

    pub(super) fn result(function: Function) -> Type {
        match function {
            Function::IsValidHostLabel | Function::IsVirtualHostableS3Bucket => Base::Flag.set(),
            Function::Substring => Base::Text.maybe(),
            Function::UriEncode => Base::Text.set(),
            Function::ParseUrl => Base::Url.maybe(),
            Function::Split => Base::List.set(),
            // A region that nobody knows is taken for one of the partition `aws`.
            Function::Partition => Base::Partition.set(),
            Function::ParseArn => Base::Arn.maybe(),
        }
    }
}
