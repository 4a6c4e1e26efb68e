//! Whether a tag may be moved to another image.

use super::refusal::Refusal;

/// What a repository says of its tags.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::registry) enum Mutability {
    #[default]
    Mutable,
    Immutable,
    /// Tags may be moved, but for those that a filter matches.
    MutableBut(Vec<String>),
    /// Tags may not be moved, but for those that a filter matches.
    ImmutableBut(Vec<String>),
}

impl Mutability {
    /// Reads what a request says: the value of the wire, and the filters.
    pub(in crate::registry) fn read(value: &str, filters: Vec<String>) -> Result<Self, Refusal> {
        for filter in &filters {
            check_filter(filter)?;
        }
        match (value, filters.is_empty()) {
            ("MUTABLE", true) => Ok(Self::Mutable),
            ("IMMUTABLE", true) => Ok(Self::Immutable),
            ("MUTABLE_WITH_EXCLUSION", false) => Ok(Self::MutableBut(filters)),
            ("IMMUTABLE_WITH_EXCLUSION", false) => Ok(Self::ImmutableBut(filters)),
            ("MUTABLE" | "IMMUTABLE", false) => Err(Refusal::parameter(format!(
                "imageTagMutabilityExclusionFilters are for imageTagMutability with exclusion, not for {value}"
            ))),
            ("MUTABLE_WITH_EXCLUSION" | "IMMUTABLE_WITH_EXCLUSION", true) => {
                Err(Refusal::parameter(format!(
                    "imageTagMutability {value} needs imageTagMutabilityExclusionFilters"
                )))
            }
            _ => Err(Refusal::parameter(format!("imageTagMutability cannot be {value:?}"))),
        }
    }

    /// The value on the wire.
    pub(in crate::registry) fn as_str(&self) -> &'static str {
        match self {
            Self::Mutable => "MUTABLE",
            Self::Immutable => "IMMUTABLE",
            Self::MutableBut(_) => "MUTABLE_WITH_EXCLUSION",
            Self::ImmutableBut(_) => "IMMUTABLE_WITH_EXCLUSION",
        }
    }

    pub(in crate::registry) fn filters(&self) -> &[String] {
        match self {
            Self::Mutable | Self::Immutable => &[],
            Self::MutableBut(filters) | Self::ImmutableBut(filters) => filters,
        }
    }

    /// Whether a tag that is there may be moved.
    pub(in crate::registry) fn may_move(&self, tag: &str) -> bool {
        let matched =
            self.filters().iter().any(|filter| matches(filter.as_bytes(), tag.as_bytes()));
        match self {
            Self::Mutable | Self::MutableBut(_) => !matched,
            Self::Immutable | Self::ImmutableBut(_) => matched,
        }
    }
}

fn check_filter(filter: &str) -> Result<(), Refusal> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '*' | '-');
    let stars = filter.matches('*').count();
    match filter.chars().all(allowed) && stars <= 2 {
        true => Ok(()),
        false => Err(Refusal::parameter(format!(
            "the filter {filter:?} is not of letters, digits, '.', '_', '-' and at most two '*'"
        ))),
    }
}

/// Whether a pattern, in which `*` stands for anything, is the whole of a text.
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
    fn which_tags_may_move() {
        for (value, filters, tag, may) in [
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
            let mutability = Mutability::read(value, filters).unwrap_or_default();
            assert_eq!(mutability.as_str(), value);
            assert_eq!(mutability.may_move(tag), may, "{value} {tag}");
        }
    }

    #[test]
    fn a_value_and_filters_that_do_not_fit_are_refused() {
        for (value, filters) in [
            ("MUTABLE", &["a"][..]),
            ("IMMUTABLE_WITH_EXCLUSION", &[]),
            ("MUTABLE_WITH_EXCLUSION", &["***"]),
            ("MUTABLE_WITH_EXCLUSION", &["a b"]),
            ("SOMETIMES", &[]),
        ] {
            let filters = filters.iter().map(|filter| (*filter).to_owned()).collect();
            assert!(Mutability::read(value, filters).is_err(), "{value}");
        }
    }
}
