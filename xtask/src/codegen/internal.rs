//! Generates the clients that the credential providers of the runtime call, from
//! `models/internal/`.

use std::error::Error;

use longshore_codegen::{Generator, output};

use super::models_in;
use crate::system::repository;

/// Writes the clients into the runtime, or compares them if `check` is true.
pub(super) fn run(check: bool) -> Result<(), Box<dyn Error>> {
    let mut generator = Generator::new().strict(true);
    for model in models_in(&repository::root().join("models/internal"))? {
        generator = generator.model(model);
    }
    let folder = repository::root().join("runtime/clients");
    let generated = generator.generate_modules()?;
    if check {
        return super::check(&folder, &generated, false);
    }
    super::report(&folder, output::write(&folder, &generated.files)?);
    Ok(())
}
