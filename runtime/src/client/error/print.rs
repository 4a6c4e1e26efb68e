//! Formats the parts of messages that several errors share.

use std::fmt::{self, Write};

use crate::display::one_line::Clipped;

/// Prints the status and the request ID of a response.
pub(crate) fn response(f: &mut dyn Write, status: u16, request_id: Option<&str>) -> fmt::Result {
    match request_id {
        Some(id) => write!(f, " (status {status}, request id {})", Clipped(id)),
        None => write!(f, " (status {status})"),
    }
}
