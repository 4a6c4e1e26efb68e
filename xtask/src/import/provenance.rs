//! Records where a model came from: source, API version, and the SHA-256 of the archive and of every
//! file.

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
    pub(super) source: &'o Source,
}

/// The source of models.
#[derive(Clone)]
pub(super) struct Source {
    /// Its name.
    pub(super) name: String,
    /// The archive that contained the files, as its name and SHA-256.
    pub(super) archive: Option<(String, String)>,
}

impl Source {
    /// The record of files from this source.
    pub(super) fn record(&self, files: &[Value]) -> Value {
        let mut record = json!({"source": self.name, "files": files});
        if let Some((name, sha256)) = &self.archive {
            record["archive"] = json!({"name": name, "sha256": sha256});
        }
        record
    }
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
        let mut record = self.source.record(&files);
        record["version"] = version.unwrap_or_default().into();
        Ok(record)
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
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(json!({"name": name, "sha256": sha256(file)?}))
}

/// The SHA-256 of a file in hexadecimal digits.
pub(super) fn sha256(file: &Path) -> Result<String, Problem> {
    let bytes = fs::read(file).map_err(|error| Problem::from_io(file, "read this file", &error))?;
    Ok(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}
