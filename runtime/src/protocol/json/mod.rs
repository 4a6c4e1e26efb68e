//! JSON bodies: encodes structures to JSON, decodes them, and reads errors.
//!
//! The wire form of each member is defined by the structure and its codecs.

pub(crate) mod body;
pub(crate) mod error_body;
pub(crate) mod error_code;
pub(crate) mod exception;
pub(crate) mod foreign_body;
mod path;
mod problem;
#[cfg(test)]
mod tests;

use crate::format::error::FormatError;
use crate::format::json::reader::Reader;
use crate::format::json::writer;
use crate::http::box_error::BoxError;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::http_binding::OneValue;
use crate::shape::binding::Binding;
use crate::shape::member::Positions;
use crate::shape::structure::{self, AsObject};
use crate::{RequestBody, Structure};

/// Returns the JSON of a structure in one piece.
///
/// # Errors
/// Returns an error if a value has no representation in JSON, such as a map whose keys are not
/// strings.
pub fn encode<T: Structure>(value: &T) -> Result<Vec<u8>, BoxError> {
    Ok(writer::to_vec(&AsObject(value))?)
}

/// Returns the body of a request. It contains large blobs as bytes that are encoded later.
pub(crate) fn encode_body<T: Structure>(value: &T) -> Result<RequestBody, FormatError> {
    body::write(&AsObject(value))
}

/// Decodes a structure. An empty body and `null` are decoded as a structure without members, and a
/// byte order mark is skipped. An error states where decoding stopped, and why.
pub(crate) fn read<T: Structure>(body: &[u8]) -> Result<T, DecodeProblem> {
    let mut value = None;
    read_with(body, &mut |reader| {
        value = Some(structure::deserialize(reader)?);
        Ok(())
    })?;
    Ok(value.unwrap_or_else(T::empty))
}

/// Reads the value of a body and stores it. This is a trait object, because most code that reads
/// bodies would otherwise be compiled for each structure.
type ReadValue<'a> = dyn FnMut(&mut Reader<'_>) -> Result<(), FormatError> + 'a;

/// Reads a body with `read`, unless it is empty or `null`.
fn read_with(body: &[u8], read: &mut ReadValue<'_>) -> Result<(), DecodeProblem> {
    let mut reader = Reader::new(body);
    if matches!(reader.input.trim_ascii(), b"" | b"null") {
        return Ok(());
    }
    let result = read(&mut reader);
    problem::finish(reader, result)
}

/// Reads the members of a structure that are not bound to another place in the message. An empty
/// body has none.
pub(crate) fn read_into<T: Structure>(
    body: &[u8],
    bindings: &'static [Binding],
    value: &mut T,
) -> Result<Positions, DecodeProblem> {
    let mut read = Positions::default();
    parse(body, &mut |reader| {
        read = structure::deserialize_into(reader, bindings, value)?;
        Ok(())
    })?;
    Ok(read)
}

/// Reads a member that is the whole body. If the body is empty, the member is absent.
pub(crate) fn read_member<T: Structure>(
    body: &[u8],
    member: &str,
    value: &mut T,
) -> Result<(), DecodeProblem> {
    parse(body, &mut |reader| value.read(member, &mut OneValue::new(reader)).map(drop))
}

/// Parses a body with `read`, unless the body is empty.
fn parse(body: &[u8], read: &mut ReadValue<'_>) -> Result<(), DecodeProblem> {
    let mut reader = Reader::new(body);
    if reader.is_at_end() {
        return Ok(());
    }
    let result = read(&mut reader);
    problem::finish(reader, result)
}
