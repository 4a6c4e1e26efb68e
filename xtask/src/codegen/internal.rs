//! Selects the models of the clients that the credential providers of the runtime call:
//! `models/internal/`.

use std::{error::Error, num::NonZeroUsize, path::PathBuf};

use longshore_codegen::Generator;

use super::models_in;
use crate::system::repository;

/// The folder of the clients, whose source is part of the runtime.
pub(super) fn folder() -> PathBuf {
    repository::root().join("runtime/clients")
}

/// A generator for the clients. It works on one thread, because it runs while the own crate is
/// generated.
pub(super) fn generator() -> Result<Generator, Box<dyn Error>> {
    let mut generator = Generator::new().strict(true).threads(NonZeroUsize::MIN);
    for model in models_in(&repository::root().join("models/internal"))? {
        generator = generator.model(model);
    }
    Ok(generator)
}
