//! The framing of awsJson: a structure to a body, and a body to a structure.
//!
//! What a member's wire form is, the structure and the codecs know.

pub(crate) mod path;
pub(crate) mod serializer;
pub(crate) mod writer;

use serde_core::ser::{Serialize, Serializer};
use serde_json::de::{Deserializer, SliceRead};

use crate::Structure;

use crate::shape::structure;

/// The body of a request.
///
/// # Errors
/// A value that has no wire form, as a map whose keys are not strings.
pub fn encode<T: Structure>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    writer::to_vec(&Body(value))
}

/// `()` is a structure, yet its own serde form is `null`; this is always an object.
struct Body<'a, T>(&'a T);

impl<T: Structure> Serialize for Body<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        structure::serialize(self.0, serializer)
    }
}

/// The structure in a body; an empty body, or one that is `null`, is the structure without any
/// member.
pub(crate) fn decode<T: Structure>(body: &[u8]) -> Result<T, serde_json::Error> {
    if matches!(body.trim_ascii(), b"" | b"null") {
        return Ok(T::empty());
    }
    let mut deserializer = Deserializer::new(SliceRead::new(body));
    let value = structure::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}
