//! Checks trait placement: the shapes that a trait can be applied to.
//!
//! A trait on any other shape would be silently ignored.

use super::treatment::is_protocol;
use crate::smithy::{
    Kind, PAGE_TOKENS, QUERY_COMPATIBLE, QUERY_ERROR, RESULT_WRAPPER, Shape, Simple, TARGET_PREFIX,
};

/// Checks the placement of a trait on `shape`, or on a member with the target `shape`. The error
/// completes "belongs on ...".
pub(super) fn check(id: &str, shape: &Shape) -> Result<(), &'static str> {
    let kind = &shape.kind;
    let (holds, expected) = match id {
        "smithy.api#length" => (
            matches!(
                kind,
                Kind::Simple(Simple::String | Simple::Blob)
                    | Kind::Enum(_)
                    | Kind::List(_)
                    | Kind::Map { .. }
            ),
            "a string, blob, list or map",
        ),
        "smithy.api#range" => (is_number(kind), "a number"),
        "smithy.api#uniqueItems" => (matches!(kind, Kind::List(_)), "a list"),
        "smithy.api#idempotencyToken" => {
            (matches!(kind, Kind::Simple(Simple::String)), "a member that is a string")
        }
        "smithy.api#hostLabel" => (kind.is_text(), "a member that is a string"),
        "smithy.api#xmlFlattened" => {
            (matches!(kind, Kind::List(_) | Kind::Map { .. }), "a member that is a list or map")
        }
        RESULT_WRAPPER => (matches!(kind, Kind::Operation(_)), "an operation"),
        "smithy.api#retryable" | QUERY_ERROR => {
            (shape.traits.has("smithy.api#error"), "an exception")
        }
        "smithy.api#endpoint"
        | "smithy.api#httpChecksumRequired"
        | "smithy.api#optionalAuth"
        | "smithy.api#requestCompression"
        | "aws.api#clientDiscoveredEndpoint"
        | PAGE_TOKENS => (matches!(kind, Kind::Operation(_)), "an operation"),
        "smithy.api#auth" => {
            (matches!(kind, Kind::Operation(_) | Kind::Service(_)), "an operation or a service")
        }
        QUERY_COMPATIBLE | TARGET_PREFIX => (matches!(kind, Kind::Service(_)), "a service"),
        id if is_protocol(id) => (matches!(kind, Kind::Service(_)), "a service"),
        _ => (true, ""),
    };
    if holds { Ok(()) } else { Err(expected) }
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::IntEnum(_)) || matches!(kind, Kind::Simple(simple) if simple.is_number())
}
