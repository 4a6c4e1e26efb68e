//! The macro `unsupported!`, for serializers that accept only some of serde's types.

/// Implements the methods of a `Serializer` for the listed types, similar to
/// `forward_to_deserialize_any!` for deserializers. The methods return
/// [`FormatError::unsupported`](super::error::FormatError). The type before the list is the `Ok`
/// type of the serializer.
macro_rules! unsupported {
    ($ok:ty; $($kind:ident)*) => {
        $($crate::protocol::unsupported::unsupported!(@ $kind $ok);)*
    };
    (@ bool $ok:ty) => { unsupported!(@ fn serialize_bool(bool) -> $ok); };
    (@ i8 $ok:ty) => { unsupported!(@ fn serialize_i8(i8) -> $ok); };
    (@ i16 $ok:ty) => { unsupported!(@ fn serialize_i16(i16) -> $ok); };
    (@ i32 $ok:ty) => { unsupported!(@ fn serialize_i32(i32) -> $ok); };
    (@ i64 $ok:ty) => { unsupported!(@ fn serialize_i64(i64) -> $ok); };
    (@ u8 $ok:ty) => { unsupported!(@ fn serialize_u8(u8) -> $ok); };
    (@ u16 $ok:ty) => { unsupported!(@ fn serialize_u16(u16) -> $ok); };
    (@ u32 $ok:ty) => { unsupported!(@ fn serialize_u32(u32) -> $ok); };
    (@ u64 $ok:ty) => { unsupported!(@ fn serialize_u64(u64) -> $ok); };
    (@ f32 $ok:ty) => { unsupported!(@ fn serialize_f32(f32) -> $ok); };
    (@ f64 $ok:ty) => { unsupported!(@ fn serialize_f64(f64) -> $ok); };
    (@ char $ok:ty) => { unsupported!(@ fn serialize_char(char) -> $ok); };
    (@ bytes $ok:ty) => { unsupported!(@ fn serialize_bytes(&[u8]) -> $ok); };
    (@ none $ok:ty) => { unsupported!(@ fn serialize_none() -> $ok); };
    (@ unit $ok:ty) => { unsupported!(@ fn serialize_unit() -> $ok); };
    (@ unit_struct $ok:ty) => {
        unsupported!(@ fn serialize_unit_struct(&'static str) -> $ok);
    };
    (@ unit_variant $ok:ty) => {
        unsupported!(@ fn serialize_unit_variant(&'static str, u32, &'static str) -> $ok);
    };
    (@ some $ok:ty) => {
        unsupported!(@ fn serialize_some<T>(&T) -> $ok);
    };
    (@ newtype_struct $ok:ty) => {
        unsupported!(@ fn serialize_newtype_struct<T>(&'static str, &T) -> $ok);
    };
    (@ newtype_variant $ok:ty) => {
        unsupported!(
            @ fn serialize_newtype_variant<T>(&'static str, u32, &'static str, &T) -> $ok
        );
    };
    (@ seq $ok:ty) => {
        unsupported!(@ fn serialize_seq(Option<usize>) -> Self::SerializeSeq);
    };
    (@ map $ok:ty) => {
        unsupported!(@ fn serialize_map(Option<usize>) -> Self::SerializeMap);
    };
    (@ tuple $ok:ty) => {
        unsupported!(@ fn serialize_tuple(usize) -> Self::SerializeTuple);
    };
    (@ tuple_struct $ok:ty) => {
        unsupported!(
            @ fn serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct
        );
    };
    (@ tuple_variant $ok:ty) => {
        unsupported!(
            @ fn serialize_tuple_variant(&'static str, u32, &'static str, usize)
                -> Self::SerializeTupleVariant
        );
    };
    (@ struct $ok:ty) => {
        unsupported!(@ fn serialize_struct(&'static str, usize) -> Self::SerializeStruct);
    };
    (@ struct_variant $ok:ty) => {
        unsupported!(
            @ fn serialize_struct_variant(&'static str, u32, &'static str, usize)
                -> Self::SerializeStructVariant
        );
    };
    (@ fn $method:ident $(<$generic:ident>)? ($($argument:ty),*) -> $result:ty) => {
        fn $method $(<$generic: ::serde_core::ser::Serialize + ?Sized>)? (
            self,
            $(_: $argument),*
        ) -> Result<$result, $crate::format::error::FormatError> {
            Err($crate::format::error::FormatError::unsupported())
        }
    };
}

pub(crate) use unsupported;
