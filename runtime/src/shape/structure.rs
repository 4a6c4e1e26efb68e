//! The `Structure` trait, and the serde visitor that all structures share.
//!
//! Derived serde code is slow to compile because every structure gets its own visitor. Here a
//! structure implements only access to single members. This file is independent of JSON.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{SerializeMap, Serializer};

use crate::shape::mismatch;
use crate::{Binding, Checks};

/// A structure and its wire form, accessed one member at a time.
pub trait Structure: Sized {
    /// The name of the structure in the model, for errors.
    const SHAPE: &'static str;

    /// The wire names of the members without which deserialization fails.
    const REQUIRED: &'static [&'static str] = &[];

    /// The wire names of the secret members, whose values errors do not show.
    const SECRET: &'static [&'static str] = &[];

    /// The members that protocols with HTTP bindings place outside the document in the body.
    const BINDINGS: &'static [Binding] = &[];

    /// Returns the structure without any members.
    fn empty() -> Self;

    /// Writes the members that are present.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// Reads the value of the member `key` from `map`. Returns false if there is no such member;
    /// the caller must then skip the value.
    ///
    /// # Errors
    /// Returns the error of the deserializer, or an error if the value does not fit the member.
    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error>;

    /// Adds the violations of constraints to `checks`. The default implementation adds none.
    fn check(&self, checks: &mut Checks<'_>) {
        let _ = checks;
    }
}

/// The output of an operation without one. Members in the response are skipped.
impl Structure for () {
    const SHAPE: &'static str = "Unit";

    fn empty() -> Self {}

    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, _: &str, _: &mut M) -> Result<bool, M::Error> {
        Ok(false)
    }
}

/// Boxes break recursion and have the wire form of their content.
impl<T: Structure> Structure for Box<T> {
    const SHAPE: &'static str = T::SHAPE;
    const REQUIRED: &'static [&'static str] = T::REQUIRED;
    const SECRET: &'static [&'static str] = T::SECRET;
    const BINDINGS: &'static [Binding] = T::BINDINGS;

    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        T::write(self, map)
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error> {
        T::read(self, key, map)
    }

    fn check(&self, checks: &mut Checks<'_>) {
        T::check(self, checks);
    }
}

/// Serializes a structure as a map.
///
/// # Errors
/// Returns the error of the serializer.
pub fn serialize<T: Structure, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    value.write(&mut map)?;
    map.end()
}

/// Deserializes a structure from a map.
///
/// # Errors
/// Returns the error of the deserializer, or an error if a value does not fit its member or a
/// required member is absent.
pub fn deserialize<'de, T: Structure, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_map(StructureVisitor(PhantomData))
}

/// Reads members from a map into a structure. Members for which `is_read` returns false are
/// skipped. `null` is treated as an empty map.
pub(crate) fn deserialize_into<'de, T: Structure, D: Deserializer<'de>>(
    d: D,
    value: &mut T,
    is_read: impl Fn(&str) -> bool,
) -> Result<(), D::Error> {
    d.deserialize_option(IntoVisitor(value, is_read))
}

struct IntoVisitor<'a, T, R>(&'a mut T, R);

impl<'de, T: Structure, R: Fn(&str) -> bool> Visitor<'de> for IntoVisitor<'_, T, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        StructureVisitor::<T>(PhantomData).expecting(f)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let Self(value, is_read) = self;
        while let Some(Key(key)) = map.next_key_seed(KeySeed)? {
            if !(is_read(&key) && read_member(value, &key, &mut map)?) {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Reads a member. The error of a secret member does not contain its value.
fn read_member<'de, T: Structure, M: MapAccess<'de>>(
    value: &mut T,
    key: &str,
    map: &mut M,
) -> Result<bool, M::Error> {
    match value.read(key, map) {
        Err(error) if T::SECRET.contains(&key) => Err(secret_error(key, &error)),
        result => result,
    }
}

struct StructureVisitor<T>(PhantomData<T>);

impl<'de, T: Structure> Visitor<'de> for StructureVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object for the structure {}", T::SHAPE)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut value = T::empty();
        let mut missing = T::REQUIRED.to_vec();
        while let Some(Key(key)) = map.next_key_seed(KeySeed)? {
            if !read_member(&mut value, &key, &mut map)? {
                map.next_value::<IgnoredAny>()?;
            }
            missing.retain(|name| *name != key);
        }
        match missing.first() {
            None => Ok(value),
            Some(name) => Err(M::Error::missing_field(name)),
        }
    }
}

/// The text before and after the name of a secret member, in the error that replaces one that could
/// show its value.
const SECRET_ERROR_PARTS: [&str; 2] = ["the secret `", "` cannot be read"];

/// Creates an error that keeps only the position of another one and, if the value has the wrong
/// kind, the expected and the found kind. `serde_json` takes the position from the end of the text.
pub(crate) fn secret_error<E: serde_core::de::Error>(key: &str, error: &E) -> E {
    let [before, after] = SECRET_ERROR_PARTS;
    let text = error.to_string();
    let (message, position) = mismatch::split_position(&text);
    let kinds = mismatch::describe(message).map(|kinds| format!(": {kinds}")).unwrap_or_default();
    E::custom(format_args!("{before}{key}{after}{kinds}{position}"))
}

/// If the text is that of such an error, returns the name of the secret member and the rest of the
/// text without the position.
pub(crate) fn secret_member(text: &str) -> Option<(&str, &str)> {
    let [before, after] = SECRET_ERROR_PARTS;
    let (message, _) = mismatch::split_position(text);
    message.strip_prefix(before)?.split_once(after)
}

/// The name of a member, borrowed from the input if possible.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

pub(crate) struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(value)))
    }
}

/// Implements `Serialize` and `Deserialize` for a [`Structure`].
///
/// ```
/// use longshore_runtime::{MapAccess, ReadMembers, SerializeMap, Structure, WriteMembers};
///
/// struct Tag {
///     key: String,
///     value: Option<String>,
/// }
///
/// impl Structure for Tag {
///     const SHAPE: &'static str = "Tag";
///
///     fn empty() -> Self {
///         Self { key: String::new(), value: None }
///     }
///
///     fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
///         map.put("Key", &self.key)?;
///         map.put_some("Value", &self.value)
///     }
///
///     fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error> {
///         match key {
///             "Key" => map.take_into(&mut self.key)?,
///             "Value" => self.value = map.take()?,
///             _ => return Ok(false),
///         }
///         Ok(true)
///     }
/// }
/// longshore_runtime::impl_serde!(Tag);
///
/// let tag: Tag = serde_json::from_str(r#"{"Key": "a", "Value": null, "Later": [1]}"#)?;
/// assert_eq!(serde_json::to_string(&tag)?, r#"{"Key":"a"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! impl_serde {
    ($name:ident) => {
        $crate::impl_serde!(
            $name,
            |value, serializer| $crate::private::serialize(value, serializer),
            deserialize
        );
    };
    // With a serialization expression, and the function in `private` that deserializes.
    ($name:ident, |$value:ident, $serializer:ident| $write:expr, $deserialize:ident) => {
        impl $crate::private::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                $serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let $value = self;
                $write
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::private::$deserialize(deserializer)
            }
        }
    };
}
