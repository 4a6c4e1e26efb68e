//! Where the members of a structure are in an HTTP message.

/// The binding of a member that is not part of the document in the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Binding {
    /// The name of the member in the table of its structure.
    pub member: &'static str,
    /// Its place.
    pub place: Place,
}

/// A place in an HTTP message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The path label with this name.
    Label(&'static str),
    /// The query parameter with this name; for a list, one parameter per element.
    Query(&'static str),
    /// One query parameter for each entry of a map.
    QueryParams,
    /// The header with this name.
    Header(&'static str),
    /// One header for each entry of a map. Its name is this prefix followed by the key.
    PrefixHeaders(&'static str),
    /// The HTTP status of a response.
    Status,
    /// The whole body.
    Payload(Payload),
}

/// The form of a member that is the whole body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payload {
    /// A structure in the format of the protocol. If it is absent, an empty structure is sent.
    Structure,
    /// Any other value in the format of the protocol.
    Value,
    /// A string, with its media type.
    Text(&'static str),
    /// Binary data, with its media type.
    Blob(&'static str),
}

impl Binding {
    /// Finds the binding of a member.
    pub(crate) fn find(bindings: &'static [Self], member: &str) -> Option<&'static Self> {
        bindings.iter().find(|binding| binding.member == member)
    }
}

/// Returns true if the member has a place outside the document in the body.
#[inline]
pub(crate) fn is_bound(bindings: &'static [Binding], member: &str) -> bool {
    Binding::find(bindings, member).is_some()
}

/// Returns the member that is the whole body, and its form.
pub(crate) fn payload(bindings: &[Binding]) -> Option<(&'static str, Payload)> {
    bindings.iter().find_map(|binding| match binding.place {
        Place::Payload(payload) => Some((binding.member, payload)),
        _ => None,
    })
}
