//! Reads the constraints that made-up values of a member must satisfy.

use serde_json::Value as Json;

use crate::smithy::Traits;

/// The constraints of a value; those of the member take precedence over those of its target.
pub(super) struct MemberConstraints<'m> {
    pub(super) member: &'m Traits,
    pub(super) target: &'m Traits,
}

impl MemberConstraints<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        let id = format!("smithy.api#{name}");
        self.member.get(&id).or_else(|| self.target.get(&id))
    }

    pub(super) fn pattern(&self) -> Option<&str> {
        self.get("pattern")?.as_str()
    }

    pub(super) fn bound(&self, rule: &str, end: &str) -> Option<f64> {
        self.get(rule)?.get(end)?.as_f64()
    }

    /// Returns the number in the range that is closest to `wish`.
    pub(super) fn number(&self, wish: f64) -> f64 {
        let least = self.bound("range", "min").unwrap_or(f64::MIN);
        let most = self.bound("range", "max").unwrap_or(f64::MAX);
        wish.min(most).max(least)
    }

    pub(super) fn whole_number(&self, wish: i64) -> i64 {
        // Beyond 2^53 a bound may be inexact, which is acceptable in an example.
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let number = self.number(wish as f64).ceil() as i64;
        number
    }

    /// Returns true if the length of a text is allowed.
    pub(super) fn accepts_length(&self, length: usize) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "no text of an example is that long")]
        let length = length as f64;
        let least = self.bound("length", "min").unwrap_or(0.0);
        let most = self.bound("length", "max").unwrap_or(f64::MAX);
        (least..=most).contains(&length)
    }
}
