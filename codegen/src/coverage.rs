//! Counts which parts of a service have documentation.

use std::{collections::BTreeMap, fmt};

/// The documentation of a service, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    parts: BTreeMap<Part, (usize, usize)>,
    /// The items without documentation, such as `PutImage` or `PutImageRequest$imageTag`, in the
    /// model's order.
    pub missing: Vec<String>,
}

/// The kinds of items that can have documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// The service itself.
    Service,
    /// An operation.
    Operation,
    /// A structure that is not an exception.
    Structure,
    /// A union.
    Union,
    /// A member of a structure, a union or an exception.
    Member,
    /// An enum, of strings or of numbers.
    Enum,
    /// A value of an enum.
    Value,
    /// An exception.
    Exception,
}

impl Part {
    /// The plural noun.
    fn plural(self) -> &'static str {
        match self {
            Self::Service => "services",
            Self::Operation => "operations",
            Self::Structure => "structures",
            Self::Union => "unions",
            Self::Member => "members",
            Self::Enum => "enums",
            Self::Value => "values of enums",
            Self::Exception => "exceptions",
        }
    }
}

impl Coverage {
    /// Counts an item, and records its name if it has no documentation.
    pub fn add(&mut self, part: Part, documented: bool, name: impl FnOnce() -> String) {
        let (some, all) = self.parts.entry(part).or_default();
        *some += usize::from(documented);
        *all += 1;
        if !documented {
            self.missing.push(name());
        }
    }

    /// The number of parts that have documentation.
    #[must_use]
    pub fn documented(&self) -> usize {
        self.parts.values().map(|(some, _)| some).sum()
    }

    /// The total number of parts.
    #[must_use]
    pub fn all(&self) -> usize {
        self.parts.values().map(|(_, all)| all).sum()
    }

    /// The number of parts of this kind that have documentation, and the total number.
    #[must_use]
    pub fn of(&self, part: Part) -> (usize, usize) {
        self.parts.get(&part).copied().unwrap_or_default()
    }

    /// The counts of all parts together.
    #[must_use]
    pub fn in_brief(&self) -> String {
        format!("{} of {} documented", self.documented(), self.all())
    }

    /// Returns true if nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// The counts in one line; incomplete kinds are listed separately.
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_brief())?;
        let partial = self.parts.iter().filter(|(_, (some, all))| some < all);
        let partial: Vec<_> = partial
            .map(|(part, (some, all))| format!("{some} of {all} {}", part.plural()))
            .collect();
        match partial.as_slice() {
            [] => Ok(()),
            parts => write!(f, " ({})", parts.join(", ")),
        }
    }
}
