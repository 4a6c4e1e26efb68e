//! Reads the JSON of a rule set and tracks paths such as `rules[3].conditions[1]`.

use std::fmt;

use serde_json::{Map, Value};

/// A problem and its path in the rule set.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    location: String,
    what: String,
}

impl Fault {
    /// Returns the whole message; `trait_id` is the trait that contains the path.
    pub(super) fn text(&self, trait_id: &str) -> String {
        match self.location.as_str() {
            "" => format!("{trait_id}: {}", self.what),
            location => format!("{trait_id}, {location}: {}", self.what),
        }
    }
}

/// A path in a rule set.
#[derive(Clone, Debug)]
pub(super) struct JsonPath(String);

impl JsonPath {
    pub(super) fn root() -> Self {
        Self(String::new())
    }

    pub(super) fn key(&self, key: &str) -> Self {
        let dot = if self.0.is_empty() { "" } else { "." };
        Self(format!("{}{dot}{key}", self.0))
    }

    pub(super) fn index(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    pub(super) fn fault(&self, what: impl fmt::Display) -> Fault {
        Fault { location: self.0.clone(), what: what.to_string() }
    }
}

/// An object and its path.
pub(super) struct Object<'v> {
    fields: &'v Map<String, Value>,
    pub(super) location: JsonPath,
}

impl<'v> Object<'v> {
    pub(super) fn of(value: &'v Value, location: &JsonPath) -> Result<Self, Fault> {
        let fields = value.as_object().ok_or_else(|| location.fault("expected an object"))?;
        Ok(Self { fields, location: location.clone() })
    }

    /// Rejects unknown keys; `documentation` is always allowed.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Fault> {
        let strange = |key: &&String| *key != "documentation" && !known.contains(&key.as_str());
        match self.fields.keys().find(strange) {
            Some(key) => Err(self.location.fault(format!("unknown key `{key}`"))),
            None => Ok(()),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'v Value> {
        self.fields.get(key)
    }

    pub(super) fn need(&self, key: &str) -> Result<&'v Value, Fault> {
        self.get(key).ok_or_else(|| self.location.fault(format!("the key `{key}` is missing")))
    }

    pub(super) fn text(&self, key: &str) -> Result<&'v str, Fault> {
        let text = self.need(key)?.as_str();
        text.ok_or_else(|| self.location.key(key).fault("expected a string"))
    }

    pub(super) fn array(&self, key: &str) -> Result<&'v [Value], Fault> {
        array(self.need(key)?, &self.location.key(key))
    }

    /// Returns the fields with their paths.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'v String, &'v Value, JsonPath)> {
        self.fields.iter().map(|(key, value)| (key, value, self.location.key(key)))
    }
}

pub(super) fn array<'v>(value: &'v Value, location: &JsonPath) -> Result<&'v [Value], Fault> {
    let elements = value.as_array().ok_or_else(|| location.fault("expected an array"))?;
    Ok(elements.as_slice())
}
