//! Types that connect codecs with serde.

use std::marker::PhantomData;

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::shape::codec::codec::Codec;

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

/// Deserializes a value of a map, unless the codec discards it.
pub(super) struct Element<C, T>(Option<T>, PhantomData<C>);

impl<C, T> Element<C, T> {
    pub(super) fn into_inner(self) -> Option<T> {
        self.0
    }
}

impl<'de, C: Codec<T>, T> Deserialize<'de> for Element<C, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(C::deserialize_element(deserializer)?, PhantomData))
    }
}
