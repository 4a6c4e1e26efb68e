//! Finds the two profile files.

use std::path::{Path, PathBuf};

use crate::Environment;
use crate::settings::expand::{expand, home};
use crate::settings::profile::FileKind;
use crate::settings::setting::CODE;

/// The path of a file that may exist.
pub(crate) struct ProfilePath {
    pub(crate) kind: FileKind,
    pub(crate) path: PathBuf,
    /// The setting that names the file. If there is one, the file must exist.
    pub(crate) named_by: Option<&'static str>,
}

/// Returns the path of one of the files: the path set in code, the path in its variable, or else
/// the default path if there is a home folder.
pub(crate) fn find(
    kind: FileKind,
    code: Option<&Path>,
    environment: &Environment,
) -> Option<ProfilePath> {
    let (variable, name) = match kind {
        FileKind::Config => ("AWS_CONFIG_FILE", "config"),
        FileKind::Credentials => ("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
    };
    let (path, named_by) = match (code, environment.get(variable)) {
        (Some(path), _) => (path.to_owned(), Some(CODE)),
        (None, Some(path)) => (expand(path, environment), Some(variable)),
        (None, None) => (home(environment)?.join(".aws").join(name), None),
    };
    Some(ProfilePath { kind, path, named_by })
}
