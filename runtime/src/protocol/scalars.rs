//! The macro `scalars!`, for serializers of formats in which every scalar is text.

/// Implements the methods of a `Serializer` for the types whose text is that of `Display`, and for
/// floating-point numbers. They call the method `scalar` of the serializer. The type is the `Ok` type
/// of the serializer.
macro_rules! scalars {
    ($ok:ty) => {
        $crate::protocol::scalars::scalars!(
            $ok;
            serialize_bool(bool), serialize_char(char), serialize_str(&str),
            serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
            serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64),
        );

        fn serialize_f32(self, value: f32) -> Result<$ok, $crate::format::error::FormatError> {
            self.scalar($crate::format::float_text::FloatText(value))
        }

        fn serialize_f64(self, value: f64) -> Result<$ok, $crate::format::error::FormatError> {
            self.scalar($crate::format::float_text::FloatText(value))
        }

        fn collect_str<T: ::std::fmt::Display + ?Sized>(
            self,
            value: &T,
        ) -> Result<$ok, $crate::format::error::FormatError> {
            self.scalar(value)
        }
    };
    ($ok:ty; $($method:ident($kind:ty)),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<$ok, $crate::format::error::FormatError> {
            self.scalar(value)
        })*
    };
}

pub(crate) use scalars;
