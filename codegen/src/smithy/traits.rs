//! The traits of a shape or member, and the ids of the traits that this project defines.

use std::collections::BTreeMap;

use serde_json::Value;

/// A trait of our own on a service: what stands before the dot in `X-Amz-Target`, where that is not
/// the name of the service shape. Smithy knows no such thing; C2J models do.
pub const TARGET_PREFIX: &str = "longshore#targetPrefix";

/// A trait of our own on a member: its name on the wire, where that is not its name in the model.
/// Smithy's awsJson knows no such thing; C2J models do.
pub const WIRE_NAME: &str = "longshore#wireName";

/// The traits of a shape or member: absolute trait id to its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(pub BTreeMap<String, Value>);

impl Traits {
    /// The value of a trait, by its absolute id (`smithy.api#required`).
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// Whether the trait is there.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The value of a trait that is a string.
    pub fn text(&self, id: &str) -> Option<&str> {
        self.get(id).and_then(Value::as_str)
    }
}
