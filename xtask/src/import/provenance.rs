//! Records where a model came from: source, API version, and the SHA-256 of every file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use longshore_codegen::{
    error::{Error, Problem},
    smithy::{Kind, Model},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The source of a model.
pub(super) struct Origin<'o> {
    /// The file or folder that was read.
    pub(super) path: &'o Path,
    /// The name of the source.
    pub(super) source: &'o str,
}

impl Origin<'_> {
    /// The record for the metadata of the model.
    pub(super) fn record(&self, model: &Model) -> Result<Value, Error> {
        let mut files = Vec::new();
        for file in self.files().map_err(|error| Error::from_io(self.path, "read this", &error))? {
            files.push(describe(&file)?);
        }
        let version = model.shapes.values().find_map(|shape| match &shape.kind {
            Kind::Service(service) => Some(service.version.as_str()),
            _ => None,
        });
        Ok(json!({
            "source": self.source,
            "version": version.unwrap_or_default(),
            "files": files,
        }))
    }

    /// The files of the model. Example files are excluded because the import does not use them.
    fn files(&self) -> io::Result<Vec<PathBuf>> {
        if !self.path.is_dir() {
            return Ok(vec![self.path.to_owned()]);
        }
        let mut files = Vec::new();
        for entry in fs::read_dir(self.path)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_model = name.ends_with(".json") || name.ends_with(".json.gz");
            if is_model && !name.starts_with("examples-") && !name.starts_with('.') {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }
}

/// The name and hash of a file.
pub(super) fn describe(file: &Path) -> Result<Value, Problem> {
    let bytes = fs::read(file).map_err(|error| Problem::from_io(file, "read this file", &error))?;
    let sha256: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(json!({"name": name, "sha256": sha256}))
}
