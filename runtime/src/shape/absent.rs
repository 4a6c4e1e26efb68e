//! What stands for a required member that did not come.
//!
//! A service may leave out what its model promises; clients then put a zero of the member's type in
//! its place instead of refusing the answer (Smithy specification, "Client error correction").

use std::collections::BTreeMap;

use crate::{Blob, Document, Timestamp};

/// A type with a value for an absent member.
pub trait Absent {
    /// The value.
    fn absent() -> Self;
}

macro_rules! by_default {
    ($([$($generic:tt)*] $name:ty),* $(,)?) => {
        $(impl<$($generic)*> Absent for $name {
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

/// What breaks a recursion; one that never ends is refused when code is generated.
impl<T: Absent> Absent for Box<T> {
    fn absent() -> Self {
        Self::new(T::absent())
    }
}
