//! Defines HTTP bindings: the places of members in the messages of REST protocols.

/// How an operation of a REST protocol is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// The method, `GET`.
    pub method: String,
    /// The path with its labels and the literal query, `/functions/{Name}?list`.
    pub uri: String,
    /// Whether the members of the request without a place form a document in the body.
    pub request_body: bool,
    /// Whether the members of the response without a place form a document in the body.
    pub response_body: bool,
}

/// A place outside the document in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The label of this name in the path.
    Label(String),
    /// The query parameter of this name.
    Query(String),
    /// Query parameters with the keys of a map.
    QueryParams,
    /// A header.
    Header {
        /// Its name.
        name: String,
        /// Whether a string is encoded as base64, because it has a media type.
        encoded: bool,
    },
    /// Headers with this prefix and the keys of a map.
    PrefixHeaders(String),
    /// The status of a response.
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
    /// Text of this media type.
    Text(String),
    /// Binary data of this media type.
    Blob(String),
}
