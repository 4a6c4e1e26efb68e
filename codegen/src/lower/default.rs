//! Default values: which one a member has, and what it is in Rust.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde_json::{Number, Value};

use super::moment;
use crate::{
    ir::{Document, Literal, TimestampFormat, Type},
    smithy::{Member, Model},
};

const DEFAULT: &str = "smithy.api#default";

/// Base64, whose padding may be missing.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The default of a member: its own, which says `null` where there is none, or that of its target.
pub(super) fn of<'m>(model: &'m Model, member: &'m Member) -> Option<&'m Value> {
    let target = || model.shape(&member.target)?.traits.get(DEFAULT);
    member.traits.get(DEFAULT).or_else(target).filter(|value| !value.is_null())
}

/// The default `value` of a member of type `ty`.
pub(super) fn lower(value: &Value, ty: &Type) -> Result<Literal, String> {
    literal(value, ty).ok_or_else(|| {
        format!(
            "the default {value} does not suit the member's type, or is one that generated code \
             cannot hold; correct it or take the default away in an overlay"
        )
    })
}

fn literal(value: &Value, ty: &Type) -> Option<Literal> {
    match (ty, value) {
        (Type::Boxed(ty), value) => literal(value, ty),
        (Type::Document, value) => document(value).map(Literal::Document),
        (Type::Bool, Value::Bool(value)) => Some(Literal::Bool(*value)),
        (
            Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::IntEnum(_),
            Value::Number(number),
        ) => whole(number).filter(|number| fits(*number, ty)).map(Literal::Integer),
        (Type::F32 | Type::F64, Value::Number(number)) => {
            let fits = |number: &f64| *ty == Type::F64 || number.abs() <= f64::from(f32::MAX);
            number.as_f64().filter(fits).map(Literal::Float)
        }
        (Type::String | Type::Enum(_), Value::String(text)) => Some(Literal::Text(text.clone())),
        (Type::Blob, Value::String(text)) => Some(match BASE64.decode(text).ok()? {
            bytes if bytes.is_empty() => Literal::Empty,
            bytes => Literal::Blob(bytes),
        }),
        (Type::Timestamp(_), Value::Number(number)) => timestamp(moment::from_number(number)?),
        (Type::Timestamp(format), Value::String(text)) => timestamp(match format {
            TimestampFormat::HttpDate => moment::from_http_date(text)?,
            _ => moment::from_date_time(text)?,
        }),
        (Type::List { .. }, Value::Array(elements)) if elements.is_empty() => Some(Literal::Empty),
        (Type::Map { .. }, Value::Object(entries)) if entries.is_empty() => Some(Literal::Empty),
        _ => None,
    }
}

/// A whole number, however it is written: Smithy compares numbers by value.
fn whole(number: &Number) -> Option<i64> {
    let of_float = |number: f64| {
        let exact = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
        exact.then_some(number as i64)
    };
    number.as_i64().or_else(|| number.as_f64().and_then(of_float))
}

fn fits(number: i64, ty: &Type) -> bool {
    match ty {
        Type::I8 => i8::try_from(number).is_ok(),
        Type::I16 => i16::try_from(number).is_ok(),
        Type::I32 | Type::IntEnum(_) => i32::try_from(number).is_ok(),
        _ => true,
    }
}

#[allow(clippy::unnecessary_wraps, reason = "it ends a chain of options")]
fn timestamp((seconds, nanos): (i64, u32)) -> Option<Literal> {
    Some(Literal::Timestamp { seconds, nanos })
}

fn document(value: &Value) -> Option<Document> {
    Some(match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => match number.as_i128() {
            Some(number) => Document::Integer(number),
            None => Document::Float(number.as_f64()?),
        },
        Value::String(text) => Document::Text(text.clone()),
        Value::Array(elements) => {
            Document::List(elements.iter().map(document).collect::<Option<_>>()?)
        }
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| Some((key.clone(), document(value)?));
            Document::Map(entries.iter().map(entry).collect::<Option<_>>()?)
        }
    })
}
