//! The text of credentials errors.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;

use crate::display::error_chain::messages;

/// The causes of an error, on one line.
pub(crate) fn causes(error: &CredentialsError) -> String {
    let messages = messages(error.source());
    if messages.is_empty() { "no details".to_owned() } else { messages.join(": ") }
}
