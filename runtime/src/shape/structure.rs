//! The `Structure` trait, and the serde visitor that all structures share.
//!
//! Derived serde code is slow to compile because every structure gets its own visitor. Here a
//! structure implements only access to single members. This file is independent of JSON.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::shape::member::{Member, MemberKind, Positions};
use crate::shape::member_reader::{MemberReader, StructureReader};
use crate::shape::member_writer::{DebugWriter, MapWriter, MemberWriter};
use crate::shape::name_index::NameIndex;
use crate::{Binding, Checks};

/// A structure and its wire form, accessed one member at a time.
pub trait Structure: Sized {
    /// The name of the structure in the model, for errors.
    const SHAPE: &'static str;

    /// The members, in the order in which [`write_members`](Self::write_members) and
    /// [`read_members`](Self::read_members) pass them on.
    const MEMBERS: &'static [Member] = &[];

    /// The wire names of the secret members, whose values errors do not show.
    const SECRET: &'static [&'static str] = &[];

    /// The members that protocols with HTTP bindings place outside the document in the body.
    const BINDINGS: &'static [Binding] = &[];

    /// Returns the structure without any members.
    fn empty() -> Self;

    /// Passes all members to a writer. The default implementation passes none.
    fn write_members<W: MemberWriter>(&self, writer: &mut W) {
        let _ = writer;
    }

    /// Passes all members to a reader. The default implementation passes none.
    fn read_members<'de, M: MapAccess<'de>>(&mut self, reader: &mut MemberReader<'_, 'de, M>) {
        let _ = reader;
    }

    /// Writes the members that are present.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let mut writer = MapWriter::new(map, Self::MEMBERS);
        self.write_members(&mut writer);
        writer.finish()
    }

    /// Reads the value of the member `key` from `map`. Returns false if there is no such member;
    /// the caller must then skip the value.
    ///
    /// # Errors
    /// Returns the error of the deserializer, or an error if the value does not fit the member.
    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error> {
        reader::<Self, M>(map, &[]).read_value(key, |reader| self.read_members(reader))
    }

    /// Adds the violations of constraints to `checks`. The default implementation adds none.
    fn check(&self, checks: &mut Checks<'_>) {
        let _ = checks;
    }
}

/// The output of an operation without one. Members in the response are skipped.
impl Structure for () {
    const SHAPE: &'static str = "Unit";

    fn empty() -> Self {}
}

/// Boxes break recursion and have the wire form of their content.
impl<T: Structure> Structure for Box<T> {
    const SHAPE: &'static str = T::SHAPE;
    const MEMBERS: &'static [Member] = T::MEMBERS;
    const SECRET: &'static [&'static str] = T::SECRET;
    const BINDINGS: &'static [Binding] = T::BINDINGS;

    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn write_members<W: MemberWriter>(&self, writer: &mut W) {
        T::write_members(self, writer);
    }

    fn read_members<'de, M: MapAccess<'de>>(&mut self, reader: &mut MemberReader<'_, 'de, M>) {
        T::read_members(self, reader);
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

/// Serializes any structure as an object. The serde form of `()`, which is a structure too, would
/// be `null`.
pub(crate) struct AsObject<'a, T>(pub(crate) &'a T);

impl<T: Structure> Serialize for AsObject<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// Deserializes a structure from a map.
///
/// # Errors
/// Returns the error of the deserializer, or an error if a value does not fit its member or a
/// required member is absent.
pub fn deserialize<'de, T: Structure, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_map(StructureVisitor(PhantomData))
}

/// Reads members from a map into a structure, except those with a place outside the document, and
/// returns the positions of those that were read. `null` is treated as an empty map.
pub(crate) fn deserialize_into<'de, T: Structure, D: Deserializer<'de>>(
    d: D,
    bindings: &'static [Binding],
    value: &mut T,
) -> Result<Positions, D::Error> {
    d.deserialize_option(IntoVisitor(bindings, value))
}

struct IntoVisitor<'a, T>(&'static [Binding], &'a mut T);

impl<'de, T: Structure> Visitor<'de> for IntoVisitor<'_, T> {
    type Value = Positions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        StructureVisitor::<T>(PhantomData).expecting(f)
    }

    fn visit_none<E>(self) -> Result<Positions, E> {
        Ok(Positions::default())
    }

    fn visit_unit<E>(self) -> Result<Positions, E> {
        Ok(Positions::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Positions, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Positions, M::Error> {
        reader::<T, M>(&mut map, self.0).read_map(|reader| self.1.read_members(reader))
    }
}

fn reader<'a, 'de, T: Structure, M: MapAccess<'de>>(
    map: &'a mut M,
    bindings: &'static [Binding],
) -> StructureReader<'a, M> {
    let index = const { &NameIndex::new(T::MEMBERS) };
    StructureReader::new(map, T::MEMBERS, index, T::SECRET, bindings)
}

/// Formats a structure as the derived `Debug` does, but without the values of its secret members.
///
/// # Errors
/// Returns the error of the formatter.
pub fn debug<T: Structure>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut writer = DebugWriter::new(f, T::SHAPE, T::MEMBERS, T::SECRET);
    value.write_members(&mut writer);
    writer.finish()
}

struct StructureVisitor<T>(PhantomData<T>);

impl<'de, T: Structure> Visitor<'de> for StructureVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object for the structure {}", T::SHAPE)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut value = T::empty();
        let read = reader::<T, M>(&mut map, &[]).read_map(|reader| value.read_members(reader))?;
        let mut members = T::MEMBERS.iter().enumerate();
        let is_missing = |(position, member): &(usize, &Member)| {
            member.kind == MemberKind::Required && !read.contains(*position)
        };
        match members.find(is_missing) {
            None => Ok(value),
            Some((_, member)) => Err(M::Error::missing_field(member.name)),
        }
    }
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
/// [`structure!`](crate::structure!) and [`union!`](crate::union!) use it.
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
