//! What the registry says when it refuses: the code of an exception, words, and members.
//!
//! Knows no operation; which exception of which operation it becomes, `serve` finds out.

use serde_json::{Map, Value, json};

/// A request that the registry refuses.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Refusal {
    /// The code of the exception.
    pub code: &'static str,
    /// The code where the operation does not list the first one.
    pub otherwise: &'static str,
    /// The members of the exception, the message among them.
    members: Map<String, Value>,
}

impl Refusal {
    pub(in crate::registry) fn new(code: &'static str, message: impl Into<String>) -> Self {
        let members = Map::from_iter([("message".to_owned(), Value::String(message.into()))]);
        Self { code, otherwise: code, members }
    }

    /// A member of the request that cannot be what it is.
    pub(in crate::registry) fn parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    pub(in crate::registry) fn no_repository(name: &str, account: &str) -> Self {
        Self::new(
            "RepositoryNotFoundException",
            format!("the registry {account} has no repository {name:?}"),
        )
    }

    /// A registry of somebody else. Only some operations have an exception for it.
    pub(in crate::registry) fn no_registry(asked: &str, account: &str) -> Self {
        let message = format!("there is no registry {asked} here, only {account}");
        Self {
            otherwise: "RepositoryNotFoundException",
            ..Self::new("RegistryNotFoundException", message)
        }
    }

    pub(in crate::registry) fn no_upload(upload: &str, repository: &str) -> Self {
        Self::new(
            "UploadNotFoundException",
            format!("the repository {repository:?} has no upload {upload} that is under way"),
        )
    }

    pub(in crate::registry) fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    pub(in crate::registry) fn message(&self) -> &str {
        self.members.get("message").and_then(Value::as_str).unwrap_or_default()
    }

    /// The body of the answer, from which an exception is read.
    pub(in crate::registry) fn body(&self) -> Vec<u8> {
        json!(self.members).to_string().into_bytes()
    }
}
