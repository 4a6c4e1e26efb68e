//! Passes the name of a member to a function.

use serde_core::ser::{Impossible, Serializer};

use crate::format::error::FormatError;
use crate::protocol::unsupported::unsupported;

/// Serializes the name of a member, which is always a string, by passing it to a function. The result
/// is that of the function, so the name is not copied.
pub(crate) struct WithName<F>(pub(crate) F);

impl<R, F: FnOnce(&str) -> R> Serializer for WithName<F> {
    type Ok = R;
    type Error = FormatError;
    type SerializeSeq = Impossible<R, FormatError>;
    type SerializeTuple = Impossible<R, FormatError>;
    type SerializeTupleStruct = Impossible<R, FormatError>;
    type SerializeTupleVariant = Impossible<R, FormatError>;
    type SerializeMap = Impossible<R, FormatError>;
    type SerializeStruct = Impossible<R, FormatError>;
    type SerializeStructVariant = Impossible<R, FormatError>;

    fn serialize_str(self, name: &str) -> Result<R, FormatError> {
        Ok((self.0)(name))
    }

    unsupported!(
        R; bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char bytes none unit some unit_struct
        unit_variant newtype_struct newtype_variant seq tuple tuple_struct tuple_variant map struct
        struct_variant
    );
}
