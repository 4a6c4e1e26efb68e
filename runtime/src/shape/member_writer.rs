//! Writes the members of a structure in order, to a serde map or as `Debug` output.
//!
//! Generated code calls one method for each member and handles no errors, because every branch
//! costs compile time. A writer keeps the first error and then ignores the members that follow.

use std::fmt::{self, Debug, DebugStruct};

use serde_core::ser::{Serialize, SerializeMap};

use crate::display::redacted::{Redacted, redacted};
use crate::shape::codec::Codec;
use crate::shape::codec::adapter::Encoded;
#[cfg(feature = "aws-query")]
use crate::shape::codec::element_names::Described;
use crate::shape::member::Member;

/// Receives the members of a structure. Each call is for the next of
/// [`Structure::MEMBERS`](crate::Structure::MEMBERS). This trait is sealed, because features add
/// methods to it.
pub trait MemberWriter: sealed::Sealed {
    /// Writes a member that is always present.
    fn value<T: Serialize + Debug>(&mut self, value: &T);

    /// Writes a member if there is a value.
    fn some<T: Serialize + Debug>(&mut self, value: &Option<T>);

    /// Like [`value`](Self::value), with the wire form of `C`.
    fn value_as<C: Codec<T>, T: Debug>(&mut self, value: &T);

    /// Like [`some`](Self::some), with the wire form of `C`.
    fn some_as<C: Codec<T>, T: Debug>(&mut self, value: &Option<T>);

    /// Like [`value_as`](Self::value_as), with a description of the XML.
    #[cfg(feature = "aws-query")]
    fn described_value_as<C: Codec<T>, T: Debug>(&mut self, value: &T, description: &'static str);

    /// Like [`some_as`](Self::some_as), with a description of the XML.
    #[cfg(feature = "aws-query")]
    fn described_some_as<C: Codec<T>, T: Debug>(
        &mut self,
        value: &Option<T>,
        description: &'static str,
    );
}

mod sealed {
    pub trait Sealed {}

    impl<M: serde_core::ser::SerializeMap> Sealed for super::MapWriter<'_, M> {}
    impl Sealed for super::DebugWriter<'_, '_> {}
}

/// Writes members to a serde map.
pub(crate) struct MapWriter<'a, M: SerializeMap> {
    map: &'a mut M,
    members: &'static [Member],
    position: usize,
    result: Result<(), M::Error>,
}

impl<'a, M: SerializeMap> MapWriter<'a, M> {
    pub(crate) fn new(map: &'a mut M, members: &'static [Member]) -> Self {
        Self { map, members, position: 0, result: Ok(()) }
    }

    pub(crate) fn finish(self) -> Result<(), M::Error> {
        self.result
    }

    fn write<T: Serialize + ?Sized>(&mut self, value: Option<&T>) {
        let member = self.members.get(self.position);
        self.position += 1;
        if let (Some(member), Some(value), Ok(())) = (member, value, &self.result) {
            self.result = self.map.serialize_entry(member.name, value);
        }
    }
}

impl<M: SerializeMap> MemberWriter for MapWriter<'_, M> {
    fn value<T: Serialize + Debug>(&mut self, value: &T) {
        self.write(Some(value));
    }

    fn some<T: Serialize + Debug>(&mut self, value: &Option<T>) {
        self.write(value.as_ref());
    }

    fn value_as<C: Codec<T>, T: Debug>(&mut self, value: &T) {
        self.write(Some(&Encoded::<C, T>::new(value)));
    }

    fn some_as<C: Codec<T>, T: Debug>(&mut self, value: &Option<T>) {
        self.write(value.as_ref().map(Encoded::<C, T>::new).as_ref());
    }

    #[cfg(feature = "aws-query")]
    fn described_value_as<C: Codec<T>, T: Debug>(&mut self, value: &T, description: &'static str) {
        self.write(Some(&Described::<C, T>::new(value, description)));
    }

    #[cfg(feature = "aws-query")]
    fn described_some_as<C: Codec<T>, T: Debug>(
        &mut self,
        value: &Option<T>,
        description: &'static str,
    ) {
        let described = value.as_ref().map(|value| Described::<C, T>::new(value, description));
        self.write(described.as_ref());
    }
}

/// Writes members as `Debug` output.
pub(crate) struct DebugWriter<'a, 'b> {
    output: DebugStruct<'a, 'b>,
    members: std::slice::Iter<'static, Member>,
    secret: &'static [&'static str],
}

impl<'a, 'b> DebugWriter<'a, 'b> {
    /// Starts the output of the structure `name`.
    pub(crate) fn new(
        f: &'a mut fmt::Formatter<'b>,
        name: &str,
        members: &'static [Member],
        secret: &'static [&'static str],
    ) -> Self {
        Self { output: f.debug_struct(name), members: members.iter(), secret }
    }

    pub(crate) fn finish(mut self) -> fmt::Result {
        self.output.finish()
    }

    /// Writes a member, or `hidden` if it is secret.
    fn field(&mut self, value: &dyn Debug, hidden: &dyn Debug) {
        if let Some(member) = self.members.next() {
            let value = if self.secret.contains(&member.name) { hidden } else { value };
            self.output.field(member.field_name(), value);
        }
    }
}

impl MemberWriter for DebugWriter<'_, '_> {
    fn value<T: Serialize + Debug>(&mut self, value: &T) {
        self.field(value, &Redacted);
    }

    fn some<T: Serialize + Debug>(&mut self, value: &Option<T>) {
        self.field(value, &redacted(value));
    }

    fn value_as<C: Codec<T>, T: Debug>(&mut self, value: &T) {
        self.field(value, &Redacted);
    }

    fn some_as<C: Codec<T>, T: Debug>(&mut self, value: &Option<T>) {
        self.field(value, &redacted(value));
    }

    #[cfg(feature = "aws-query")]
    fn described_value_as<C: Codec<T>, T: Debug>(&mut self, value: &T, _: &'static str) {
        self.field(value, &Redacted);
    }

    #[cfg(feature = "aws-query")]
    fn described_some_as<C: Codec<T>, T: Debug>(&mut self, value: &Option<T>, _: &'static str) {
        self.field(value, &redacted(value));
    }
}
