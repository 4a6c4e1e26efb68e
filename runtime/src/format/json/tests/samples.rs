//! Types that use the whole data model of serde.

use std::collections::BTreeMap;
use std::fmt;

use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{
    Deserialize, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::{Blob, Document, Timestamp, codec};

/// A structure with members of all kinds.
#[allow(dead_code, reason = "the members are compared as text")]
pub(super) struct Sample {
    text: Option<String>,
    flag: Option<bool>,
    number: Option<i64>,
    small: Option<i8>,
    float: Option<f64>,
    time: Option<Timestamp>,
    blob: Option<Blob>,
    list: Vec<String>,
    map: BTreeMap<String, i64>,
    inner: Option<Box<Sample>>,
    document: Option<Document>,
    required: String,
}

crate::structure!(Sample, {
    "text" => some(text),
    "flag" => some(flag),
    "number" => some(number as codec::Integer),
    "small" => some(small as codec::Integer),
    "float" => some(float as codec::Float),
    "time" => some(time),
    "blob" => some(blob),
    "list" => value(list as codec::List),
    "map" => value(map as codec::Map<codec::Integer>),
    "inner" => some(inner),
    "document" => some(document),
    "required" => required(required),
});

/// An enum with a variant of each kind.
#[derive(Debug)]
#[allow(dead_code, reason = "the variants are compared as text")]
pub(super) enum Variants {
    Unit,
    Newtype(i32),
    Tuple((i32, String)),
    Struct(BTreeMap<String, i32>),
}

impl<'de> Deserialize<'de> for Variants {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("Variants", &[], VariantsVisitor)
    }
}

struct VariantsVisitor;

impl<'de> Visitor<'de> for VariantsVisitor {
    type Value = Variants;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a variant")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Variants, A::Error> {
        let (name, variant) = access.variant::<String>()?;
        match name.as_str() {
            "Unit" => variant.unit_variant().map(|()| Variants::Unit),
            "Newtype" => variant.newtype_variant().map(Variants::Newtype),
            "Tuple" => variant.tuple_variant(2, TupleVisitor).map(Variants::Tuple),
            "Struct" => variant.struct_variant(&[], StructVisitor).map(Variants::Struct),
            _ => Err(A::Error::custom("expected a variant, found another one")),
        }
    }
}

struct TupleVisitor;

impl<'de> Visitor<'de> for TupleVisitor {
    type Value = (i32, String);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a tuple")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(i32, String), A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(elements))
    }
}

struct StructVisitor;

impl<'de> Visitor<'de> for StructVisitor {
    type Value = BTreeMap<String, i32>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a structure")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(members))
    }
}
