//! What is printed in place of a secret.

use std::fmt;

/// Prints `[redacted]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Prints whether there is a value and nothing of the value itself: `None` or `[redacted]`.
pub fn redacted<T>(value: &Option<T>) -> impl fmt::Debug + use<T> {
    Presence(value.is_some())
}

struct Presence(bool);

impl fmt::Debug for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 { Redacted.fmt(f) } else { f.write_str("None") }
    }
}
