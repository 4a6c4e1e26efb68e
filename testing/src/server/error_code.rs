//! The error codes of responses that the server creates itself.

/// The error code of a call that the test did not expect.
pub(super) const UNEXPECTED_CALL: &str = "UnexpectedCall";

/// The error code of a body that cannot be decoded.
pub(super) const UNREADABLE_BODY: &str = "SerializationException";
