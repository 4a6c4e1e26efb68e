//! Lowers default values of members.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::{
    ir::{Literal, TimestampFormat, Type},
    lower::values::{document, number::whole, timestamp as moment},
    smithy::{Member, Model},
};

const DEFAULT: &str = "smithy.api#default";

/// Returns the default of a member: its own, which may be `null` for none, or that of its target.
pub(in crate::lower) fn of<'m>(model: &'m Model, member: &'m Member) -> Option<&'m Value> {
    let target = || model.shape(&member.target)?.traits.get(DEFAULT);
    member.traits.get(DEFAULT).or_else(target).filter(|value| !value.is_null())
}

/// Lowers the default `value` of a member of type `ty`.
pub(in crate::lower) fn lower(value: &Value, ty: &Type) -> Result<Literal, String> {
    literal(value, ty).ok_or_else(|| {
        format!(
            "the default {value} does not match the member's type, or is not supported; correct \
                it or remove it in an overlay"
        )
    })
}

fn literal(value: &Value, ty: &Type) -> Option<Literal> {
    match (ty, value) {
        (Type::Boxed(ty), value) => literal(value, ty),
        (Type::Document, value) => document::lower(value).map(Literal::Document),
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
        (Type::Blob, Value::String(text)) => Some(match blob(text) {
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

/// Decodes the default of a blob, which is base64. Older models contain the bytes themselves, so
/// text that is not base64 is used unchanged.
fn blob(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap_or_else(|_| text.as_bytes().to_vec())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_base64_or_plain_bytes() {
        let table = [("", ""), ("YQ==", "a"), ("YWJj", "abc"), ("abc", "abc"), ("a b!", "a b!")];
        for (text, wanted) in table {
            assert_eq!(blob(text), wanted.as_bytes(), "{text:?}");
        }
    }
}
