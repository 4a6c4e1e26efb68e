//! The wire form of unions: an object with exactly one member.
//!
//! A union is a [`Structure`] that is never without a member, so that all that looks into structures
//! looks into unions too; only reading is another matter, and that is here. A member that the model
//! does not list is kept as it came.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::shape::constraint::validation::quoted;
use crate::shape::structure::{self, Key, KeySeed, secret_error};
use crate::{Document, Structure};

/// A union. Its [`Structure::empty`] is the one without a member, which stands for a union that a
/// service should have sent and did not.
pub trait Union: Structure {
    /// Whether no member is there.
    fn is_empty(&self) -> bool;
}

/// A member of a union that the model does not list.
///
/// It comes to be only where a union is read. `Debug` shows the name only, as the value may be a
/// secret.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnrecognizedMember {
    name: Box<str>,
    value: Document,
}

impl UnrecognizedMember {
    /// The name as it came; empty where the union is one that a service should have sent and did not.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value as it came.
    #[must_use]
    pub fn value(&self) -> &Document {
        &self.value
    }

    /// For [`union!`](crate::union!): no member at all.
    #[doc(hidden)]
    #[must_use]
    pub fn absent() -> Self {
        Self { name: Box::default(), value: Document::Null }
    }

    /// For [`union!`](crate::union!), after it has compared `name` with all that are listed.
    #[doc(hidden)]
    pub fn take<'de, M: MapAccess<'de>>(name: &str, map: &mut M) -> Result<Option<Self>, M::Error> {
        if name == TYPE {
            map.next_value::<IgnoredAny>()?;
            return Ok(None);
        }
        let value: Option<Document> = map.next_value()?;
        Ok(value.map(|value| Self { name: name.into(), value }))
    }

    /// For [`union!`](crate::union!): writes the member, where there is one.
    #[doc(hidden)]
    pub fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if self.name.is_empty() { Ok(()) } else { map.serialize_entry(&self.name, &self.value) }
    }
}

impl fmt::Debug for UnrecognizedMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnrecognizedMember").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What services put beside the member to say which shape this is.
const TYPE: &str = "__type";

/// The content of a member that is there or not, and has none.
pub struct Unit;

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        structure::serialize(&(), serializer)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        structure::deserialize::<(), D>(deserializer).map(|()| Self)
    }
}

/// Puts the member that was read into `union`, where it was not `null`; for [`Structure::read`].
///
/// # Errors
/// The one that `taken` is.
#[inline]
pub fn choose<U, T, E>(
    union: &mut U,
    taken: Result<Option<T>, E>,
    variant: impl FnOnce(T) -> U,
) -> Result<bool, E> {
    match taken {
        Ok(Some(value)) => *union = variant(value),
        Ok(None) => {}
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Writes a union as a map, and as `null` the one that has no member: that is read as one that did
/// not come, which it is, and `{}` is not read at all.
///
/// # Errors
/// The serializer's.
pub fn serialize<T: Union, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if value.is_empty() {
        serializer.serialize_unit()
    } else {
        structure::serialize(value, serializer)
    }
}

/// Reads a union from a map.
///
/// # Errors
/// The deserializer's, a value that does not fit its member, and a map without a member that is not
/// `null`, or with two of them.
pub fn deserialize<'de, T: Union, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_map(UnionVisitor(PhantomData))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object for the union {}", T::SHAPE)
    }

    /// As in a structure, of a member that comes twice the last value stays.
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut found: Option<(Cow<'de, str>, T)> = None;
        while let Some(Key(key)) = map.next_key_seed(KeySeed)? {
            let mut value = T::empty();
            match value.read(&key, &mut map) {
                Ok(_) if value.is_empty() => continue,
                Ok(_) => {}
                Err(error) if T::SECRET.contains(&&*key) => return Err(secret_error(&key, &error)),
                Err(error) => return Err(error),
            }
            match &found {
                Some((other, _)) if *other != key => return Err(two_members::<T, _>(other, &key)),
                _ => found = Some((key, value)),
            }
        }
        match found {
            Some((_, value)) => Ok(value),
            None => Err(M::Error::custom(format_args!("{ERROR}{} has no member", T::SHAPE))),
        }
    }
}

fn two_members<T: Union, E: Error>(one: &str, other: &str) -> E {
    let (shape, one, other) = (T::SHAPE, quoted(one), quoted(other));
    E::custom(format_args!("{ERROR}{shape} has two members, {one} and {other}"))
}

/// How the errors begin that are of this file, in which there are names only.
const ERROR: &str = "the union ";

/// What is wrong with the members of a union, if the text of an error is about that.
pub(crate) fn problem(text: &str) -> Option<&str> {
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text.starts_with(ERROR).then_some(&text[..end])
}
