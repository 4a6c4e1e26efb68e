//! What the model demands of a value beyond its type.

/// What the model demands of a value beyond its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Characters of a string, bytes of a blob, elements of a list, entries of a map.
    pub length: Option<Bounds>,
    /// The least and greatest number.
    pub range: Option<Bounds>,
    /// The regular expression a string must match somewhere, as the model has it.
    pub pattern: Option<String>,
    /// Whether no element may come twice.
    pub unique: bool,
}

/// A lower and an upper bound, both inclusive, as the model writes them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The least.
    pub min: Option<String>,
    /// The greatest.
    pub max: Option<String>,
}

/// What is checked of a value before it is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Characters of a string, bytes of a blob, elements of a list, entries of a map.
    pub length: Option<Limits<u64>>,
    /// The least and greatest whole number.
    pub range: Option<Limits<i128>>,
    /// The least and greatest number of a type with fractions.
    pub float_range: Option<Limits<f64>>,
    /// Whether no element of a list may come twice.
    pub unique: bool,
    /// The rules for each element of a list or value of a map.
    pub each: Option<Box<Rules>>,
    /// The rules for each key of a map.
    pub key: Option<Box<Rules>>,
}

impl Rules {
    /// Whether there is none, neither for the value nor for what is in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A lower and an upper bound, both inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits<T> {
    /// The least.
    pub min: Option<T>,
    /// The greatest.
    pub max: Option<T>,
}
