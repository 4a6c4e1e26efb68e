//! Tag mutability: whether a tag can be moved to another image.

use super::error::ApiError;

/// The tag mutability setting of a repository.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::registry) enum Mutability {
    #[default]
    Mutable,
    Immutable,
    /// Tags that match a filter are immutable.
    MutableExcept(Vec<String>),
    /// Tags that match a filter are mutable.
    ImmutableExcept(Vec<String>),
}

impl Mutability {
    /// Parses the value and the filters of a request.
    pub(in crate::registry) fn parse(value: &str, filters: Vec<String>) -> Result<Self, ApiError> {
        for filter in &filters {
            check_filter(filter)?;
        }
        match (value, filters.is_empty()) {
            ("MUTABLE", true) => Ok(Self::Mutable),
            ("IMMUTABLE", true) => Ok(Self::Immutable),
            ("MUTABLE_WITH_EXCLUSION", false) => Ok(Self::MutableExcept(filters)),
            ("IMMUTABLE_WITH_EXCLUSION", false) => Ok(Self::ImmutableExcept(filters)),
            ("MUTABLE" | "IMMUTABLE", false) => Err(ApiError::invalid_parameter(format!(
                "imageTagMutability {value} does not allow imageTagMutabilityExclusionFilters"
            ))),
            ("MUTABLE_WITH_EXCLUSION" | "IMMUTABLE_WITH_EXCLUSION", true) => {
                Err(ApiError::invalid_parameter(format!(
                    "imageTagMutability {value} requires imageTagMutabilityExclusionFilters"
                )))
            }
            _ => Err(ApiError::invalid_parameter(format!(
                "imageTagMutability {value:?} is not supported"
            ))),
        }
    }

    /// The value in the API.
    pub(in crate::registry) fn as_str(&self) -> &'static str {
        match self {
            Self::Mutable => "MUTABLE",
            Self::Immutable => "IMMUTABLE",
            Self::MutableExcept(_) => "MUTABLE_WITH_EXCLUSION",
            Self::ImmutableExcept(_) => "IMMUTABLE_WITH_EXCLUSION",
        }
    }

    pub(in crate::registry) fn filters(&self) -> &[String] {
        match self {
            Self::Mutable | Self::Immutable => &[],
            Self::MutableExcept(filters) | Self::ImmutableExcept(filters) => filters,
        }
    }

    /// Returns `true` if an existing tag can be moved.
    pub(in crate::registry) fn is_mutable(&self, tag: &str) -> bool {
        let matched =
            self.filters().iter().any(|filter| matches(filter.as_bytes(), tag.as_bytes()));
        match self {
            Self::Mutable | Self::MutableExcept(_) => !matched,
            Self::Immutable | Self::ImmutableExcept(_) => matched,
        }
    }
}

fn check_filter(filter: &str) -> Result<(), ApiError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '*' | '-');
    let stars = filter.matches('*').count();
    match filter.chars().all(allowed) && stars <= 2 {
        true => Ok(()),
        false => Err(ApiError::invalid_parameter(format!(
            "the filter {filter:?} may contain only letters, digits, '.', '_', '-' and at most two '*'"
        ))),
    }
}

/// Returns `true` if a pattern, in which `*` stands for any characters, matches the whole text.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', rest @ ..] => (0..=text.len()).any(|from| matches(rest, &text[from..])),
        [first, rest @ ..] => text.first() == Some(first) && matches(rest, &text[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::Mutability;

    #[test]
    fn filters_are_exceptions_to_the_setting() {
        for (value, filters, tag, mutable) in [
            ("MUTABLE", &[][..], "v1", true),
            ("IMMUTABLE", &[], "v1", false),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest", "dev-*"], "latest", true),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest", "dev-*"], "dev-", true),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest", "dev-*"], "dev", false),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest"], "latest2", false),
            ("MUTABLE_WITH_EXCLUSION", &["*rc*"], "v1rc2", false),
            ("MUTABLE_WITH_EXCLUSION", &["*rc*"], "rc", false),
            ("MUTABLE_WITH_EXCLUSION", &["*rc*"], "v1", true),
        ] {
            let filters = filters.iter().map(|filter| (*filter).to_owned()).collect();
            let mutability = Mutability::parse(value, filters).unwrap_or_default();
            assert_eq!(mutability.as_str(), value);
            assert_eq!(mutability.is_mutable(tag), mutable, "{value} {tag}");
        }
    }

    #[test]
    fn invalid_combinations_of_value_and_filters_are_rejected() {
        for (value, filters) in [
            ("MUTABLE", &["a"][..]),
            ("IMMUTABLE_WITH_EXCLUSION", &[]),
            ("MUTABLE_WITH_EXCLUSION", &["***"]),
            ("MUTABLE_WITH_EXCLUSION", &["a b"]),
            ("SOMETIMES", &[]),
        ] {
            let filters = filters.iter().map(|filter| (*filter).to_owned()).collect();
            assert!(Mutability::parse(value, filters).is_err(), "{value}");
        }
    }
}
