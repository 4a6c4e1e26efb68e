//! The values of required members that are absent from a response.
//!
//! A service may omit a member that its model requires. Clients then use a zero value of its type
//! instead of failing (Smithy specification, "Client error correction").

use std::collections::BTreeMap;

use crate::{Blob, Document, Structure, Timestamp};

/// A type with a value for absent required members.
pub trait Absent {
    /// Returns the value.
    fn absent() -> Self;
}

macro_rules! by_default {
    ($([$($generic:tt)*] $name:ty),* $(,)?) => {
        $(impl<$($generic)*> Absent for $name {
            #[inline]
            fn absent() -> Self {
                <$name>::default()
            }
        })*
    };
}

by_default!(
    [] String, [] bool, [] i8, [] i16, [] i32, [] i64, [] f32, [] f64, [] Blob, [] Timestamp,
    [] Document,
    [T] Option<T>, [T] Vec<T>, [K, V] BTreeMap<K, V>,
);

/// Structures, unions, and boxes of them. The generator rejects shapes whose required members recurse
/// without end.
impl<T: Structure> Absent for T {
    #[inline]
    fn absent() -> Self {
        T::empty()
    }
}
