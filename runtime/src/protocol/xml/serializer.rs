//! Serializes structures to elements.
//!
//! Structures are serialized with `serialize_map`, and maps with `collect_map`.

use std::fmt::Display;

use serde_core::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::format::error::FormatError;
use crate::protocol::scalars::scalars;
use crate::protocol::unsupported::unsupported;
use crate::protocol::with_name::WithName;
use crate::protocol::xml::writer::{Document, StartTag};
use crate::shape::codec::element_names::ElementNames;
use crate::shape::codec::timestamp::TIMESTAMP_TEXT;

/// Writes one value as an element, or as an attribute of the element around it.
struct ValueWriter<'a> {
    document: &'a mut Document,
    name: &'a str,
    names: ElementNames,
    /// The element whose attribute the value can be.
    parent: Option<&'a mut StartTag>,
}

impl<'a> ValueWriter<'a> {
    fn new(document: &'a mut Document, name: &'a str, names: ElementNames) -> Self {
        Self { document, name, names, parent: None }
    }

    fn scalar(self, value: impl Display) -> Result<(), FormatError> {
        match self.parent {
            Some(parent) if self.names.is_attribute => {
                self.document.attribute(parent, self.name, value)
            }
            _ => self.document.text_element(self.name, value),
        }
    }

    /// Fails if the value is an attribute.
    fn container(&self) -> Result<(), FormatError> {
        if self.names.is_attribute { Err(FormatError::unsupported()) } else { Ok(()) }
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

    fn serialize_none(self) -> Result<(), FormatError> {
        self.container()?;
        self.document.nil_element(self.name);
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), FormatError> {
        self.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FormatError> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        description: &'static str,
        value: &T,
    ) -> Result<(), FormatError> {
        if description == TIMESTAMP_TEXT {
            return value.serialize(self);
        }
        value.serialize(Self { names: ElementNames::parse(description), ..self })
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, FormatError> {
        self.container()?;
        let Self { document, name, names, .. } = self;
        if !names.is_flat {
            document.begin(name);
        }
        Ok(Elements { document, name, names })
    }

    fn collect_map<K, V, I>(self, entries: I) -> Result<(), FormatError>
    where
        K: Serialize,
        V: Serialize,
        I: IntoIterator<Item = (K, V)>,
    {
        self.container()?;
        let Self { document, name, names, .. } = self;
        if names.is_flat {
            return write_entries(document, name, names, entries);
        }
        document
            .element(name, |document| write_entries(document, ElementNames::ENTRY, names, entries))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, FormatError> {
        self.container()?;
        let Self { document, name, .. } = self;
        let tag = document.begin(name);
        Ok(Members { document, tag, element: Some(name), member: String::new() })
    }

    unsupported!(
        (); bytes unit_struct unit_variant newtype_variant tuple tuple_struct tuple_variant struct
        struct_variant
    );
}

fn write_entries<K: Serialize, V: Serialize>(
    document: &mut Document,
    name: &str,
    names: ElementNames,
    entries: impl IntoIterator<Item = (K, V)>,
) -> Result<(), FormatError> {
    for (key, value) in entries {
        document.element(name, |document| {
            key.serialize(ValueWriter::new(document, names.key, ElementNames::DEFAULT))?;
            value.serialize(ValueWriter::new(document, names.value, names.nested()))
        })?;
    }
    Ok(())
}

/// The elements of a list.
struct Elements<'a> {
    document: &'a mut Document,
    name: &'a str,
    names: ElementNames,
}

impl SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = FormatError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
        let name = if self.names.is_flat { self.name } else { self.names.item };
        value.serialize(ValueWriter::new(self.document, name, self.names.nested()))
    }

    fn end(self) -> Result<(), FormatError> {
        if !self.names.is_flat {
            self.document.end(self.name);
        }
        Ok(())
    }
}

/// The members of a structure.
pub(crate) struct Members<'a> {
    document: &'a mut Document,
    tag: StartTag,
    /// The element to end after the members.
    element: Option<&'a str>,
    /// The name of the member to write next.
    member: String,
}

impl<'a> Members<'a> {
    /// The members in an element that `write` begins and ends.
    pub(super) fn of(document: &'a mut Document, tag: StartTag) -> Self {
        Self { document, tag, element: None, member: String::new() }
    }

    /// Writes an element that is not a member of the structure.
    pub(crate) fn text_element(&mut self, name: &str, text: &str) -> Result<(), FormatError> {
        self.document.text_element(name, text)
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = FormatError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormatError> {
        self.member = key.serialize(WithName(str::to_owned))?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
        let Self { document, tag, member, .. } = self;
        let names = ElementNames::DEFAULT;
        value.serialize(ValueWriter { document, name: member, names, parent: Some(tag) })
    }

    fn end(self) -> Result<(), FormatError> {
        if let Some(element) = self.element {
            self.document.end(element);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::protocol::xml;
    use crate::{Blob, Timestamp, codec};

    #[derive(Clone, Default, PartialEq)]
    struct Sample {
        kind: Option<String>,
        day: Option<Timestamp>,
        data: Option<Blob>,
        flag: Option<bool>,
        sparse: Option<Vec<Option<String>>>,
        rows: Option<Vec<Vec<i32>>>,
        notes: Option<Vec<String>>,
        map: Option<BTreeMap<String, Option<i32>>>,
        flat_map: Option<BTreeMap<String, Sample>>,
        inner: Option<Box<Sample>>,
    }

    crate::structure!(Sample, {
        "Inner" => some(inner),
        "x:kind" => some(kind xml "attribute" as codec::Same),
        "day" => some(day xml "attribute" as codec::DateTime),
        "Data" => some(data),
        "Flag" => some(flag),
        "Sparse" => some(sparse as codec::List<codec::Sparse<codec::Same>>),
        "Rows" => some(rows xml "item Row > item Cell" as codec::List<codec::List<codec::Integer>>),
        "Note" => some(notes xml "flat" as codec::List),
        "Map" => some(map xml "map key K" as codec::Map<codec::Sparse<codec::Integer>>),
        "Flat" => some(flat_map xml "flat map value V" as codec::Map),
    });

    fn written(sample: &Sample) -> String {
        let mut document = Document::default();
        let result = xml::write_element(&mut document, "a", |members| {
            crate::Structure::write(sample, members)
        });
        result.expect("a document");
        document.into_text()
    }

    fn some<const N: usize>(words: [&str; N]) -> Option<Vec<String>> {
        Some(words.map(str::to_owned).into())
    }

    #[test]
    fn members_are_written_and_read_back() {
        let inner = Sample { kind: Some("a<\"\n".into()), notes: some([""]), ..Sample::default() };
        let table = [
            (Sample::default(), "<a></a>"),
            (
                Sample {
                    kind: Some("k".into()),
                    day: Some(Timestamp::from_seconds(0)),
                    inner: Some(Box::new(inner)),
                    ..Sample::default()
                },
                "<a x:kind=\"k\" day=\"1970-01-01T00:00:00Z\">\
                 <Inner x:kind=\"a&lt;&quot;&#10;\"><Note></Note></Inner></a>",
            ),
            (
                Sample {
                    data: Some(Blob::from("value?")),
                    flag: Some(true),
                    rows: Some(vec![vec![1, 2], vec![]]),
                    ..Sample::default()
                },
                "<a><Data>dmFsdWU/</Data><Flag>true</Flag>\
                 <Rows><Row><Cell>1</Cell><Cell>2</Cell></Row><Row></Row></Rows></a>",
            ),
            (
                Sample {
                    notes: some(["x", "y"]),
                    flat_map: Some([("k".to_owned(), Sample::default())].into()),
                    ..Sample::default()
                },
                "<a><Note>x</Note><Note>y</Note><Flat><key>k</key><V></V></Flat></a>",
            ),
        ];
        for (sample, expected) in table {
            let text = written(&sample);
            assert_eq!(text, expected);
            assert_eq!(read(&text), sample);
        }
    }

    fn read(text: &str) -> Sample {
        let tree = xml::parse(text.as_bytes()).expect("a document");
        let root = tree.root().expect("a root");
        xml::read(text.as_bytes(), &tree, root).expect("a structure")
    }

    #[test]
    fn null_is_marked() {
        let sample = Sample {
            sparse: Some(vec![Some(String::new()), None]),
            map: Some([("a".to_owned(), None), ("b".to_owned(), Some(1))].into()),
            ..Sample::default()
        };
        let text = written(&sample);
        assert_eq!(text.matches(" xsi:nil=\"true\"/>").count(), 2);
        assert_eq!(read(&text), sample);
    }

    #[test]
    fn values_without_a_representation_are_errors() {
        for text in ["\0", "a\u{b}", "\u{ffff}"] {
            let sample = Sample { kind: Some(text.to_owned()), ..Sample::default() };
            let result = xml::write_element(&mut Document::default(), "a", |members| {
                crate::Structure::write(&sample, members)
            });
            assert!(result.is_err(), "{text:?}");
        }
    }
}
