//! Forms: `application/x-www-form-urlencoded` bodies with one field for each scalar of a structure.
//!
//! The name of a field is the path to the scalar, such as `Tags.member.1.Key`.

#[cfg(feature = "server")]
mod deserializer;
mod fields;
mod serializer;
#[cfg(test)]
mod tests;
#[cfg(feature = "server")]
mod tree;

pub(crate) use self::fields::Fields;
#[cfg(feature = "server")]
pub(crate) use self::tree::Node;

use crate::Structure;
use crate::format::error::FormatError;
#[cfg(feature = "server")]
use crate::protocol::decode_problem::{self, DecodeProblem};
use crate::protocol::form::serializer::Members;
#[cfg(feature = "server")]
use crate::shape::member::required;

/// Adds the members of a structure.
pub(crate) fn write<T: Structure>(value: &T, fields: &mut Fields) -> Result<(), FormatError> {
    value.write(&mut Members::new(fields))
}

/// Reads the members of a structure.
///
/// A required member without a field is empty if its type can be, as for a map. Otherwise it is
/// missing.
#[cfg(feature = "server")]
pub(crate) fn read<T: Structure>(form: &Node) -> Result<T, DecodeProblem> {
    let mut value = T::empty();
    let mut missing: Vec<_> = required(T::MEMBERS).collect();
    let mut members = deserializer::Members::of(form);
    while let Some(name) = members.next_name() {
        // `next_name` advances even if the value was not read.
        value.read(name, &mut members).map_err(|error| problem(name, &error))?;
        missing.retain(|required| *required != name);
    }
    for name in missing {
        let empty = value.read(name, &mut deserializer::Members::absent());
        empty.map_err(|_| decode_problem::missing(name))?;
    }
    Ok(value)
}

#[cfg(feature = "server")]
fn problem(member: &str, error: &FormatError) -> DecodeProblem {
    DecodeProblem::in_member(member, "the form", decode_problem::describe(&error.to_string()))
}
