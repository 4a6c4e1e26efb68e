//! Defines the traits of a shape or member, and the ids of traits that several modules need.

use std::collections::BTreeMap;

use serde_json::Value;

/// A trait of this project on a service: the part of `X-Amz-Target` before the dot, if it is not
/// the name of the service shape. C2J models state it, but Smithy models do not.
pub const TARGET_PREFIX: &str = "longshore#targetPrefix";

/// A trait of this project on an operation of awsQuery: the element around the result in a
/// response, if it is not the name of the operation followed by `Result`. C2J models can state it.
pub const RESULT_WRAPPER: &str = "longshore#resultWrapper";

/// A trait of this project on a member: its wire name, if it differs from its name in the model.
/// C2J models support this, but awsJson in Smithy does not.
pub const WIRE_NAME: &str = "longshore#wireName";

/// A trait of this project on an operation that supplements `smithy.api#paginated` with facts that
/// it cannot express. Its value has one or both of
///
/// - `tokens`, a list of two or more tokens. Each element has two strings: `input`, a member of the
///   input, and `output`, a path in the output. If it is absent, `smithy.api#paginated` states
///   the only token;
/// - `moreResults`, the path of a boolean in the output, which is true unless the page is the last
///   one.
pub const PAGE_TOKENS: &str = "longshore#pageTokens";

/// The trait of a service with the error codes of awsQuery, although it uses another protocol.
pub const QUERY_COMPATIBLE: &str = "aws.protocols#awsQueryCompatible";

/// The trait of an exception that states its code in awsQuery.
pub const QUERY_ERROR: &str = "aws.protocols#awsQueryError";

/// The traits of a shape or member: absolute trait id to its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(pub BTreeMap<String, Value>);

impl Traits {
    /// The value of a trait, by its absolute id (`smithy.api#required`).
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// Returns true if the trait is present.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The value of a trait that is a string.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&str> {
        self.get(id).and_then(Value::as_str)
    }
}
