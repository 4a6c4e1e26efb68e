//! Corrections of facts that C2J models get wrong, by service and shape.
//!
//! A correction changes the generated API, so each needs a reason that can be checked.

/// Structures that are unions: `(serviceId, shape, reason)`.
///
/// C2J marks a union with `"union": true`, except for those that are older than this key.
const UNIONS: [(&str, &str, &str); 2] = [
    (
        "DynamoDB",
        "AttributeValue",
        "a union in the service's Smithy model; the service rejects a value with several types",
    ),
    ("DynamoDB Streams", "AttributeValue", "the values that DynamoDB stores, with one type each"),
];

/// Returns true if a structure is a union although the model does not say so.
pub(super) fn is_union(service_id: &str, shape: &str) -> bool {
    UNIONS.iter().any(|(service, name, _)| (*service, *name) == (service_id, shape))
}
