//! The types of the rules language.

use std::fmt;

use serde_json::Value as Json;

use super::json::{Fault, Place};
use crate::ir::endpoint::{Expr, Kind, Value};

/// What a value is where it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Text,
    Flag,
    Number,
    List,
    Url,
    Arn,
    Partition,
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a string",
            Self::Flag => "a boolean",
            Self::Number => "a whole number",
            Self::List => "an array of strings",
            Self::Url => "a URL that was taken apart",
            Self::Arn => "an ARN that was taken apart",
            Self::Partition => "a partition",
        })
    }
}

impl From<Kind> for Base {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text,
            Kind::Flag => Self::Flag,
            Kind::List => Self::List,
        }
    }
}

/// A type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type {
    pub(super) base: Base,
    /// Whether a value may be unset.
    pub(super) optional: bool,
}

impl Base {
    pub(super) fn set(self) -> Type {
        Type { base: self, optional: false }
    }

    pub(super) fn maybe(self) -> Type {
        Type { base: self, optional: true }
    }
}

/// An expression and its type.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) expr: Expr,
    pub(super) ty: Type,
}

impl Typed {
    pub(super) fn new(expr: Expr, ty: Type) -> Self {
        Self { expr, ty }
    }

    /// The expression, where it is set and of that type.
    pub(super) fn expect(self, base: Base, place: &Place) -> Result<Expr, Fault> {
        if self.ty.base != base {
            return Err(place.fault(format!("expected {base}, and this is {}", self.ty.base)));
        }
        if self.ty.optional {
            let what = "the value may be unset here; check it with `isSet`, or assign it, before";
            return Err(place.fault(what));
        }
        Ok(self.expr)
    }
}

/// A value of the model, of that kind.
pub(super) fn read(kind: Kind, json: &Json, place: &Place) -> Result<Value, Fault> {
    let texts = |list: &Vec<Json>| {
        list.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
    };
    let value = match kind {
        Kind::Text => json.as_str().map(|text| Value::Text(text.to_owned())),
        Kind::Flag => json.as_bool().map(Value::Flag),
        Kind::List => json.as_array().and_then(texts).map(Value::List),
    };
    value.ok_or_else(|| place.fault(format!("expected {}", Base::from(kind))))
}
