//! Describes file system errors, with advice.

use std::{io, path::Path};

use crate::error::{Error, Problem};

/// An error before the new tree has replaced the old one.
pub fn failed(path: &Path, doing: &str, error: &io::Error) -> Error {
    let advice = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; make the folder writable, or choose another one"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "; free some space and run again"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "; choose another folder",
        _ => "",
    };
    let message =
        format!("cannot {doing}: {error}{advice}. The previously generated files are unchanged.");
    Problem::in_file(path, message).into()
}
