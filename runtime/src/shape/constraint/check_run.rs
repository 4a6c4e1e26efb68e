//! The state of one validation: what it checks, and what it has found.

#[cfg(feature = "patterns")]
use crate::shape::constraint::pattern::compiled::CompiledPatterns;
use crate::shape::constraint::validation_options::Validation;
use crate::shape::constraint::violation::Violation;

/// What a validation checks, and the violations found so far.
#[derive(Debug)]
pub(super) struct CheckRun {
    pub(super) validation: Validation,
    pub(super) violations: Vec<Violation>,
    #[cfg(feature = "patterns")]
    patterns: CompiledPatterns,
}

impl CheckRun {
    pub(super) fn new(validation: Validation) -> Self {
        Self {
            validation,
            violations: Vec::new(),
            #[cfg(feature = "patterns")]
            patterns: CompiledPatterns::default(),
        }
    }

    /// Returns true if patterns are checked and the text does not match this one.
    #[cfg(feature = "patterns")]
    pub(super) fn mismatches(&mut self, pattern: &'static str, text: &str) -> bool {
        self.validation.patterns && !self.patterns.accept(pattern, text)
    }
}
