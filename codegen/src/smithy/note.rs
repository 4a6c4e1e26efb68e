//! Describes what the reader of C2J omits: facts that Smithy cannot express, and unusable entries
//! and files. They do not affect requests.

use std::fmt;

use super::Position;

/// Something that the reader of a C2J model omits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The operation gets no paginator.
    NoPages {
        /// The operation.
        operation: String,
        /// Why.
        reason: NoPages,
    },
    /// The pages of the operation get no items.
    NoItems {
        /// The operation.
        operation: String,
        /// The path, which is neither a list nor a map.
        path: String,
    },
    /// The waiter is skipped.
    NoWaiter {
        /// The waiter.
        waiter: String,
        /// Why.
        reason: NoWaiter,
    },
    /// The hosts of the service are guessed from its name.
    GuessedHosts,
    /// A file is skipped, because it is not part of a service model.
    NoPart(Position),
    /// A file of paginators or waiters is skipped.
    Unusable(Unusable),
}

/// An entry or a file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unusable {
    /// The position of the problem, or else the start of the entry or file.
    pub position: Position,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Why an operation gets no paginator.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoPages {
    /// The service has no such operation.
    NoOperation,
    /// A token is an expression and not a path.
    TokenIsNoPath,
    /// The paginator cannot be used.
    Unusable(Unusable),
}

/// Why a waiter is skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoWaiter {
    /// The service has no operation of this name.
    NoOperation(String),
    /// A matcher expects this value, which Smithy does not support.
    Matcher(String),
    /// The waiter cannot be used.
    Unusable(Unusable),
}

impl Note {
    /// Returns the position of what is omitted, if it is a single value or file.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        match self {
            Self::NoPart(position) => Some(position),
            _ => self.unusable().map(|unusable| &unusable.position),
        }
    }

    /// Returns the unusable entry or file, if the note is about one. The option `strict` makes such
    /// a note an error.
    #[must_use]
    pub fn unusable(&self) -> Option<&Unusable> {
        match self {
            Self::NoPages { reason: NoPages::Unusable(unusable), .. }
            | Self::NoWaiter { reason: NoWaiter::Unusable(unusable), .. }
            | Self::Unusable(unusable) => Some(unusable),
            _ => None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPages { operation, reason } => {
                write!(f, "{operation} gets no paginator: {reason}")
            }
            Self::NoItems { operation, path } => {
                write!(
                    f,
                    "{operation} has pages but no items: `{path}` is neither a list nor a map."
                )
            }
            Self::NoWaiter { waiter, reason } => {
                write!(f, "the waiter {waiter} is skipped: {reason}")
            }
            Self::GuessedHosts => f.write_str(
                "the model has neither `endpointPrefix` nor endpoint rules, so the hosts of the \
                 service are guessed from its name; configure an endpoint.",
            ),
            Self::NoPart(_) => {
                f.write_str("this file is skipped, because the generator uses nothing in it.")
            }
            Self::Unusable(unusable) => write!(f, "this file is skipped: {}", unusable.message),
        }
    }
}

impl fmt::Display for NoPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOperation => "there is no such operation.",
            Self::TokenIsNoPath => "its token is not a plain path.",
            Self::Unusable(unusable) => &unusable.message,
        })
    }
}

impl fmt::Display for NoWaiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOperation(name) => write!(f, "there is no operation {name}."),
            Self::Matcher(expected) => {
                write!(f, "its matcher expects {expected}, which no Smithy matcher supports.")
            }
            Self::Unusable(unusable) => f.write_str(&unusable.message),
        }
    }
}
