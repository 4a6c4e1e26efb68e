//! The `structure!` macro, which implements a structure from a table with one row per member.
//!
//! Without the table, generated code would have to name every member several times: to write it, to
//! read it, and to handle its absence. The macro expands to method calls without branches, which are
//! fast to compile.

/// Implements [`Structure`](crate::Structure), the serde traits and `Debug` from a table of members.
///
/// A row has a wire name, a presence, and a field. The presence is one of:
///
/// - `some`: the field is an `Option`. `None` is not written.
/// - `value`: always written. If absent or `null`, the field is a zero value of its type.
/// - `default`: always written. If absent or `null`, the field is the value at the end of the row.
/// - `required`: always written. If absent or `null`, deserialization fails.
/// - `some_message` and `value_message`: like `some` and `value`, for the message of an exception,
///   which services send under several names whatever the model says. Of several values, `some_message`
///   uses the first that is not `null`.
///
/// `Default` before the table implements [`Default`], as the structure without any members.
///
/// `Request` before the table, or before `Default`, adds the methods `validate` and
/// `validate_with`.
///
/// `as` names the [codec](crate::codec) of a member whose wire form differs from its serde form.
/// The lists and maps of a response have one, so that a `null` in them is discarded instead of
/// rejected.
///
/// `xml` describes a member whose XML or form differs from the defaults, and precedes `as` with the
/// codec. The description consists of the words `flat` (a list or map without an element around
/// it), `item` with the name of the elements of a list, `map`, `key` and `value` with the names of
/// the parts of an entry, and `attribute`. The words after `>` describe the elements, for example
/// `"flat > map key Name"`. A map always needs a description.
///
/// `at` places a member outside the document in the body, in protocols with HTTP bindings: in a
/// `label` of the path, in a `query` parameter, in `query_params` (a map), in a `header`, in
/// `prefix_headers` (a map), in the `status`, or as the whole body (`payload`).
///
/// `where` lists the constraints that [`validate`](crate::validate) checks: bounds for the `length`
/// of a string, blob, list or map; for the `range` of an integer; for the `float_range` of a
/// floating-point number; a `pattern` of a string; `unique` for the elements of a list; and
/// `each(..)` and `key(..)` for constraints of the elements, values and keys in a list or map.
/// Nested structures and the values of enums are checked if the row has a `where`, which may be
/// empty. Patterns and enum values are checked only [on request](crate::Validation). `where secret`
/// marks a value that errors and `Debug` must not show, not even its length.
///
/// ```
/// use longshore_runtime::codec;
///
/// #[derive(PartialEq)]
/// struct Point {
///     label: String,
///     x: f64,
///     y: f64,
///     unit: Option<String>,
/// }
///
/// longshore_runtime::structure!(Point, {
///     "Label" => required(label),
///     "X" => value(x as codec::Float),
///     "Y" => default(y as codec::Float, 0.5),
///     "Unit" => some(unit),
/// });
///
/// let point: Point = serde_json::from_str(r#"{"Label": "a", "X": "-Infinity", "Later": [1]}"#)?;
/// assert_eq!(point, Point { label: "a".into(), x: f64::NEG_INFINITY, y: 0.5, unit: None });
/// assert_eq!(serde_json::to_string(&point)?, r#"{"Label":"a","X":"-Infinity","Y":0.5}"#);
/// assert!(serde_json::from_str::<Point>(r#"{"X": 1}"#).is_err());
///
/// struct TagRequest {
///     tags: Vec<String>,
///     count: Option<i32>,
/// }
///
/// longshore_runtime::structure!(TagRequest, Request, {
///     "Tags" => required(tags) where (length(..=50), each(length(1..=128))),
///     "Count" => some(count as codec::Integer) where (range(1..)),
/// });
///
/// let request = TagRequest { tags: vec!["a".into(), String::new()], count: Some(0) };
/// assert_eq!(
///     request.validate().unwrap_err().to_string(),
///     "the request is not valid: Tags[1] must have 1 to 128 characters and has 0; \
///      Count must be at least 1 and is 0",
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! structure {
    ($name:ident, {
        $($key:literal => $mode:ident($field:ident $($more:tt)*)),* $(,)?
    } $({ $($check:tt)* })?) => {
        impl $crate::Structure for $name {
            const SHAPE: &'static ::core::primitive::str = ::core::stringify!($name);

            const MEMBERS: &'static [$crate::Member] = &[$($crate::Member {
                name: $key,
                field: ::core::stringify!($field),
                kind: $crate::member!(kind $mode),
            }),*];

            // Inlined, like all functions here, so that a structure is compiled only in crates that
            // use it.
            #[inline]
            fn empty() -> Self {
                Self { $($field: $crate::member!(absent $mode $($more)*)),* }
            }

            #[allow(unused_variables)]
            #[inline]
            fn write_members<W: $crate::MemberWriter>(&self, writer: &mut W) {
                $($crate::member!(write $mode (writer, &self.$field) $($more)*);)*
            }

            #[allow(unused_variables)]
            #[inline]
            fn read_members<'de, M: $crate::MapAccess<'de>>(
                &mut self,
                reader: &mut $crate::MemberReader<'_, 'de, M>,
            ) {
                $($crate::member!(read $mode (reader, &mut self.$field) $($more)*);)*
            }

            $($($check)*)?
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::private::debug(self, f)
            }
        }

        $crate::impl_serde!($name);
    };
    // With bindings or constraints. Most structures have neither, and no `check` is generated for
    // them.
    ($name:ident, {
        $($key:literal => $mode:ident($field:ident $($more:tt)*)
            $(at $place:ident $(($($argument:tt)*))?)?
            $(where $($secret:ident)? ($($rules:tt)*))?),* $(,)?
    }) => {
        $crate::structure!($name, {
            $($key => $mode($field $($more)*)),*
        } {
            const SECRET: &'static [&'static ::core::primitive::str] =
                &[$($($($crate::member!(named $secret $key),)?)?)*];

            const BINDINGS: &'static [$crate::Binding] = &[$($($crate::Binding {
                member: $key,
                place: $crate::place!($place $(($($argument)*))?),
            },)?)*];

            // Inlined so that it is compiled only in crates that validate requests.
            #[allow(unused_variables)]
            #[inline]
            fn check(&self, checks: &mut $crate::Checks<'_>) {
                $($($crate::Checks::member(
                    checks,
                    $key,
                    &self.$field,
                    const { &$crate::rules!($($rules)*)$(.$secret())? },
                );)?)*
            }
        });
    };
    ($name:ident, Request, $table:tt) => {
        $crate::structure!($name, $table);

        impl $name {
            /// Checks the length, range and size constraints of the model, recursively.
            ///
            /// # Errors
            /// Returns all violations.
            #[inline]
            pub fn validate(&self) -> ::core::result::Result<(), $crate::ValidationError> {
                $crate::validate(self)
            }

            /// Checks the constraints of the model that `validation` selects, recursively. Unlike
            /// `validate`, it can check patterns and enum values.
            ///
            /// # Errors
            /// Returns all violations.
            #[allow(dead_code)]
            #[inline]
            pub fn validate_with(
                &self,
                validation: $crate::Validation,
            ) -> ::core::result::Result<(), $crate::ValidationError> {
                $crate::validate_with(self, validation)
            }
        }
    };
    ($name:ident, Request, Default, $table:tt) => {
        $crate::structure!($name, Request, $table);
        $crate::structure!(@default $name);
    };
    ($name:ident, Default, $table:tt) => {
        $crate::structure!($name, $table);
        $crate::structure!(@default $name);
    };
    (@default $name:ident) => {

        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::Structure::empty()
            }
        }
    };
}

/// Expands the place of a member in a [`structure!`].
#[doc(hidden)]
#[macro_export]
macro_rules! place {
    (label($name:literal)) => {
        $crate::Place::Label($name)
    };
    (query($name:literal)) => {
        $crate::Place::Query($name)
    };
    (query_params) => {
        $crate::Place::QueryParams
    };
    (header($name:literal)) => {
        $crate::Place::Header($name)
    };
    (prefix_headers($prefix:literal)) => {
        $crate::Place::PrefixHeaders($prefix)
    };
    (status) => {
        $crate::Place::Status
    };
    (payload(structure)) => {
        $crate::Place::Payload($crate::Payload::Structure)
    };
    (payload(value)) => {
        $crate::Place::Payload($crate::Payload::Value)
    };
    (payload(text $media_type:literal)) => {
        $crate::Place::Payload($crate::Payload::Text($media_type))
    };
    (payload(blob $media_type:literal)) => {
        $crate::Place::Payload($crate::Payload::Blob($media_type))
    };
}

/// Expands one member of a [`structure!`], depending on its presence.
#[doc(hidden)]
#[macro_export]
macro_rules! member {
    (named $mark:ident $key:literal) => {
        $key
    };

    (kind required) => {
        $crate::MemberKind::Required
    };
    (kind some_message) => {
        $crate::MemberKind::Message
    };
    (kind value_message) => {
        $crate::MemberKind::Message
    };
    (kind $mode:ident) => {
        $crate::MemberKind::Other
    };

    (absent default as $codec:ty, $value:expr) => {
        $value
    };
    (absent default, $value:expr) => {
        $value
    };
    (absent default xml $description:literal as $codec:ty, $value:expr) => {
        $value
    };
    (absent $mode:ident $(xml $description:literal)? $(as $codec:ty)?) => {
        $crate::private::Absent::absent()
    };

    (write some ($writer:ident, $field:expr)) => {
        $crate::MemberWriter::some($writer, $field)
    };
    (write some ($writer:ident, $field:expr) as $codec:ty) => {
        $crate::MemberWriter::some_as::<$codec, _>($writer, $field)
    };
    (write some ($writer:ident, $field:expr) xml $description:literal as $codec:ty) => {
        $crate::MemberWriter::described_some_as::<$codec, _>($writer, $field, $description)
    };
    (write some_message ($writer:ident, $field:expr)) => {
        $crate::MemberWriter::some($writer, $field)
    };
    (write $mode:ident ($writer:ident, $field:expr) $(, $value:expr)?) => {
        $crate::MemberWriter::value($writer, $field)
    };
    (write $mode:ident ($writer:ident, $field:expr) as $codec:ty $(, $value:expr)?) => {
        $crate::MemberWriter::value_as::<$codec, _>($writer, $field)
    };
    (write $mode:ident ($writer:ident, $field:expr)
        xml $description:literal as $codec:ty $(, $value:expr)?) => {
        $crate::MemberWriter::described_value_as::<$codec, _>($writer, $field, $description)
    };

    (read some ($reader:ident, $field:expr)) => {
        $crate::MemberReader::some($reader, $field)
    };
    (read some ($reader:ident, $field:expr) as $codec:ty) => {
        $crate::MemberReader::some_as::<$codec, _>($reader, $field)
    };
    (read some ($reader:ident, $field:expr) xml $description:literal as $codec:ty) => {
        $crate::MemberReader::described_some_as::<$codec, _>($reader, $field, $description)
    };
    (read some_message ($reader:ident, $field:expr)) => {
        $crate::MemberReader::message($reader, $field)
    };
    (read required ($reader:ident, $field:expr)) => {
        $crate::MemberReader::required($reader, $field)
    };
    (read required ($reader:ident, $field:expr) as $codec:ty) => {
        $crate::MemberReader::required_as::<$codec, _>($reader, $field)
    };
    (read required ($reader:ident, $field:expr) xml $description:literal as $codec:ty) => {
        $crate::MemberReader::described_required_as::<$codec, _>($reader, $field, $description)
    };
    (read $mode:ident ($reader:ident, $field:expr) $(, $value:expr)?) => {
        $crate::MemberReader::value($reader, $field)
    };
    (read $mode:ident ($reader:ident, $field:expr) as $codec:ty $(, $value:expr)?) => {
        $crate::MemberReader::value_as::<$codec, _>($reader, $field)
    };
    (read $mode:ident ($reader:ident, $field:expr)
        xml $description:literal as $codec:ty $(, $value:expr)?) => {
        $crate::MemberReader::described_value_as::<$codec, _>($reader, $field, $description)
    };
}
