//! Reads the members of a structure from a serde map.
//!
//! Generated code calls one method for each member, in the order of the table, and compares no
//! names. For each key, the reader looks up the position of its member, and only the call at this
//! position reads the value. The optimizer turns the calls of a structure into one jump, so the
//! order of the keys does not affect the speed.

use std::fmt;

#[cfg(feature = "aws-query")]
use serde_core::de::Unexpected;
use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use crate::shape::binding::{Binding, is_bound};
#[cfg(feature = "aws-query")]
use crate::shape::codec::element_names::Describe;
use crate::shape::codec::{Codec, Same};
use crate::shape::member::{Member, Positions};
use crate::shape::member_slot::{OptionSlot, RequiredSlot, ValueSlot};
use crate::shape::name_index::NameIndex;
use crate::shape::secret_error::secret_error;

/// Reads the value of one member into its field.
///
/// A `null` is treated like an absent member, except by the methods for required members.
pub struct MemberReader<'a, 'de, M: MapAccess<'de>> {
    /// The number of calls left before the one for the member whose value comes next.
    calls_before: usize,
    map: &'a mut M,
    result: Result<(), M::Error>,
}

impl<'de, M: MapAccess<'de>> fmt::Debug for MemberReader<'_, 'de, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls_before = &self.calls_before;
        f.debug_struct("MemberReader").field("calls_before", calls_before).finish_non_exhaustive()
    }
}

impl<'de, M: MapAccess<'de>> MemberReader<'_, 'de, M> {
    /// Reads a member that may be absent.
    #[inline]
    pub fn some<T>(&mut self, slot: &mut Option<T>)
    where
        Same: Codec<T>,
    {
        self.some_as::<Same, T>(slot);
    }

    /// Like [`some`](Self::some), with the wire form of `C`.
    #[inline]
    pub fn some_as<C: Codec<T>, T>(&mut self, slot: &mut Option<T>) {
        if self.is_next() {
            self.result = read(self.map, OptionSlot::<C, T>::new(slot));
        }
    }

    /// Reads a member. If it is `null`, `slot` is unchanged.
    #[inline]
    pub fn value<T>(&mut self, slot: &mut T)
    where
        Same: Codec<T>,
    {
        self.value_as::<Same, T>(slot);
    }

    /// Like [`value`](Self::value), with the wire form of `C`.
    #[inline]
    pub fn value_as<C: Codec<T>, T>(&mut self, slot: &mut T) {
        if self.is_next() {
            self.result = read(self.map, ValueSlot::<C, T>::new(slot));
        }
    }

    /// Reads a required member, which cannot be `null`.
    #[inline]
    pub fn required<T>(&mut self, slot: &mut T)
    where
        Same: Codec<T>,
    {
        self.required_as::<Same, T>(slot);
    }

    /// Like [`required`](Self::required), with the wire form of `C`.
    #[inline]
    pub fn required_as<C: Codec<T>, T>(&mut self, slot: &mut T) {
        if self.is_next() {
            self.result = read(self.map, RequiredSlot::<C, T>::new(slot));
        }
    }

    /// Reads the message of an exception. Services send it under several names, sometimes under
    /// more than one at once. The first value that is not `null` is kept.
    pub fn message(&mut self, slot: &mut Option<String>) {
        if self.is_next() {
            let value = self.map.next_value();
            self.store(value, |value: Option<String>| *slot = slot.take().or(value));
        }
    }

    /// Like [`some_as`](Self::some_as), with a description of the XML. A later element without a
    /// value does not replace an earlier one.
    #[cfg(feature = "aws-query")]
    pub fn described_some_as<C: Codec<T>, T>(
        &mut self,
        slot: &mut Option<T>,
        description: &'static str,
    ) {
        if self.is_next() {
            let value = self.map.next_value_seed(Describe::<C, T>::new(description));
            self.store(value, |value| *slot = value.or_else(|| slot.take()));
        }
    }

    /// Like [`value_as`](Self::value_as), with a description of the XML.
    #[cfg(feature = "aws-query")]
    pub fn described_value_as<C: Codec<T>, T>(&mut self, slot: &mut T, description: &'static str) {
        if self.is_next() {
            let value = self.map.next_value_seed(Describe::<C, T>::new(description));
            self.store(value, |value| {
                if let Some(value) = value {
                    *slot = value;
                }
            });
        }
    }

    /// Like [`required_as`](Self::required_as), with a description of the XML.
    #[cfg(feature = "aws-query")]
    pub fn described_required_as<C: Codec<T>, T>(
        &mut self,
        slot: &mut T,
        description: &'static str,
    ) {
        if self.is_next() {
            let value = self.map.next_value_seed(Describe::<C, T>::new(description));
            let value = value.and_then(|value| {
                value.ok_or_else(|| M::Error::invalid_type(Unexpected::Unit, &"a value"))
            });
            self.store(value, |value| *slot = value);
        }
    }

    /// Returns true if the next value is that of the member of this call.
    #[inline]
    fn is_next(&mut self) -> bool {
        let calls_before = self.calls_before;
        self.calls_before = calls_before.wrapping_sub(1);
        calls_before == 0
    }

    fn store<T>(&mut self, value: Result<T, M::Error>, store: impl FnOnce(T)) {
        self.result = value.map(store);
    }
}

/// Not inlined, so that the other calls of a structure are only comparisons.
#[inline(never)]
fn read<'de, M: MapAccess<'de>, S: DeserializeSeed<'de, Value = ()>>(
    map: &mut M,
    slot: S,
) -> Result<(), M::Error> {
    map.next_value_seed(slot)
}

/// Reads the members of a structure.
pub(crate) struct StructureReader<'a, M> {
    map: &'a mut M,
    names: MemberNames,
    secret: &'static [&'static str],
}

impl<'a, 'de, M: MapAccess<'de>> StructureReader<'a, M> {
    /// Creates a reader before the first key of `map`. The members in `bindings` are skipped.
    pub(crate) fn new(
        map: &'a mut M,
        members: &'static [Member],
        index: &'static NameIndex,
        secret: &'static [&'static str],
        bindings: &'static [Binding],
    ) -> Self {
        Self { map, names: MemberNames { members, index, bindings, expected: 0 }, secret }
    }

    /// Reads all members. `pass` passes the members of the structure to a reader. Returns the
    /// positions of the members that were read.
    #[inline]
    pub(crate) fn read_map(
        mut self,
        mut pass: impl FnMut(&mut MemberReader<'_, 'de, M>),
    ) -> Result<Positions, M::Error> {
        let mut read = Positions::default();
        while let Some(position) = self.map.next_key_seed(&self.names)? {
            let Some(position) = position else {
                self.skip_value()?;
                continue;
            };
            self.read_member(position, &mut pass)?;
            read.insert(position);
            self.names.expected = position + 1;
        }
        Ok(read)
    }

    /// Reads the member with the name `key`, whose value comes next. Returns false if there is no
    /// such member.
    pub(crate) fn read_value(
        mut self,
        key: &str,
        pass: impl FnMut(&mut MemberReader<'_, 'de, M>),
    ) -> Result<bool, M::Error> {
        match self.names.position(key) {
            Some(position) => self.read_member(position, pass).map(|()| true),
            None => Ok(false),
        }
    }

    /// Skips the value of an unknown member.
    #[cold]
    #[inline(never)]
    fn skip_value(&mut self) -> Result<(), M::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// Reads the member at a position, whose value comes next.
    #[inline]
    fn read_member(
        &mut self,
        position: usize,
        mut pass: impl FnMut(&mut MemberReader<'_, 'de, M>),
    ) -> Result<(), M::Error> {
        let mut reader = MemberReader { calls_before: position, map: self.map, result: Ok(()) };
        pass(&mut reader);
        let MemberReader { calls_before, result, .. } = reader;
        // The call for the member made the number wrap.
        if calls_before <= position {
            return Err(M::Error::custom("the structure has no such member"));
        }
        result.map_err(|error| self.without_secrets(position, error))
    }

    /// Replaces the error for a secret member with one that does not contain its value.
    #[cold]
    fn without_secrets(&self, position: usize, error: M::Error) -> M::Error {
        match self.names.members.get(position) {
            Some(member) if self.secret.contains(&member.name) => secret_error(member.name, &error),
            _ => error,
        }
    }
}

/// Deserializes a name to the position of its member; `None` if it is skipped.
struct MemberNames {
    members: &'static [Member],
    index: &'static NameIndex,
    /// Members that are elsewhere in the message, which are skipped.
    bindings: &'static [Binding],
    /// The position of the member that is expected next.
    expected: usize,
}

impl MemberNames {
    fn position(&self, name: &str) -> Option<usize> {
        self.index.position(self.members, name, self.expected)
    }
}

impl<'de> DeserializeSeed<'de> for &MemberNames {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for &MemberNames {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        if !self.bindings.is_empty() && is_bound(self.bindings, name) {
            return Ok(None);
        }
        Ok(self.position(name))
    }
}
