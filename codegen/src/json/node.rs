//! JSON values with their line and column.
//!
//! The text is never copied: a [`Node`] borrows a slice of its file, and the position is computed from
//! where the slice starts.

use std::{borrow::Cow, collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};
use serde_json::{Value, error::Category, value::RawValue};

use super::source::SourceText;
use crate::{error::Problem, smithy::Position};

/// A JSON value and its position.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    source: &'a SourceText,
    raw: &'a str,
}

/// The fields of an object in order, without duplicate names.
pub(crate) type Fields<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

impl SourceText {
    /// Parses the whole file as one value, checking its syntax to the end.
    pub(crate) fn root(&self) -> Result<Node<'_>, Problem> {
        match serde_json::from_str::<&RawValue>(&self.text) {
            Ok(raw) => Ok(Node { source: self, raw: raw.get() }),
            Err(error) => Err(syntax_problem(&error).at(&self.position_in(0, &error))),
        }
    }
}

impl<'a> Node<'a> {
    /// Returns where the value starts.
    pub(crate) fn position(self) -> Position {
        self.source.position(self.offset())
    }

    /// A problem at this value.
    pub(crate) fn problem(self, message: impl Into<String>) -> Problem {
        Problem::new(message).at(&self.position())
    }

    /// Returns the fields of an object; a duplicate name is a problem.
    pub(crate) fn fields(self) -> Result<Fields<'a>, Problem> {
        let object: RawObject<'a> = self.parse("an object")?;
        let node = |raw: &'a RawValue| Node { source: self.source, raw: raw.get() };
        let fields = object.0.into_iter().map(|(name, raw)| (name, node(raw)));
        let fields: Fields<'a> = fields.collect();
        match duplicate(&fields) {
            None => Ok(fields),
            Some((first, (name, second))) => {
                let first = first.position();
                Err(second.problem(format!(
                    "duplicate key `{name}`, first at line {}, column {}. Keep one of them.",
                    first.line, first.column
                )))
            }
        }
    }

    /// Returns a field of an object, or `None` if it is absent.
    pub(crate) fn field(self, name: &str) -> Result<Option<Node<'a>>, Problem> {
        Ok(self.fields()?.into_iter().find(|(key, _)| key == name).map(|(_, node)| node))
    }

    /// The elements of an array.
    pub(crate) fn elements(self) -> Result<Vec<Node<'a>>, Problem> {
        let array: Vec<&'a RawValue> = self.parse("an array")?;
        Ok(array.into_iter().map(|raw| Node { source: self.source, raw: raw.get() }).collect())
    }

    /// A string.
    pub(crate) fn string(self) -> Result<String, Problem> {
        self.parse_owned("a string")
    }

    /// A boolean.
    pub(crate) fn boolean(self) -> Result<bool, Problem> {
        self.parse_owned("true or false")
    }

    /// The value as JSON of any kind.
    pub(crate) fn value(self) -> Result<Value, Problem> {
        self.parse_owned("a value")
    }

    /// Returns true if the value is null.
    pub(crate) fn is_null(self) -> bool {
        self.raw == "null"
    }

    /// Returns true if the value is an object.
    pub(crate) fn is_object(self) -> bool {
        self.raw.starts_with('{')
    }

    /// Returns the content of a string without escapes.
    pub(crate) fn raw_string(self) -> Option<&'a str> {
        self.raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))
    }

    fn parse_owned<T: DeserializeOwned>(self, expected: &str) -> Result<T, Problem> {
        self.parse(expected)
    }

    fn parse<T: Deserialize<'a>>(self, expected: &str) -> Result<T, Problem> {
        serde_json::from_str(self.raw).map_err(|error| match error.classify() {
            Category::Data => {
                self.problem(format!("expected {expected}, found {}. Correct it.", self.describe()))
            }
            _ => {
                let position = self.source.position_in(self.offset(), &error);
                syntax_problem(&error).at(&position)
            }
        })
    }

    fn describe(self) -> &'static str {
        match self.raw.as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    /// Returns the text of the value.
    pub(crate) fn text(self) -> &'a str {
        self.raw
    }

    /// Returns the offset of the slice in its file: the distance of two addresses, which are not
    /// dereferenced.
    pub(crate) fn offset(self) -> usize {
        self.raw.as_ptr().addr().saturating_sub(self.source.text.as_ptr().addr())
    }
}

/// The maximum number of keys that are compared with each other instead of being hashed, which takes
/// longer for a few keys.
const COMPARED: usize = 16;

/// Returns the first field whose name an earlier field has, and that earlier field.
fn duplicate<'f, 'a>(fields: &'f Fields<'a>) -> Option<(Node<'a>, &'f (Cow<'a, str>, Node<'a>))> {
    if fields.len() <= COMPARED {
        return fields.iter().enumerate().find_map(|(index, field)| {
            let (_, first) = fields[..index].iter().find(|(name, _)| *name == field.0)?;
            Some((*first, field))
        });
    }
    let mut seen = HashMap::with_capacity(fields.len());
    fields.iter().find_map(|field| Some((seen.insert(&field.0, field.1)?, field)))
}

/// An object with all of its keys, including duplicates.
struct RawObject<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;
        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut fields = Vec::new();
                while let Some((Key(key), raw)) = map.next_entry::<Key<'de>, &RawValue>()? {
                    fields.push((key, raw));
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(ObjectVisitor).map(RawObject)
    }
}

/// A key, borrowed if it has no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

fn syntax_problem(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    Problem::new(match error.classify() {
        // The limit of serde_json, which prevents stack overflows.
        _ if what == "recursion limit exceeded" => {
            "values are nested more than 127 levels deep here. Reduce the nesting.".to_owned()
        }
        Category::Eof => format!("the JSON ends unexpectedly ({what}). Restore the whole file."),
        _ => format!("invalid JSON ({what}). Correct it."),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText::new(PathBuf::from("a.json"), text.to_owned())
    }

    #[test]
    fn values_know_their_position() {
        let source = source("{\n  \"a\": {\n    \"b\": [1,\n2]}}");
        let a = source.root().unwrap().field("a").unwrap().unwrap();
        assert_eq!(a.position().to_string(), "a.json:2:8");
        let b = a.field("b").unwrap().unwrap();
        let places = b.elements().unwrap().into_iter().map(|node| node.position().to_string());
        assert_eq!(places.collect::<Vec<_>>(), ["a.json:3:11", "a.json:4:1"]);
    }

    #[test]
    fn broken_text_has_line_and_column() {
        let cut = source("{\n \"a\": [1,").root().err().unwrap();
        assert!(cut.to_string().starts_with("a.json:2:9: the JSON ends unexpectedly"), "{cut}");
        let odd = source("{\"a\":\n ?}").root().err().unwrap();
        assert!(odd.to_string().starts_with("a.json:2:2: invalid JSON"), "{odd}");
    }

    #[test]
    fn nesting_that_is_too_deep_is_reported() {
        let deep = source(&format!("{{\"a\": {}{}}}", "[".repeat(9000), "]".repeat(9000)));
        let problem = deep.root().unwrap().value().err().unwrap().to_string();
        let said = "values are nested more than 127 levels deep here. Reduce the nesting.";
        assert!(problem.starts_with("a.json:1:") && problem.ends_with(said), "{problem}");
    }

    #[test]
    fn unexpected_values_are_described() {
        let source = source("{\"a\": 1}");
        let found = source.root().unwrap().field("a").unwrap().unwrap().fields().err().unwrap();
        assert_eq!(
            found.to_string(),
            "a.json:1:7: expected an object, found a number. Correct it."
        );
    }

    /// Few keys are compared, many are hashed.
    #[test]
    fn the_first_duplicate_key_is_reported_however_many_there_are() {
        for count in [2, COMPARED, COMPARED + 1, 3 * COMPARED] {
            let last = count - 2;
            let keys = (0..=last).map(|index| format!("\"k{index}\": 0,\n")).collect::<String>();
            let text = |key: &str| format!("{{\n{keys}\"{key}\": 1}}");
            assert!(source(&text("x")).root().unwrap().fields().is_ok());
            for index in [0, last] {
                let key = format!("k{index}");
                let problem = source(&text(&key)).root().unwrap().fields().err().unwrap();
                let (line, first, column) = (count + 1, index + 2, key.len() + 5);
                let expected = format!(
                    "a.json:{line}:{column}: duplicate key `{key}`, first at line {first}, column \
                        {column}. Keep one of them."
                );
                assert_eq!(problem.to_string(), expected);
            }
        }
    }
}
