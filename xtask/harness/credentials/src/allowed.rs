//! The differences that are decisions.
//!
//! A row has a predicate on the combination and the outcomes, because the numbers of combinations
//! change with each change of the grammar.

use crate::combination::Combination;
use crate::outcome::Outcome;

/// A kind of difference that is intended.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    /// What the combination contains.
    pub kind: &'static str,
    /// Why Longshore differs.
    pub reason: &'static str,
    /// Returns true if the kind explains the difference between Longshore (first) and botocore.
    pub explains: fn(&Combination, &Outcome, &Outcome) -> bool,
}

/// All intended differences.
pub const ALLOWED: [Allowed; 2] = [
    Allowed {
        kind: "AWS_REGION",
        reason: "botocore does not read it; all other AWS SDKs do, and it takes precedence",
        explains: |combination, _, _| combination.has_variable("AWS_REGION"),
    },
    Allowed {
        kind: "AWS_DEFAULT_PROFILE",
        reason: "only botocore reads it; the other AWS SDKs read AWS_PROFILE",
        explains: |combination, _, _| combination.has_variable("AWS_DEFAULT_PROFILE"),
    },
];

/// The kind that explains a difference.
#[must_use]
pub fn find(
    combination: &Combination,
    longshore: &Outcome,
    botocore: &Outcome,
) -> Option<&'static Allowed> {
    ALLOWED.iter().find(|allowed| (allowed.explains)(combination, longshore, botocore))
}
