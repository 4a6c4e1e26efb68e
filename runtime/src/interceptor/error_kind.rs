//! The stages of a call at which an error can happen.

/// The stage of a call at which an error happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The region, the endpoint or another setting is missing or invalid. The cause is a
    /// [`ConfigError`](crate::ConfigError).
    Config,
    /// There are no credentials. The cause is a [`CredentialsError`](crate::CredentialsError).
    Credentials,
    /// The request violates constraints of its model (checked only if the configuration enables
    /// validation), or a member cannot be part of the host name. The cause is a
    /// [`ValidationError`](crate::ValidationError). Nothing was sent.
    Validation,
    /// The request could not be encoded, or the operating system provided no random bytes for its
    /// IDs. Nothing was sent.
    Encode,
    /// The request could not be signed.
    Sign,
    /// The request got no response, or only part of one. The cause is a
    /// [`TransportError`](crate::TransportError).
    Transport,
    /// The request succeeded, but the response could not be decoded. The cause is a
    /// [`DecodeError`](crate::DecodeError).
    Decode,
    /// The service returned an error; see [`Error::service`](crate::Error::service).
    Service,
    /// The time limit of an attempt was exceeded. The cause is a
    /// [`TimeoutError`](crate::TimeoutError).
    AttemptTimeout,
    /// The time limit of the whole call was exceeded. The cause is a
    /// [`TimeoutError`](crate::TimeoutError).
    OperationTimeout,
    /// The service returned the token of an earlier page again, so the pages would not end.
    Pagination,
    /// A hook of an [interceptor](crate::intercept::Interceptor) returned an error. The cause is this
    /// error. The attempt was not sent.
    Interceptor,
}
