//! The errors of pushes and pulls.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use longshore::ErrorKind;

use crate::Digest;

/// The error of a push or a pull.
///
/// The message is complete: it includes the message of the [`cause`](Self::cause). Therefore
/// [`source`](StdError::source) returns `None`, so that a report that prints all sources repeats
/// nothing.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or a folder cannot be used.
    File {
        /// The failed action: `read`, `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A manifest or another document of an image is invalid.
    Document {
        /// The file, or the image in a repository.
        location: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The image of a layout cannot be selected.
    Select {
        /// The folder of the layout.
        folder: PathBuf,
        /// The requested name.
        requested: Option<String>,
        /// Why no image was selected.
        problem: SelectError,
        /// The images to select from: names and digests.
        available: Vec<String>,
    },
    /// Content does not match its digest.
    Content {
        /// The file or the repository of the content.
        location: String,
        /// The expected digest.
        digest: Digest,
        /// What is wrong with it.
        problem: ContentError,
    },
    /// A call failed.
    Service {
        /// What it was for.
        action: String,
        /// The stage of the call at which the error happened.
        kind: ErrorKind,
        /// The error code of the service, if it responded.
        code: Option<String>,
        /// The [`longshore::Error`] of the operation.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// A call succeeded, but its response reports a failure or is incomplete.
    Response {
        /// What it was for.
        action: String,
        /// What is wrong with the response.
        problem: String,
    },
    /// A layer cannot be downloaded.
    Download {
        /// The layer.
        digest: Digest,
        /// What went wrong, without the URL, which is a secret.
        problem: String,
    },
    /// The Tokio runtime was shut down during the transfer.
    RuntimeShutDown,
}

/// Why an image could not be selected from a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SelectError {
    /// No image matches the name, or the layout is empty.
    NotFound,
    /// Several images match the name, or no name was requested and there are several images.
    Ambiguous,
}

/// How content differs from what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContentError {
    /// It does not exist.
    Missing,
    /// It is empty; registries reject empty blobs.
    Empty,
    /// It has another size.
    Size {
        /// The size in the manifest.
        expected: u64,
        /// The actual size.
        found: u64,
    },
    /// It has another digest.
    Digest {
        /// The actual digest.
        found: Digest,
    },
    /// It does not have the digest of the reference.
    NotRequested {
        /// The actual digest.
        found: Digest,
    },
}

impl Error {
    /// Converts an I/O error, for `map_err`.
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }

    /// Converts the error of a call, for `map_err`.
    pub(crate) fn service<E: StdError + Send + Sync + 'static>(
        action: String,
    ) -> impl FnOnce(longshore::Error<E>) -> Self {
        move |error| {
            let (kind, code) = (error.kind(), error.code().map(str::to_owned));
            Self::Service { action, kind, code, source: Box::new(error) }
        }
    }

    /// Adds the name of the image to the error of a manifest, whose file name is only a digest.
    pub(crate) fn of_image(self, name: Option<&str>) -> Self {
        match (self, name) {
            (Self::Document { location, problem }, Some(name)) => {
                Self::Document { location, problem: format!("{problem} (in the image {name})") }
            }
            (error, _) => error,
        }
    }

    /// The error that caused this one: an [`io::Error`], or the [`longshore::Error`] of a call.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Service { source, .. } => Some(&**source),
            _ => None,
        }
    }

    /// The error code of the service, if the service caused the error.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// The stage of the call at which the error happened, if a call failed.
    #[must_use]
    pub fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Service { kind, .. } => Some(*kind),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { action, path, source } => {
                write!(f, "cannot {action} {}: {source}", path.display())
            }
            Self::Document { location, problem } => write!(f, "{location}: {problem}"),
            Self::Select { folder, requested, problem, available } => {
                write_selection(f, folder, requested.as_deref(), *problem, available)
            }
            Self::Content { location, digest, problem } => {
                write_content_error(f, location, digest, *problem)
            }
            Self::Service { action, code, source, .. } => {
                write!(f, "{action}: {source}")?;
                code.as_deref().and_then(advice).map_or(Ok(()), |advice| write!(f, "; {advice}"))
            }
            Self::Response { action, problem } => write!(f, "{action}: {problem}"),
            Self::Download { digest, problem } => write!(f, "download of {digest}: {problem}"),
            Self::RuntimeShutDown => f.write_str("the Tokio runtime was shut down"),
        }
    }
}

/// There is no source, because the message contains the cause.
impl StdError for Error {}

fn write_selection(
    f: &mut fmt::Formatter<'_>,
    folder: &Path,
    requested: Option<&str>,
    problem: SelectError,
    available: &[String],
) -> fmt::Result {
    let folder = folder.display();
    if available.is_empty() {
        return write!(f, "{folder} contains no images: the list in its index.json is empty");
    }
    match (requested, problem) {
        (Some(requested), SelectError::NotFound) => {
            write!(f, "{folder} has no image that matches {requested:?}; select one of ")?;
        }
        (Some(requested), SelectError::Ambiguous) => {
            let count = available.len();
            write!(
                f,
                "{folder} has {count} images that match {requested:?}; select one by its full "
            )?;
            f.write_str("name or its digest: ")?;
        }
        (None, _) => write!(f, "{folder} contains {} images; select one of ", available.len())?,
    }
    f.write_str(&available.join(", "))
}

fn write_content_error(
    f: &mut fmt::Formatter<'_>,
    location: &str,
    digest: &Digest,
    problem: ContentError,
) -> fmt::Result {
    match problem {
        ContentError::Missing => write!(f, "{location} is missing, but the image needs {digest}"),
        ContentError::Empty => write!(f, "{location} is empty, and Amazon ECR rejects empty blobs"),
        ContentError::Size { expected, found } => {
            write!(f, "{location} is damaged: it has {found} bytes, but {digest} has {expected}")
        }
        ContentError::Digest { found } => {
            write!(f, "{location} is damaged: its digest is {found}, not {digest}")
        }
        ContentError::NotRequested { found } => {
            write!(f, "{location} is {found}, but the reference has {digest}")
        }
    }
}

/// What to do about common errors of the service.
fn advice(code: &str) -> Option<&'static str> {
    match code {
        "ImageTagAlreadyExistsException" => Some("choose another tag"),
        "UploadNotFoundException" => Some("push again; complete layers are not sent again"),
        _ => None,
    }
}
