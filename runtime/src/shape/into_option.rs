//! The argument of the setters of optional members: a value, or an `Option` of one.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use crate::shape::setters::{list, map};
use crate::{Blob, Document, Structure, Timestamp};

/// A value for an optional member of type `T`: a value that converts to `T`, or an `Option` of one.
///
/// Setters of optional members take any type that implements this trait, so a value that may be
/// absent needs no `if let`. The trait is implemented for
///
/// - every `V: Into<T>`, and `Option<V>`;
/// - if `T` is a list, every iterator whose items convert to elements, and an `Option` of one;
/// - if `T` is a map, every iterator of pairs that convert to keys and values, and an `Option` of
///   one.
///
/// `M` distinguishes these implementations; the compiler infers it. It cannot infer the type of a
/// bare `None`: write `None::<String>`, or assign to the field. Numbers and booleans are not
/// converted, so their setters take `impl Into<Option<i32>>` or the like.
///
/// ```
/// # use longshore_runtime::IntoOption;
/// # #[derive(Default)]
/// struct Request {
///     tag: Option<String>,
///     ids: Option<Vec<String>>,
/// }
///
/// impl Request {
///     fn tag<M>(mut self, value: impl IntoOption<String, M>) -> Self {
///         self.tag = value.into_option();
///         self
///     }
///
///     fn ids<M>(mut self, value: impl IntoOption<Vec<String>, M>) -> Self {
///         self.ids = value.into_option();
///         self
///     }
/// }
///
/// let argument: Option<&str> = None;
/// assert_eq!(Request::default().tag(argument).tag, None);
/// assert_eq!(Request::default().tag("v1").tag.as_deref(), Some("v1"));
/// assert_eq!(Request::default().ids(["a", "b"]).ids.map(|ids| ids.len()), Some(2));
/// ```
#[diagnostic::on_unimplemented(
    message = "a member of type `Option<{T}>` cannot be set to a value of type `{Self}`",
    label = "this is neither a value that converts to `{T}` nor an `Option` of one",
    note = "the setter of an optional member takes a value, as in `.name(\"a\")`, or an `Option` \
            of one, as in `.name(option)`"
)]
pub trait IntoOption<T, M> {
    /// Returns the value of the member.
    fn into_option(self) -> Option<T>;
}

/// A type of a member that is neither a list nor a map. Lists and maps are converted element by
/// element.
pub trait SingleValue {}

macro_rules! single_values {
    ($($name:ty),*) => {
        $(impl SingleValue for $name {})*
    };
}

single_values!(String, Blob, Timestamp, Document);

impl<T: Structure> SingleValue for T {}

/// The implementations of [`IntoOption`] for values.
#[derive(Debug)]
pub enum OneValue {}
/// The implementations of [`IntoOption`] for iterators.
#[derive(Debug)]
pub enum Elements {}
/// The implementations of [`IntoOption`] for an `Option`.
#[derive(Debug)]
pub struct Optional<M>(PhantomData<M>);

impl<T: SingleValue, V: Into<T>> IntoOption<T, OneValue> for V {
    #[inline]
    fn into_option(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T: SingleValue, V: Into<T>> IntoOption<T, Optional<OneValue>> for Option<V> {
    #[inline]
    fn into_option(self) -> Option<T> {
        self.map(Into::into)
    }
}

impl<E, I: IntoIterator<Item: Into<E>>> IntoOption<Vec<E>, Elements> for I {
    #[inline]
    fn into_option(self) -> Option<Vec<E>> {
        Some(list(self))
    }
}

impl<E, I: IntoIterator<Item: Into<E>>> IntoOption<Vec<E>, Optional<Elements>> for Option<I> {
    #[inline]
    fn into_option(self) -> Option<Vec<E>> {
        self.map(list)
    }
}

impl<K: Ord, V, A, B, I> IntoOption<BTreeMap<K, V>, Elements> for I
where
    A: Into<K>,
    B: Into<V>,
    I: IntoIterator<Item = (A, B)>,
{
    #[inline]
    fn into_option(self) -> Option<BTreeMap<K, V>> {
        Some(map(self))
    }
}

impl<K: Ord, V, A, B, I> IntoOption<BTreeMap<K, V>, Optional<Elements>> for Option<I>
where
    A: Into<K>,
    B: Into<V>,
    I: IntoIterator<Item = (A, B)>,
{
    #[inline]
    fn into_option(self) -> Option<BTreeMap<K, V>> {
        self.map(map)
    }
}
