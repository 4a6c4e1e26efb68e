//! What validation checks besides lengths, ranges, sizes and uniqueness.

/// What [`validate_with`](crate::validate_with) checks.
///
/// Lengths, ranges, sizes and the uniqueness of elements are always checked. Patterns and enum
/// values are checked only on request, because checking patterns takes time, and services add enum
/// values more often than they change limits.
///
/// ```
/// use longshore_runtime::Validation;
///
/// let validation = Validation::new().enum_values(true);
/// # assert_ne!(validation, Validation::new());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[must_use]
pub struct Validation {
    pub(super) enum_values: bool,
    #[cfg(feature = "patterns")]
    pub(super) patterns: bool,
}

impl Validation {
    /// Creates a validation of lengths, ranges, sizes and uniqueness.
    pub const fn new() -> Self {
        Self {
            enum_values: false,
            #[cfg(feature = "patterns")]
            patterns: false,
        }
    }

    /// Sets whether enum values that the model does not list are violations. The default is false.
    ///
    /// An enum without values in the model allows every value. Members of a union that the model
    /// does not list are not violations.
    pub const fn enum_values(mut self, check: bool) -> Self {
        self.enum_values = check;
        self
    }

    /// Sets whether strings are matched against the patterns of the model. The default is false.
    ///
    /// As Smithy defines it, a pattern that is not anchored with `^` and `$` may match anywhere in
    /// the string. A string is a violation only if it certainly does not match:
    ///
    /// - Lookarounds and word boundaries are assumed to hold, and back references to match any
    ///   text. The rest of the pattern is checked.
    /// - Non-ASCII characters are assumed to belong to a Unicode class such as `\p{P}` unless the
    ///   standard library rules that out, and so are letters and digits to `\w` and `\d` and their
    ///   negations.
    /// - `$` matches at the end and before a line terminator at the end, as in Java and Python.
    /// - Repetition counts above 4096, or a lower limit in a complex pattern, are not enforced.
    /// - Malformed patterns, and those with unsupported syntax such as inline flags or set
    ///   operations, are not checked at all.
    ///
    /// For every pattern, the time is proportional to the length of the string.
    #[cfg(feature = "patterns")]
    pub const fn patterns(mut self, check: bool) -> Self {
        self.patterns = check;
        self
    }
}
