//! Describes facts that a reader omits because Smithy cannot express them.

use std::fmt;

/// A fact of a C2J model that Smithy cannot express and that does not affect what is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// Why an operation gets no paginator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPages {
    /// The service has no such operation.
    NoOperation,
    /// The paginator has several tokens.
    SeveralTokens,
    /// A token is an expression and not a path.
    TokenIsNoPath,
}

/// Why a waiter is skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWaiter {
    /// The service has no operation of this name.
    NoOperation(String),
    /// A matcher expects this value, which Smithy does not support.
    Matcher(String),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPages { operation, reason } => {
                write!(f, "{operation} gets no paginator: {reason}.")
            }
            Self::NoItems { operation, path } => {
                write!(
                    f,
                    "{operation} has pages but no items: `{path}` is neither a list nor a map."
                )
            }
            Self::NoWaiter { waiter, reason } => {
                write!(f, "the waiter {waiter} is skipped: {reason}.")
            }
            Self::GuessedHosts => f.write_str(
                "the model has neither `endpointPrefix` nor endpoint rules, so the hosts of the \
                 service are guessed from its name; configure an endpoint.",
            ),
        }
    }
}

impl fmt::Display for NoPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOperation => "there is no such operation",
            Self::SeveralTokens => "it takes more than one token",
            Self::TokenIsNoPath => "its token is not a plain path",
        })
    }
}

impl fmt::Display for NoWaiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOperation(name) => write!(f, "there is no operation {name}"),
            Self::Matcher(expected) => {
                write!(f, "its matcher expects {expected}, which no Smithy matcher supports")
            }
        }
    }
}
