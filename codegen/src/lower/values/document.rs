//! Lowers documents, which are arbitrary JSON.

use serde_json::Value;

use crate::ir::Document;

/// Converts JSON to a document; `None` if it contains an unsupported number.
pub(in crate::lower) fn lower(value: &Value) -> Option<Document> {
    Some(match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => match number.as_i128() {
            Some(number) => Document::Integer(number),
            None => Document::Float(number.as_f64()?),
        },
        Value::String(text) => Document::Text(text.clone()),
        Value::Array(elements) => {
            Document::List(elements.iter().map(lower).collect::<Option<_>>()?)
        }
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| Some((key.clone(), lower(value)?));
            Document::Map(entries.iter().map(entry).collect::<Option<_>>()?)
        }
    })
}
