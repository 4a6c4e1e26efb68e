//! Recognizes the format of a file by its content.

use crate::{c2j::C2jFile, error::Problem, json::Node};

/// The format of a file.
pub(super) enum ModelFormat {
    Smithy,
    C2j(C2jFile),
    Unknown,
}

/// Recognizes the format of a value.
pub(super) fn recognize(root: Node<'_>) -> Result<ModelFormat, Problem> {
    if !root.is_object() {
        return Ok(ModelFormat::Unknown);
    }
    let fields = root.fields()?;
    let is_smithy = fields.iter().any(|(key, _)| key == "smithy");
    Ok(match C2jFile::recognize(&fields) {
        _ if is_smithy => ModelFormat::Smithy,
        Some(file) => ModelFormat::C2j(file),
        None => ModelFormat::Unknown,
    })
}
