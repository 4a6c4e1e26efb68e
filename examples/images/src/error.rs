//! Why an image could not be moved: what, which file, blob or repository, and what to do.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::Digest;

/// An image that could not be moved.
///
/// The text is whole, with the words of the service or the system where they are the reason. The
/// [`source`](StdError::source) is there to be looked at, not to be printed once more.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder that could not be used.
    File {
        /// What was wanted of it: `read`, `write`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A document of an image that cannot be used.
    Document {
        /// The file, or the image in a repository.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// It is not clear which image of a layout is meant.
    Select {
        /// The folder of the layout.
        folder: PathBuf,
        /// The name that was asked for.
        wanted: Option<String>,
        /// The images that are there.
        there: Vec<String>,
    },
    /// Content that is not what its digest promises.
    Content {
        /// The file, or where the content came from.
        place: String,
        /// What was expected there.
        digest: Digest,
        /// What is wrong.
        flaw: Flaw,
    },
    /// A call that failed.
    Service {
        /// What it was for.
        doing: String,
        /// The code of the service's error, where it answered.
        code: Option<String>,
        /// The [`longshore::Error`] of the operation.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// A call that succeeded and told of a failure, or left out what it was for.
    Answer {
        /// What it was for.
        doing: String,
        /// What the answer says.
        problem: String,
    },
    /// A layer whose bytes could not be fetched.
    Download {
        /// The layer.
        digest: Digest,
        /// What went wrong; the URL is a secret and no part of it.
        problem: String,
    },
    /// The tokio runtime was shut down while the transfer ran.
    Stopped,
}

/// What is wrong with content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// There is none.
    Missing,
    /// It has no bytes, and a registry takes no such blob.
    Empty,
    /// It has another size.
    Size {
        /// The size that the manifest says.
        expected: u64,
        /// The size that was found.
        found: u64,
    },
    /// It has another digest.
    Digest {
        /// The digest that was found.
        found: Digest,
    },
    /// It has not the digest that was asked for.
    Unwanted {
        /// The digest that was found.
        found: Digest,
    },
}

impl Error {
    /// For `map_err`: a file that could not be used.
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { doing, path, source }
    }

    /// For `map_err`: a call that failed.
    pub(crate) fn service<E: StdError + Send + Sync + 'static>(
        doing: String,
    ) -> impl FnOnce(longshore::Error<E>) -> Self {
        move |error| {
            let code = error.code().map(str::to_owned);
            Self::Service { doing, code, source: Box::new(error) }
        }
    }

    /// The code of the service's error, where that is the reason.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service { code, .. } => code.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { doing, path, source } => {
                write!(f, "cannot {doing} {}: {source}", path.display())
            }
            Self::Document { place, problem } => write!(f, "{place}: {problem}"),
            Self::Select { folder, wanted, there } => {
                write_selection(f, folder, wanted.as_deref(), there)
            }
            Self::Content { place, digest, flaw } => write_flaw(f, place, digest, *flaw),
            Self::Service { doing, code, source } => {
                write!(f, "{doing}: {source}")?;
                code.as_deref().and_then(advice).map_or(Ok(()), |advice| write!(f, "; {advice}"))
            }
            Self::Answer { doing, problem } => write!(f, "{doing}: {problem}"),
            Self::Download { digest, problem } => write!(f, "download of {digest}: {problem}"),
            Self::Stopped => f.write_str("the tokio runtime was shut down"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Service { source, .. } => Some(&**source),
            _ => None,
        }
    }
}

fn write_selection(
    f: &mut fmt::Formatter<'_>,
    folder: &Path,
    wanted: Option<&str>,
    there: &[String],
) -> fmt::Result {
    let folder = folder.display();
    match (wanted, there) {
        (_, []) => write!(f, "{folder} holds no image: its index.json lists none"),
        (Some(wanted), _) => write!(f, "{folder} has no single image {wanted:?}; there is ")
            .and_then(|()| f.write_str(&there.join(", "))),
        (None, _) => {
            write!(f, "{folder} holds {} images; select one of ", there.len())?;
            f.write_str(&there.join(", "))
        }
    }
}

fn write_flaw(f: &mut fmt::Formatter<'_>, place: &str, digest: &Digest, flaw: Flaw) -> fmt::Result {
    match flaw {
        Flaw::Missing => write!(f, "{place} is missing, but the image needs {digest}"),
        Flaw::Empty => write!(f, "{place} is empty, and Amazon ECR takes no empty blobs"),
        Flaw::Size { expected, found } => {
            write!(f, "{place} has {found} bytes where {digest} has {expected}: it is damaged")
        }
        Flaw::Digest { found } => {
            write!(f, "{place} is not {digest}: its content is {found}, so it is damaged")
        }
        Flaw::Unwanted { found } => {
            write!(f, "{place} is {found}, and {digest} was asked for")
        }
    }
}

/// What to do about an error of the service that people meet and that does not say it.
fn advice(code: &str) -> Option<&'static str> {
    match code {
        "RepositoryNotFoundException" => Some("create the repository first"),
        "ImageTagAlreadyExistsException" => Some("choose another tag"),
        "UploadNotFoundException" => Some("run it again; what has arrived is not sent again"),
        _ => None,
    }
}
