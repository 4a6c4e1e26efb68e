//! Serializes a member as text, for paths, queries and headers.

use std::fmt::Display;

use bytes::Bytes;
use serde_core::ser::{self, Impossible, Serialize, Serializer};

use crate::format::error::FormatError;
use crate::format::shared_bytes;
use crate::protocol::scalars::scalars;
use crate::protocol::unsupported::unsupported;
use crate::shape::codec::timestamp::TIMESTAMP_TEXT;

/// A member as text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Text {
    /// `null`.
    Absent,
    One(Item),
    Many(Vec<Item>),
    /// The entries of a map.
    Entries(Vec<(String, Text)>),
    /// Binary data, only from [`ToText::BINARY`].
    Binary(Bytes),
}

/// A single value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) text: String,
    /// True for a timestamp. In a list, it is not quoted even if it contains a comma.
    pub(super) is_timestamp: bool,
}

impl Item {
    fn one(text: impl Into<String>) -> Text {
        Text::One(Self { text: text.into(), is_timestamp: false })
    }
}

/// Serializes a value as [`Text`].
#[derive(Clone, Copy)]
pub(super) struct ToText {
    binary: bool,
}

impl ToText {
    /// Encodes binary data as base64.
    pub(super) const READABLE: Self = Self { binary: false };
    /// Keeps binary data as it is.
    pub(super) const BINARY: Self = Self { binary: true };

    fn scalar(self, value: impl Display) -> Result<Text, FormatError> {
        Ok(Item::one(value.to_string()))
    }
}

type Unsupported = Impossible<Text, FormatError>;

impl Serializer for ToText {
    type Ok = Text;
    type Error = FormatError;
    type SerializeSeq = List;
    type SerializeTuple = Unsupported;
    type SerializeTupleStruct = Unsupported;
    type SerializeTupleVariant = Unsupported;
    type SerializeMap = Entries;
    type SerializeStruct = Unsupported;
    type SerializeStructVariant = Unsupported;

    scalars!(Text);

    fn is_human_readable(&self) -> bool {
        !self.binary
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Text, FormatError> {
        let shared = shared_bytes::take(bytes);
        Ok(Text::Binary(shared.unwrap_or_else(|| Bytes::copy_from_slice(bytes))))
    }

    fn serialize_none(self) -> Result<Text, FormatError> {
        Ok(Text::Absent)
    }

    fn serialize_unit(self) -> Result<Text, FormatError> {
        Ok(Text::Absent)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Text, FormatError> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Text, FormatError> {
        let mut text = value.serialize(self)?;
        if let Text::One(item) = &mut text {
            item.is_timestamp |= name == TIMESTAMP_TEXT;
        }
        Ok(text)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Text, FormatError> {
        Ok(Item::one(name))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, FormatError> {
        Ok(List(Vec::new()))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, FormatError> {
        Ok(Entries { entries: Vec::new(), key: None })
    }

    unsupported!(
        Text; newtype_variant unit_struct tuple tuple_struct tuple_variant struct struct_variant
    );
}

pub(super) struct List(Vec<Item>);

impl ser::SerializeSeq for List {
    type Ok = Text;
    type Error = FormatError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
        match value.serialize(ToText::READABLE)? {
            Text::One(item) => self.0.push(item),
            Text::Absent => {}
            _ => return Err(FormatError::unsupported()),
        }
        Ok(())
    }

    fn end(self) -> Result<Text, FormatError> {
        Ok(Text::Many(self.0))
    }
}

pub(super) struct Entries {
    entries: Vec<(String, Text)>,
    key: Option<String>,
}

impl ser::SerializeMap for Entries {
    type Ok = Text;
    type Error = FormatError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormatError> {
        match key.serialize(ToText::READABLE)? {
            Text::One(item) => self.key = Some(item.text),
            _ => return Err(FormatError::unsupported()),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
        let key = self.key.take().ok_or_else(FormatError::unsupported)?;
        self.entries.push((key, value.serialize(ToText::READABLE)?));
        Ok(())
    }

    fn end(self) -> Result<Text, FormatError> {
        Ok(Text::Entries(self.entries))
    }
}
