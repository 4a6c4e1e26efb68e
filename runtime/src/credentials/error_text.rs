//! The text of credentials errors.

use crate::credentials::error::CredentialsError;
use crate::display::error_chain::messages;

/// An error and its causes, on one line.
pub(crate) fn with_causes(error: &CredentialsError) -> String {
    messages(Some(error)).join(": ")
}
