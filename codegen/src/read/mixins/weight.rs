//! Measures what a shape inherits from a mixin.

use serde_json::Value;

use crate::smithy::{Shape, Traits};

/// The size of a member or of a value without its text.
const ENTRY: usize = 64;

/// The approximate size of a shape in memory, in bytes.
pub(super) fn weight(shape: &Shape) -> usize {
    let members = shape.kind.members().into_iter();
    let members = members.map(|(name, member)| ENTRY + name.len() + traits(&member.traits));
    traits(&shape.traits) + members.sum::<usize>()
}

fn traits(traits: &Traits) -> usize {
    traits.0.iter().map(|(id, value)| id.len() + size(value)).sum()
}

fn size(value: &Value) -> usize {
    ENTRY
        + match value {
            Value::String(text) => text.len(),
            Value::Array(elements) => elements.iter().map(size).sum(),
            Value::Object(fields) => {
                fields.iter().map(|(key, value)| key.len() + size(value)).sum()
            }
            _ => 0,
        }
}
