//! Generates the clients that the credential providers of the runtime call, from
//! `models/internal/`.

use std::error::Error;

use longshore_codegen::{Generator, cli::generated_source::GeneratedSource};

use super::models_in;
use crate::system::repository;

/// Generates the clients, whose source is part of the runtime.
pub(super) fn generate() -> Result<GeneratedSource, Box<dyn Error>> {
    let mut generator = Generator::new().strict(true);
    for model in models_in(&repository::root().join("models/internal"))? {
        generator = generator.model(model);
    }
    let folder = repository::root().join("runtime/clients");
    Ok(GeneratedSource { folder, generated: generator.generate_modules()? })
}
