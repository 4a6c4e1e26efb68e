//! The `Serializer` implementation of [`Writer`](super::writer::Writer). The JSON form of each
//! serde type is that of `serde_json`.

use std::fmt::{Display, Write as _};
use std::io::Write as _;

use serde_core::ser::{self, Error as _, Serialize, Serializer};

use crate::format::error::FormatError;
use crate::format::float_text::FloatText;
use crate::format::json::writer::{Compound, Escaping, Writer, write_string};
use crate::format::shared_bytes;

macro_rules! integers {
    ($($method:ident($kind:ty)),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<(), FormatError> {
            self.0.text.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
            Ok(())
        })*
    };
}

macro_rules! floats {
    ($($method:ident($kind:ty)),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<(), FormatError> {
            if value.is_finite() {
                write!(self.0.text, "{}", FloatText(value)).map_err(FormatError::custom)
            } else {
                self.serialize_unit()
            }
        })*
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = FormatError;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    integers!(serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64));
    integers!(serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64));
    integers!(serialize_i128(i128), serialize_u128(u128));
    floats!(serialize_f32(f32), serialize_f64(f64));

    fn serialize_bool(self, value: bool) -> Result<(), FormatError> {
        self.0.text.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), FormatError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), FormatError> {
        write_string(&mut self.0.text, text);
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, text: &T) -> Result<(), FormatError> {
        self.0.text.push(b'"');
        let blobs = self.0.blobs.as_mut();
        match blobs.and_then(|blobs| Some((blobs, shared_bytes::take(text)?))) {
            Some((blobs, bytes)) => blobs.push((self.0.text.len(), bytes)),
            None => write!(Escaping(&mut self.0.text), "{text}").map_err(FormatError::custom)?,
        }
        self.0.text.push(b'"');
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), FormatError> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), FormatError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FormatError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), FormatError> {
        self.0.text.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), FormatError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), FormatError> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), FormatError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), FormatError> {
        let mut object = self.open("{", "}");
        object.member(name, value)?;
        object.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, FormatError> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, FormatError> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, FormatError> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, FormatError> {
        Ok(self.variant(name, "[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>, FormatError> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, FormatError> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, FormatError> {
        Ok(self.variant(name, "{", "}}"))
    }
}

macro_rules! sequences {
    ($($trait:ident::$method:ident),* $(,)?) => {
        $(impl ser::$trait for Compound<'_> {
            type Ok = ();
            type Error = FormatError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
                self.element(value)
            }

            fn end(self) -> Result<(), FormatError> {
                self.close();
                Ok(())
            }
        })*
    };
}

sequences!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
);

macro_rules! structs {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Compound<'_> {
            type Ok = ();
            type Error = FormatError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), FormatError> {
                self.member(key, value)
            }

            fn end(self) -> Result<(), FormatError> {
                self.close();
                Ok(())
            }
        })*
    };
}

structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = FormatError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormatError> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormatError> {
        value.serialize(Writer(self.out))
    }

    fn end(self) -> Result<(), FormatError> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_core::ser::{
        SerializeStruct, SerializeStructVariant, SerializeTupleStruct, SerializeTupleVariant,
    };

    use super::*;

    /// Values of the serde data model that generated code does not use, but derived or manual
    /// implementations do.
    #[derive(Debug, Clone, Copy)]
    pub(crate) enum Variants {
        Unit,
        Newtype,
        Tuple,
        Struct,
        UnitStruct,
        NewtypeStruct,
        TupleStruct,
        PlainStruct,
        Bytes,
    }

    impl Variants {
        pub(crate) const ALL: [Self; 9] = [
            Self::Unit,
            Self::Newtype,
            Self::Tuple,
            Self::Struct,
            Self::UnitStruct,
            Self::NewtypeStruct,
            Self::TupleStruct,
            Self::PlainStruct,
            Self::Bytes,
        ];
    }

    impl Serialize for Variants {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Unit => s.serialize_unit_variant("V", 0, "Unit"),
                Self::Newtype => s.serialize_newtype_variant("V", 1, "Newtype", &[1, 2]),
                Self::Tuple => {
                    let mut tuple = s.serialize_tuple_variant("V", 2, "Tuple", 2)?;
                    tuple.serialize_field(&1)?;
                    tuple.serialize_field("x")?;
                    tuple.end()
                }
                Self::Struct => {
                    let mut fields = s.serialize_struct_variant("V", 3, "Struct", 2)?;
                    fields.serialize_field("a", &1)?;
                    fields.serialize_field("b\"", &None::<u8>)?;
                    fields.end()
                }
                Self::UnitStruct => s.serialize_unit_struct("U"),
                Self::NewtypeStruct => s.serialize_newtype_struct("N", &1.25),
                Self::TupleStruct => {
                    let mut tuple = s.serialize_tuple_struct("T", 1)?;
                    tuple.serialize_field(&[(); 2])?;
                    tuple.end()
                }
                Self::PlainStruct => {
                    let mut fields = s.serialize_struct("S", 1)?;
                    fields.serialize_field("a", &Self::Struct)?;
                    fields.end()
                }
                Self::Bytes => s.serialize_bytes(b"\x00a\xff"),
            }
        }
    }
}
