//! Serde support for unions, whose wire form is an object with exactly one member.
//!
//! A union is a [`Structure`] that always has a member, so code for structures also handles unions.
//! Only deserialization differs. A member that is not in the model is preserved.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::format::mismatch::split_position;
use crate::shape::constraint::violation::quote;
use crate::shape::secret_error::secret_error;
use crate::shape::structure::{self, Key, KeySeed};
use crate::{Document, Structure};

/// A union. [`Structure::empty`] returns the union without a member, which replaces a required
/// union that is absent from a response.
pub trait Union: Structure {
    /// Returns true if the union has no member.
    fn is_empty(&self) -> bool;
}

/// A member of a union that is not in the model.
///
/// It is created only by deserializing a union. `Debug` shows only its name, because the value may
/// be secret.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnrecognizedMember {
    name: Box<str>,
    value: Document,
}

impl UnrecognizedMember {
    /// Returns the name, or an empty string if this replaces a required union that is absent from a
    /// response.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the value.
    #[must_use]
    pub fn value(&self) -> &Document {
        &self.value
    }

    /// Creates the content of a union without a member, for [`union!`](crate::union!).
    #[doc(hidden)]
    #[must_use]
    pub fn absent() -> Self {
        Self { name: Box::default(), value: Document::Null }
    }

    /// Reads the member, for [`union!`](crate::union!). `name` must not be a known member.
    #[doc(hidden)]
    pub fn take<'de, M: MapAccess<'de>>(name: &str, map: &mut M) -> Result<Option<Self>, M::Error> {
        if name == TYPE_KEY {
            map.next_value::<IgnoredAny>()?;
            return Ok(None);
        }
        let value: Option<Document> = map.next_value()?;
        Ok(value.map(|value| Self { name: name.into(), value }))
    }

    /// Writes the member, if there is one, for [`union!`](crate::union!).
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

/// The key under which some services send the name of the shape, next to the member.
const TYPE_KEY: &str = "__type";

/// The value of a member without content.
#[derive(Debug)]
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

/// Stores the member in `union`, unless it was `null`; for [`Structure::read`].
///
/// # Errors
/// Returns the error in `member`.
#[inline]
pub fn choose<U, T, E>(
    union: &mut U,
    member: Result<Option<T>, E>,
    variant: impl FnOnce(T) -> U,
) -> Result<bool, E> {
    match member {
        Ok(Some(value)) => *union = variant(value),
        Ok(None) => {}
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Serializes a union as a map. A union without a member is `null`, because deserialization treats
/// `null` as absent but rejects `{}`.
///
/// # Errors
/// Returns the error of the serializer.
pub fn serialize<T: Union, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if value.is_empty() {
        serializer.serialize_unit()
    } else {
        structure::serialize(value, serializer)
    }
}

/// Deserializes a union from a map.
///
/// # Errors
/// Returns the error of the deserializer, or an error if a value does not fit its member or if the
/// number of members that are not `null` is not one.
pub fn deserialize<'de, T: Union, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_map(UnionVisitor(PhantomData))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object for the union {}", T::SHAPE)
    }

    /// If a member occurs twice, the last value is used, as in structures.
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
            None => Err(M::Error::custom(format_args!("{ERROR_PREFIX}{} has no member", T::SHAPE))),
        }
    }
}

fn two_members<T: Union, E: Error>(one: &str, other: &str) -> E {
    let (shape, one, other) = (T::SHAPE, quote(one), quote(other));
    E::custom(format_args!("{ERROR_PREFIX}{shape} has two members, {one} and {other}"))
}

/// The prefix of the errors of this file, which contain only names.
const ERROR_PREFIX: &str = "the union ";

/// Returns the description of an error, without its position, if it is an error of this file.
pub(crate) fn union_error(text: &str) -> Option<&str> {
    let (message, _) = split_position(text);
    message.starts_with(ERROR_PREFIX).then_some(message)
}
