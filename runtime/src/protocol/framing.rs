//! How the requests and responses of an operation are framed, as data.

/// What the protocol of an operation needs in addition to the tables of its structures.
///
/// A client needs only [`Operation::encode`](crate::Operation::encode) and
/// [`Operation::decode`](crate::Operation::decode), which are functions. A server also needs
/// this data, to find the operation of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Framing {
    /// awsJson: a header names the operation.
    AwsJson,
    /// restJson1: the method and the path determine the operation.
    RestJson {
        /// The HTTP method, for example `GET`.
        method: &'static str,
        /// The path with its labels and, after `?`, the literal query.
        uri: &'static str,
        /// True if members of the request without a binding form a document in the body.
        has_request_body: bool,
        /// True if members of the output without a binding form a document in the body.
        has_response_body: bool,
    },
    /// awsQuery: a field of the form names the operation.
    AwsQuery {
        /// The name of the element around the members of the output.
        wrapper: &'static str,
    },
}
