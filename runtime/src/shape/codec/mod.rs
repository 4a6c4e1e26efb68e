//! Codecs: wire forms that differ from the serde form of the Rust type.
//!
//! A codec is an empty type that generated code names: `codec::List<codec::Float>` reads and writes
//! a `Vec<f64>`. Codecs are independent of services and of JSON.

#[expect(clippy::module_inception, reason = "the module is named for its main trait")]
mod codec;
pub(crate) mod number;
pub(crate) mod timestamp;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};

pub use crate::shape::codec::codec::Codec;
pub use crate::shape::codec::number::{Float, Integer};
pub use crate::shape::codec::timestamp::{DateTime, HttpDate};

/// The serde form itself, for types inside other codecs that need no codec.
#[derive(Debug)]
pub enum Same {}

impl<T: Serialize + for<'de> Deserialize<'de>> Codec<T> for Same {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// A list whose elements have the wire form of `C`. Elements cannot be `null`.
#[derive(Debug)]
pub struct List<C>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Vec<T>> for List<C> {
    fn serialize<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(Encoded::<C, T>::new))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        let list: Vec<Decoded<C, T>> = Deserialize::deserialize(deserializer)?;
        Ok(list.into_iter().map(Decoded::into_inner).collect())
    }
}

/// A map whose values have the wire form of `C`. Values cannot be `null`.
#[derive(Debug)]
pub struct Map<C>(PhantomData<C>);

impl<C, K, V> Codec<BTreeMap<K, V>> for Map<C>
where
    C: Codec<V>,
    K: Serialize + for<'de> Deserialize<'de> + Ord,
{
    fn serialize<S: Serializer>(value: &BTreeMap<K, V>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(value.iter().map(|(k, v)| (k, Encoded::<C, V>::new(v))))
    }

    fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<BTreeMap<K, V>, D::Error> {
        d.deserialize_map(MapVisitor::<C, K, V>(PhantomData))
    }
}

/// Inserts values directly. Deserializing a map of [`Decoded`] values and converting it would build
/// two maps, which takes longer than reading the values.
struct MapVisitor<C, K, V>(PhantomData<(C, K, V)>);

impl<'de, C, K, V> Visitor<'de> for MapVisitor<C, K, V>
where
    C: Codec<V>,
    K: Deserialize<'de> + Ord,
{
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<BTreeMap<K, V>, M::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, value)) = members.next_entry::<K, Decoded<C, V>>()? {
            map.insert(key, value.into_inner());
        }
        Ok(map)
    }
}

/// An element or value that can be `null`, in sparse lists and maps.
#[derive(Debug)]
pub struct Sparse<C>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Option<T>> for Sparse<C> {
    fn serialize<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => C::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        let value: Option<Decoded<C, T>> = Deserialize::deserialize(deserializer)?;
        Ok(value.map(Decoded::into_inner))
    }
}

/// A boxed value, in recursive shapes.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Box<T>> for Boxed<C> {
    fn serialize<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        C::serialize(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        C::deserialize(deserializer).map(Box::new)
    }
}

/// Serializes a value with a codec.
pub(crate) struct Encoded<'a, C, T>(&'a T, PhantomData<C>);

impl<'a, C, T> Encoded<'a, C, T> {
    pub(crate) fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<C: Codec<T>, T> Serialize for Encoded<'_, C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::serialize(self.0, serializer)
    }
}

/// Deserializes a value with a codec.
pub(crate) struct Decoded<C, T>(T, PhantomData<C>);

impl<C, T> Decoded<C, T> {
    pub(crate) fn into_inner(self) -> T {
        self.0
    }
}

impl<'de, C: Codec<T>, T> Deserialize<'de> for Decoded<C, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(C::deserialize(deserializer)?, PhantomData))
    }
}
