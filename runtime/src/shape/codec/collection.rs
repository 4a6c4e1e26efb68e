//! The codecs of lists and maps, and of `null` in them.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::shape::codec::adapter::{Decoded, Element, Encoded};
use crate::shape::codec::codec::{Codec, Same};

/// A list whose elements have the wire form of `C`. A `null` is discarded unless `C` is [`Sparse`],
/// because services send it even if their model does not allow it.
#[derive(Debug)]
pub struct List<C = Same>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Vec<T>> for List<C> {
    fn serialize<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(Encoded::<C, T>::new))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(ListVisitor::<C, T>(PhantomData))
    }
}

/// The number of elements from which a list grows by up to four times its length, if so many elements
/// may follow. Growing moves all elements.
const LONG_LIST: usize = 64;

struct ListVisitor<C, T>(PhantomData<(C, T)>);

impl<'de, C: Codec<T>, T> Visitor<'de> for ListVisitor<C, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while elements.next_element_seed(Push::<C, T>(&mut list, PhantomData))?.is_some() {
            if list.len() >= LONG_LIST && list.len() == list.capacity() {
                let limit = 3 * list.len();
                list.reserve(elements.size_hint().map_or(0, |hint| hint.min(limit)));
            }
        }
        Ok(list)
    }
}

/// Deserializes an element and appends it to the list, unless the codec discards it. A seed that
/// returned the element would move it more often.
struct Push<'a, C, T>(&'a mut Vec<T>, PhantomData<C>);

impl<'de, C: Codec<T>, T> DeserializeSeed<'de> for Push<'_, C, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if let Some(element) = C::deserialize_element(deserializer)? {
            self.0.push(element);
        }
        Ok(())
    }
}

/// A map whose values have the wire form of `C`. An entry whose value is `null` is discarded unless
/// `C` is [`Sparse`], because services send it even if their model does not allow it.
#[derive(Debug)]
pub struct Map<C = Same>(PhantomData<C>);

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

struct MapVisitor<C, K, V>(PhantomData<(C, K, V)>);

impl<'de, C, K, V> Visitor<'de> for MapVisitor<C, K, V>
where
    C: Codec<V>,
    K: Deserialize<'de> + Ord,
{
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<BTreeMap<K, V>, M::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, value)) = members.next_entry::<K, Element<C, V>>()? {
            if let Some(value) = value.into_inner() {
                map.insert(key, value);
            }
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

    fn deserialize_element<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
        Self::deserialize(d).map(Some)
    }
}
