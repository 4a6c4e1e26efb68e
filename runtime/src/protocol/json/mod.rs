//! JSON bodies: encodes structures to JSON, decodes them, and reads errors.
//!
//! The wire form of each member is defined by the structure and its codecs.

pub(crate) mod error_body;
pub(crate) mod error_code;
pub(crate) mod exception;
pub(crate) mod foreign_body;
mod path;
mod problem;
pub(crate) mod serializer;
pub(crate) mod writer;

use serde_core::ser::{Serialize, Serializer};
use serde_json::de::{Deserializer, SliceRead};

use crate::Structure;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::http_binding::OneValue;
use crate::shape::binding::{Binding, is_bound};
use crate::shape::structure;

/// Returns the body of a request.
///
/// # Errors
/// Returns an error if a value has no representation in JSON, such as a map whose keys are not
/// strings.
pub fn encode<T: Structure>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    writer::to_vec(&Body(value))
}

/// Serializes any structure as an object. The serde form of `()`, which is a structure too, would
/// be `null`.
struct Body<'a, T>(&'a T);

impl<T: Structure> Serialize for Body<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        structure::serialize(self.0, serializer)
    }
}

/// Decodes a structure as [`decode`] does. An error states where decoding stopped, and why.
pub(crate) fn read<T: Structure>(body: &[u8]) -> Result<T, DecodeProblem> {
    decode(body).map_err(|error| problem::find(body, &error))
}

/// Reads the members of a structure that are not bound to another place in the message. An empty
/// body has none.
pub(crate) fn read_into<T: Structure>(
    body: &[u8],
    bindings: &'static [Binding],
    value: &mut T,
) -> Result<(), DecodeProblem> {
    read_selected(body, value, |member| !is_bound(bindings, member))
}

/// Reads the members of a structure for which `is_read` returns true. An empty body has none.
pub(crate) fn read_selected<T: Structure>(
    body: &[u8],
    value: &mut T,
    is_read: impl Fn(&str) -> bool,
) -> Result<(), DecodeProblem> {
    parse(body, |deserializer| structure::deserialize_into(deserializer, value, is_read))
}

/// Reads a member that is the whole body. If the body is empty, the member is absent.
pub(crate) fn read_member<T: Structure>(
    body: &[u8],
    member: &str,
    value: &mut T,
) -> Result<(), DecodeProblem> {
    parse(body, |deserializer| value.read(member, &mut OneValue::new(deserializer)).map(drop))
}

/// Parses a body with `read`, unless the body is empty.
fn parse<'de, R: FnOnce(&mut Deserializer<SliceRead<'de>>) -> Result<(), serde_json::Error>>(
    body: &'de [u8],
    read: R,
) -> Result<(), DecodeProblem> {
    let content = without_byte_order_mark(body);
    if content.trim_ascii().is_empty() {
        return Ok(());
    }
    let mut deserializer = Deserializer::new(SliceRead::new(content));
    let result = read(&mut deserializer).and_then(|()| deserializer.end());
    result.map_err(|error| problem::find(body, &error))
}

/// Decodes a structure. An empty body and `null` are decoded as a structure without members, and a
/// byte order mark is skipped.
pub(crate) fn decode<T: Structure>(body: &[u8]) -> Result<T, serde_json::Error> {
    let body = without_byte_order_mark(body);
    if matches!(body.trim_ascii(), b"" | b"null") {
        return Ok(T::empty());
    }
    let mut deserializer = Deserializer::new(SliceRead::new(body));
    let value = structure::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Returns the body without the byte order mark that some libraries write.
pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}
