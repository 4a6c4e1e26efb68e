//! Forms: `application/x-www-form-urlencoded` bodies with one field for each scalar of a structure.
//!
//! The name of a field is the path to the scalar, such as `Tags.member.1.Key`.

mod fields;
mod serializer;
#[cfg(test)]
mod tests;

pub(crate) use self::fields::Fields;

use crate::Structure;
use crate::protocol::error::FormatError;
use crate::protocol::form::serializer::Members;

/// Adds the members of a structure.
pub(crate) fn write<T: Structure>(value: &T, fields: &mut Fields) -> Result<(), FormatError> {
    value.write(&mut Members::new(fields))
}
