//! The state of one validation: what it checks, and what it has found.

#[cfg(feature = "patterns")]
use std::collections::BTreeMap;

#[cfg(feature = "patterns")]
use crate::shape::constraint::pattern::Pattern;
use crate::shape::constraint::validation_options::Validation;
use crate::shape::constraint::violation::Violation;

/// What a validation checks, and the violations found so far.
#[derive(Debug)]
pub(super) struct CheckRun {
    pub(super) validation: Validation,
    pub(super) violations: Vec<Violation>,
    /// The patterns parsed so far. An unsupported one is `None`, and every text matches it.
    #[cfg(feature = "patterns")]
    patterns: BTreeMap<&'static str, Option<Pattern>>,
}

impl CheckRun {
    pub(super) fn new(validation: Validation) -> Self {
        Self {
            validation,
            violations: Vec::new(),
            #[cfg(feature = "patterns")]
            patterns: BTreeMap::new(),
        }
    }

    /// Returns true if patterns are checked and the text does not match this one.
    #[cfg(feature = "patterns")]
    pub(super) fn mismatches(&mut self, pattern: &'static str, text: &str) -> bool {
        if !self.validation.patterns {
            return false;
        }
        let parsed = self.patterns.entry(pattern).or_insert_with(|| Pattern::parse(pattern));
        parsed.as_ref().is_some_and(|pattern| !pattern.matches(text))
    }
}
