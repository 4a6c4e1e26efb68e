//! Defines where operations and their members are in HTTP messages.

/// The method and the path of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// The method, `PUT`.
    pub method: String,
    /// The path with labels and possibly a literal query, `/items/{id}/{key+}?list`.
    pub uri: String,
}

/// The place of a member outside the document in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// The label with the name of the member in the path.
    Label,
    /// The query parameter of this name.
    Query(String),
    /// A query parameter for each entry of a map.
    QueryParams,
    /// The header of this name.
    Header(String),
    /// A header for each entry of a map; its name is the key after this prefix.
    PrefixHeaders(String),
    /// The HTTP status of a response.
    Status,
    /// The whole body.
    Payload(Payload),
}

/// The form of a member that is the whole body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// A structure in the format of the protocol.
    Structure,
    /// Any other value in the format of the protocol.
    Value,
    /// A string, with its media type.
    Text(String),
    /// Binary data, with its media type.
    Blob(String),
}
