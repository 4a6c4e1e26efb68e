//! Reads the members of a structure from a serde map.
//!
//! Generated code calls one method for each member, in the order of the table, and compares no
//! names. The reader looks up the key that comes next, and only the call for this member reads a
//! value. If the keys have the order of the table, all are read in a single pass over the members.

use std::fmt;

#[cfg(feature = "aws-query")]
use serde_core::de::Unexpected;
use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};

use crate::shape::binding::{Binding, is_bound};
use crate::shape::codec::Codec;
use crate::shape::codec::adapter::Decoded;
#[cfg(feature = "aws-query")]
use crate::shape::codec::element_names::Describe;
use crate::shape::member::{Member, Positions, position};
use crate::shape::secret_error::secret_error;

/// Reads the members of a structure.
///
/// A `null` is treated like an absent member, except by the methods for required members.
pub struct MemberReader<'a, 'de, M: MapAccess<'de>> {
    map: &'a mut M,
    members: &'static [Member],
    secret: &'static [&'static str],
    /// Members that are skipped, because they have another place in the message.
    bindings: &'static [Binding],
    /// The position of the member whose value comes next, if there is one.
    next: Option<usize>,
    /// The number of calls in this pass.
    position: usize,
    /// The members that were read.
    read: Positions,
    /// True if the map has only one value, whose key is known.
    is_single: bool,
    result: Result<(), M::Error>,
}

impl<'a, 'de, M: MapAccess<'de>> MemberReader<'a, 'de, M> {
    /// Creates a reader before the first key of `map`.
    pub(crate) fn new(
        map: &'a mut M,
        members: &'static [Member],
        secret: &'static [&'static str],
        bindings: &'static [Binding],
    ) -> Self {
        Self {
            map,
            members,
            secret,
            bindings,
            next: None,
            position: 0,
            read: Positions::default(),
            is_single: false,
            result: Ok(()),
        }
    }

    /// Reads all members. `pass` passes the members of the structure to the reader.
    pub(crate) fn read_map(mut self, pass: impl FnMut(&mut Self)) -> Result<Positions, M::Error> {
        self.advance();
        self.read_passes(pass);
        self.result.map(|()| self.read)
    }

    /// Reads the member with the name `key`, whose value comes next. Returns false if there is no
    /// such member.
    pub(crate) fn read_value(
        mut self,
        key: &str,
        pass: impl FnMut(&mut Self),
    ) -> Result<bool, M::Error> {
        self.is_single = true;
        self.next = position(self.members, key, 0);
        let is_member = self.next.is_some();
        self.read_passes(pass);
        self.result.map(|()| is_member)
    }

    /// Reads a member that may be absent.
    pub fn some<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        if self.is_next() {
            let value = self.map.next_value();
            self.store(value, |value| *slot = value);
        }
    }

    /// Like [`some`](Self::some), with the wire form of `C`.
    pub fn some_as<C: Codec<T>, T>(&mut self, slot: &mut Option<T>) {
        if self.is_next() {
            let value = self.map.next_value();
            self.store(value, |value: Option<Decoded<C, T>>| {
                *slot = value.map(Decoded::into_inner)
            });
        }
    }

    /// Reads a member. If it is `null`, `slot` is unchanged.
    pub fn value<T: Deserialize<'de>>(&mut self, slot: &mut T) {
        if self.is_next() {
            let value = self.map.next_value();
            self.store(value, |value| {
                if let Some(value) = value {
                    *slot = value;
                }
            });
        }
    }

    /// Like [`value`](Self::value), with the wire form of `C`.
    pub fn value_as<C: Codec<T>, T>(&mut self, slot: &mut T) {
        if self.is_next() {
            let value = self.map.next_value();
            self.store(value, |value: Option<Decoded<C, T>>| {
                if let Some(value) = value {
                    *slot = value.into_inner();
                }
            });
        }
    }

    /// Reads a required member, which cannot be `null`.
    pub fn required<T: Deserialize<'de>>(&mut self, slot: &mut T) {
        if self.is_next() {
            let value = self.map.next_value();
            self.store(value, |value| *slot = value);
        }
    }

    /// Like [`required`](Self::required), with the wire form of `C`.
    pub fn required_as<C: Codec<T>, T>(&mut self, slot: &mut T) {
        if self.is_next() {
            let value = self.map.next_value();
            self.store(value, |value: Decoded<C, T>| *slot = value.into_inner());
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
    fn is_next(&mut self) -> bool {
        let position = self.position;
        self.position += 1;
        self.next == Some(position)
    }

    /// Stores the value of the member, and reads the next key.
    fn store<T>(&mut self, value: Result<T, M::Error>, store: impl FnOnce(T)) {
        match value {
            Ok(value) => {
                store(value);
                self.advance();
            }
            Err(error) => self.fail(error),
        }
    }

    /// Finds the next member, and skips unknown ones.
    fn advance(&mut self) {
        if let Some(read) = self.next.take() {
            self.read.insert(read);
        }
        if self.is_single {
            return;
        }
        let (members, bindings) = (self.members, self.bindings);
        let seed = MemberName { members, bindings, expected: self.position };
        loop {
            match self.map.next_key_seed(seed) {
                Ok(Some(Some(member))) => return self.next = Some(member),
                Ok(Some(None)) => {
                    if let Err(error) = self.map.next_value::<IgnoredAny>() {
                        return self.result = Err(error);
                    }
                }
                Ok(None) => return,
                Err(error) => return self.result = Err(error),
            }
        }
    }

    /// Stops reading with an error. The error for a secret member does not contain its value.
    fn fail(&mut self, error: M::Error) {
        let member = self.next.take().and_then(|position| self.members.get(position));
        self.result = Err(match member {
            Some(member) if self.secret.contains(&member.name) => secret_error(member.name, &error),
            _ => error,
        });
    }

    /// Passes the members until the map has no more.
    fn read_passes(&mut self, mut pass: impl FnMut(&mut Self)) {
        while let Some(next) = self.next {
            self.position = 0;
            pass(self);
            if self.next == Some(next) && self.position <= next {
                return self.fail(M::Error::custom("the structure has no such member"));
            }
        }
    }
}

/// Deserializes a name to the position of its member; `None` if it is skipped.
#[derive(Clone, Copy)]
struct MemberName {
    members: &'static [Member],
    bindings: &'static [Binding],
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for MemberName {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberName {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        if is_bound(self.bindings, name) {
            return Ok(None);
        }
        Ok(position(self.members, name, self.expected))
    }
}
