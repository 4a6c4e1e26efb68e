//! The wire form of a structure, and the one visitor that reads them all.
//!
//! A visitor for each structure is what makes derived serde slow to build. Here a structure only
//! says what to do with one member, and the rest is shared. Nothing here knows JSON.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{SerializeMap, Serializer};

use crate::Checks;

/// A structure with its wire form, one member at a time.
pub trait Structure: Sized {
    /// The structure's name in the model, for messages.
    const SHAPE: &'static str;

    /// The wire names of members without which the structure is refused when it is read.
    const REQUIRED: &'static [&'static str] = &[];

    /// The wire names of members that are secrets, of which no error shows anything.
    const SECRET: &'static [&'static str] = &[];

    /// What a structure is when no member came.
    fn empty() -> Self;

    /// Writes the members that are there.
    ///
    /// # Errors
    /// The serializer's.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// Takes the value of the member `key` from `map` and says whether there is such a member.
    /// Where there is none the value is still in `map`, and the caller skips it.
    ///
    /// # Errors
    /// The deserializer's, and a value that does not fit the member.
    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error>;

    /// Adds to `checks` what in the members breaks a rule of the model. Without rules, nothing.
    fn check(&self, checks: &mut Checks<'_>) {
        let _ = checks;
    }
}

/// The output of an operation that answers nothing. Members that come nevertheless are skipped.
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

/// What breaks a recursion is as what is in it.
impl<T: Structure> Structure for Box<T> {
    const SHAPE: &'static str = T::SHAPE;
    const REQUIRED: &'static [&'static str] = T::REQUIRED;
    const SECRET: &'static [&'static str] = T::SECRET;

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

/// Writes a structure as a map.
///
/// # Errors
/// The serializer's.
pub fn serialize<T: Structure, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    value.write(&mut map)?;
    map.end()
}

/// Reads a structure from a map.
///
/// # Errors
/// The deserializer's, a value that does not fit its member, and a required member that is absent.
pub fn deserialize<'de, T: Structure, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_map(StructureVisitor(PhantomData))
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
            match value.read(&key, &mut map) {
                Ok(true) => {}
                Ok(false) => drop(map.next_value::<IgnoredAny>()?),
                Err(error) if T::SECRET.contains(&&*key) => return Err(secret_error(&key, &error)),
                Err(error) => return Err(error),
            }
            missing.retain(|name| *name != key);
        }
        match missing.first() {
            None => Ok(value),
            Some(name) => Err(M::Error::missing_field(name)),
        }
    }
}

/// What stands around the name of a member whose own error would show what is in it.
const SECRET_ERROR: [&str; 2] = ["the secret `", "` cannot be read"];

/// An error that keeps of another one only where it happened, which `serde_json` takes from the end
/// of the text.
pub(crate) fn secret_error<E: serde_core::de::Error>(key: &str, error: &E) -> E {
    let [before, behind] = SECRET_ERROR;
    let text = error.to_string();
    let place = text.rfind(" at line ").map_or("", |at| &text[at..]);
    let plain = place.split(' ').all(|word| {
        matches!(word, "" | "at" | "line" | "column") || word.bytes().all(|b| b.is_ascii_digit())
    });
    E::custom(format_args!("{before}{key}{behind}{}", if plain { place } else { "" }))
}

/// The secret member in which reading ended, if the text of an error is that of one.
pub(crate) fn secret_member(text: &str) -> Option<&str> {
    let [before, behind] = SECRET_ERROR;
    text.strip_prefix(before)?.split_once(behind).map(|(key, _)| key)
}

/// A member's name: borrowed where the format can lend it, which is nearly always.
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

/// Gives a [`Structure`] its `Serialize` and `Deserialize`.
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
    // With how it is written, and the function of `private` that reads it.
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
