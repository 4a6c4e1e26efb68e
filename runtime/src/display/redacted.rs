//! Placeholders for secrets in `Debug` output.

use std::fmt;

/// A placeholder for a secret: `Debug` prints `[redacted]`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Returns a `Debug` value that shows only whether there is a value: `None` or `[redacted]`.
#[must_use]
pub fn redacted<T>(value: &Option<T>) -> impl fmt::Debug + use<T> {
    Presence(value.is_some())
}

struct Presence(bool);

impl fmt::Debug for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 { Redacted.fmt(f) } else { f.write_str("None") }
    }
}
