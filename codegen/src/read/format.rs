//! Recognizes the format of a file by its content.

use super::other_format::OtherFormat;
use crate::{
    c2j::C2jFile,
    error::Problem,
    json::{Node, SourceText},
};

/// The format of a file.
pub(super) enum ModelFormat {
    Smithy,
    C2j(C2jFile),
    Unknown,
}

impl ModelFormat {
    /// Returns true if a file of this format can define a service.
    pub(super) fn may_be_service(&self) -> bool {
        matches!(self, Self::Smithy | Self::C2j(C2jFile::Service))
    }
}

/// Parses a file. The error names the format of a file that is not JSON, if it is known.
pub(super) fn parse(source: &SourceText) -> Result<Node<'_>, Problem> {
    source.root().map_err(|problem| match OtherFormat::of_text(source.text()) {
        Some(other) => other.problem(source.file()),
        None => problem,
    })
}

/// Returns an error if a C2J service is in a form that cannot be read.
pub(super) fn check_service(service: Node<'_>) -> Result<(), Problem> {
    match OtherFormat::of_service(service) {
        Some(other) => Err(other.problem(&service.position().file)),
        None => Ok(()),
    }
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
