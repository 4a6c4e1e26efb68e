//! Validates a structure, and defines the error that contains its violations.

use std::fmt::{self, Display};

use crate::Structure;
use crate::shape::constraint::check::Checks;
use crate::shape::constraint::validation_options::Validation;
use crate::shape::constraint::violation::Violation;

/// The maximum number of violations that `Display` prints.
const MAX_SHOWN_VIOLATIONS: usize = 5;

/// Checks a request or another structure against the length, range and size constraints of the
/// model, recursively. [`validate_with`] can also check patterns and enum values.
///
/// # Errors
/// Returns all violations.
pub fn validate<T: Structure>(value: &T) -> Result<(), ValidationError> {
    validate_with(value, Validation::new())
}

/// Checks a request or another structure against the constraints of the model that `validation`
/// selects, recursively.
///
/// # Errors
/// Returns all violations.
pub fn validate_with<T: Structure>(
    value: &T,
    validation: Validation,
) -> Result<(), ValidationError> {
    match Checks::run(value, validation) {
        violations if violations.is_empty() => Ok(()),
        violations => Err(ValidationError { violations }),
    }
}

/// The error of a request that violates constraints of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    violations: Vec<Violation>,
}

impl ValidationError {
    pub(crate) fn one(violation: Violation) -> Self {
        Self { violations: vec![violation] }
    }

    /// Returns all violations, in the order of the model. There is at least one.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

/// Prints the first few violations on one line.
impl Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request is not valid")?;
        let shown = self.violations.iter().take(MAX_SHOWN_VIOLATIONS);
        for (index, violation) in shown.enumerate() {
            write!(f, "{}{violation}", if index == 0 { ": " } else { "; " })?;
        }
        match self.violations.len().saturating_sub(MAX_SHOWN_VIOLATIONS) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for ValidationError {}

impl IntoIterator for ValidationError {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.violations.into_iter()
    }
}

impl<'a> IntoIterator for &'a ValidationError {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.violations.iter()
    }
}
