//! The macro `setters!`, which implements the setters of a structure from a table.

use std::collections::BTreeMap;

/// Implements the setters of a structure: methods that take the structure and a value and return the
/// structure.
///
/// A row has documentation, a field, and the argument of its setter with the type of the field
/// without its `Option` or `Box`:
///
/// - `into`: anything that converts to the type.
/// - `exact`: a value of the type, for numbers and booleans.
/// - `list`, `exact_list`: an iterator over elements, which are converted or not.
/// - `map`, `exact_map`: an iterator over pairs of keys, which are converted, and values, which are
///   converted or not.
/// - `boxed`: anything that converts to the type; the field is a `Box`.
/// - `option`, `option_exact`, `option_boxed`: a value as above or an `Option` of one; the field is an
///   `Option`. See [`IntoOption`](crate::IntoOption).
///
/// ```
/// #[derive(Debug, Default, PartialEq)]
/// struct Request {
///     name: String,
///     count: Option<i32>,
///     tag: Option<String>,
///     ids: Option<Vec<String>>,
/// }
///
/// longshore_runtime::setters!(Request, {
///     /// The name.
///     name => into(String),
///     /// The number of results.
///     count => option_exact(i32),
///     /// The tag.
///     tag => option(String),
///     /// The IDs.
///     ids => option(Vec<String>),
/// });
///
/// let argument: Option<&str> = None;
/// let request = Request::default().name("a").count(5).tag(argument).ids(["b", "c"]);
/// assert_eq!(request.name, "a");
/// assert_eq!(request.count, Some(5));
/// assert_eq!(request.tag, None);
/// assert_eq!(request.ids.as_deref(), Some(&["b".to_owned(), "c".to_owned()][..]));
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident, {
        $($(#[$about:meta])* $field:ident => $argument:ident($($ty:ty),+)),* $(,)?
    }) => {
        impl $name {
            $($crate::setter! {
                $argument($($ty),+) $field
                $(#[$about])*
                #[must_use = "a setter returns the changed structure"]
            })*
        }
    };
}

/// Expands one row of [`setters!`], depending on its argument.
#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    (into($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::convert::Into::into(value);
            self
        }
    };
    (exact($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        #[inline]
        pub fn $field(mut self, value: $ty) -> Self {
            self.$field = value;
            self
        }
    };
    (boxed($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::std::boxed::Box::new(::core::convert::Into::into(value));
            self
        }
    };
    (list($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field(
            mut self,
            value: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$ty>>,
        ) -> Self {
            self.$field = $crate::private::list(value);
            self
        }
    };
    (exact_list($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field(mut self, value: impl ::core::iter::IntoIterator<Item = $ty>) -> Self {
            self.$field = $crate::private::list(value);
            self
        }
    };
    (map($key:ty, $ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field(
            mut self,
            value: impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<$key>, impl ::core::convert::Into<$ty>),
            >,
        ) -> Self {
            self.$field = $crate::private::map(value);
            self
        }
    };
    (exact_map($key:ty, $ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field(
            mut self,
            value: impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<$key>, $ty),
            >,
        ) -> Self {
            self.$field = $crate::private::map(value);
            self
        }
    };
    (option($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field<M>(mut self, value: impl $crate::IntoOption<$ty, M>) -> Self {
            self.$field = $crate::IntoOption::into_option(value);
            self
        }
    };
    (option_exact($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field(
            mut self,
            value: impl ::core::convert::Into<::core::option::Option<$ty>>,
        ) -> Self {
            self.$field = ::core::convert::Into::into(value);
            self
        }
    };
    (option_boxed($ty:ty) $field:ident $(#[$about:meta])*) => {
        $(#[$about])*
        pub fn $field<M>(mut self, value: impl $crate::IntoOption<$ty, M>) -> Self {
            let value = $crate::IntoOption::into_option(value);
            self.$field = ::core::option::Option::map(value, ::std::boxed::Box::new);
            self
        }
    };
}

/// Collects the elements of a list.
pub fn list<E>(elements: impl IntoIterator<Item: Into<E>>) -> Vec<E> {
    elements.into_iter().map(Into::into).collect()
}

/// Collects the entries of a map. Of entries with the same key, the last one is kept.
pub fn map<K: Ord, V>(
    entries: impl IntoIterator<Item = (impl Into<K>, impl Into<V>)>,
) -> BTreeMap<K, V> {
    // `collect` would compile a sort for each type of iterator.
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key.into(), value.into());
    }
    map
}
