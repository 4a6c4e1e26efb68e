//! Errors of secret members, which do not show the value.

use crate::format::mismatch;

/// The text before and after the name of a secret member, in the error that replaces one that could
/// show its value.
const SECRET_ERROR_PARTS: [&str; 2] = ["the secret `", "` cannot be read"];

/// Creates an error that keeps only the position of another one and, if the value has the wrong
/// kind, the expected and the found kind. `serde_json` takes the position from the end of the text.
pub(crate) fn secret_error<E: serde_core::de::Error>(key: &str, error: &E) -> E {
    let [before, after] = SECRET_ERROR_PARTS;
    let text = error.to_string();
    let (message, position) = mismatch::split_position(&text);
    let kinds = mismatch::describe(message).map(|kinds| format!(": {kinds}")).unwrap_or_default();
    E::custom(format_args!("{before}{key}{after}{kinds}{position}"))
}

/// If the text is that of such an error, returns the name of the secret member and the rest of the
/// text without the position.
pub(crate) fn secret_member(text: &str) -> Option<(&str, &str)> {
    let [before, after] = SECRET_ERROR_PARTS;
    let (message, _) = mismatch::split_position(text);
    message.strip_prefix(before)?.split_once(after)
}
