//! Serializes structures to the fields of a form.
//!
//! Structures are serialized with `serialize_map`, and maps with `collect_map`.

use std::fmt::Display;

use serde_core::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::format::error::FormatError;
use crate::protocol::form::fields::Fields;
use crate::protocol::scalars::scalars;
use crate::protocol::unsupported::unsupported;
use crate::shape::codec::element_names::ElementNames;

/// Writes one value.
pub(super) struct ValueWriter<'a> {
    fields: &'a mut Fields,
    names: ElementNames,
    /// True if the value is the next part of the name.
    is_name: bool,
}

impl<'a> ValueWriter<'a> {
    fn new(fields: &'a mut Fields, names: ElementNames) -> Self {
        Self { fields, names, is_name: false }
    }

    fn scalar(self, value: impl Display) -> Result<(), FormatError> {
        if self.is_name {
            self.fields.push_name(&value.to_string());
        } else {
            self.fields.write_value(value);
        }
        Ok(())
    }

    /// Returns an error if the value is part of a name.
    fn container(&self) -> Result<(), FormatError> {
        if self.is_name { Err(FormatError::unsupported()) } else { Ok(()) }
    }
}

type Unsupported = Impossible<(), FormatError>;

impl<'a> Serializer for ValueWriter<'a> {
    type Ok = ();
    type Error = FormatError;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Unsupported;
    type SerializeTupleStruct = Unsupported;
    type SerializeTupleVariant = Unsupported;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Unsupported;
    type SerializeStructVariant = Unsupported;

    scalars!(());

    /// A missing element of a sparse list. An empty value keeps the positions of the other
    /// elements.
    fn serialize_none(self) -> Result<(), FormatError> {
        self.scalar("")
    }

    fn serialize_unit(self) -> Result<(), FormatError> {
        self.scalar("")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FormatError> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        description: &'static str,
        value: &T,
    ) -> Result<(), FormatError> {
        value.serialize(Self { names: ElementNames::parse(description), ..self })
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Elements<'a>, FormatError> {
        self.container()?;
        // Otherwise the service could not tell an empty list from an absent one.
        if length == Some(0) {
            self.fields.write_value("");
        }
        let outer = enter_list(self.fields, self.names, self.names.item);
        Ok(Elements { fields: self.fields, names: self.names, outer, index: 0 })
    }

    fn collect_map<K, V, I>(self, entries: I) -> Result<(), FormatError>
    where
        K: Serialize,
        V: Serialize,
        I: IntoIterator<Item = (K, V)>,
    {
        self.container()?;
        let Self { fields, names, .. } = self;
        let outer = enter_list(fields, names, ElementNames::ENTRY);
        for (index, (key, value)) in entries.into_iter().enumerate() {
            let entry = fields.enter(index + 1);
            let part = fields.enter(names.key);
            key.serialize(ValueWriter::new(fields, ElementNames::DEFAULT))?;
            fields.leave(part);
            let part = fields.enter(names.value);
            value.serialize(ValueWriter::new(fields, names.nested()))?;
            fields.leave(part);
            fields.leave(entry);
        }
        fields.leave(outer);
        Ok(())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, FormatError> {
        self.container()?;
        Ok(Members::new(self.fields))
    }

    unsupported!(
        (); bytes unit_struct unit_variant newtype_variant tuple tuple_struct tuple_variant struct
        struct_variant
    );
}

/// Enters the element name of a list or map, unless it is flattened.
fn enter_list(fields: &mut Fields, names: ElementNames, element: &str) -> usize {
    if names.is_flat { fields.enter_nothing() } else { fields.enter(element) }
}

/// The elements of a list, counted from 1.
pub(super) struct Elements<'a> {
    fields: &'a mut Fields,
    names: ElementNames,
    outer: usize,
    index: usize,
}

impl SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = FormatError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
        self.index += 1;
        let outer = self.fields.enter(self.index);
        value.serialize(ValueWriter::new(self.fields, self.names.nested()))?;
        self.fields.leave(outer);
        Ok(())
    }

    fn end(self) -> Result<(), FormatError> {
        self.fields.leave(self.outer);
        Ok(())
    }
}

/// The members of a structure.
pub(super) struct Members<'a> {
    fields: &'a mut Fields,
    outer: usize,
}

impl<'a> Members<'a> {
    pub(super) fn new(fields: &'a mut Fields) -> Self {
        let outer = fields.enter_nothing();
        Self { fields, outer }
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = FormatError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormatError> {
        self.outer = self.fields.begin_part();
        let names = ElementNames::DEFAULT;
        key.serialize(ValueWriter { fields: self.fields, names, is_name: true })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
        value.serialize(ValueWriter::new(self.fields, ElementNames::DEFAULT))?;
        self.fields.leave(self.outer);
        Ok(())
    }

    fn end(self) -> Result<(), FormatError> {
        Ok(())
    }
}
