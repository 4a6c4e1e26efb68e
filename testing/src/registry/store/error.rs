//! Errors as data: an exception code plus fields. `api::handlers` converts them to the exceptions of
//! operations.

use serde_json::{Map, Value, json};

/// Why a request is rejected.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct ApiError {
    /// The code of the exception.
    pub code: &'static str,
    /// The code for operations that do not have an exception with the first one.
    pub fallback_code: &'static str,
    /// The members of the exception, including its message.
    members: Map<String, Value>,
}

impl ApiError {
    pub(in crate::registry) fn new(code: &'static str, message: impl Into<String>) -> Self {
        let members = Map::from_iter([("message".to_owned(), Value::String(message.into()))]);
        Self { code, fallback_code: code, members }
    }

    /// A member of the request is invalid.
    pub(in crate::registry) fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    pub(in crate::registry) fn repository_not_found(name: &str, account: &str) -> Self {
        Self::new(
            "RepositoryNotFoundException",
            format!("the registry {account} has no repository {name:?}"),
        )
    }

    /// The registry id belongs to another account. Only some operations have an exception for it.
    pub(in crate::registry) fn registry_not_found(requested: &str, account: &str) -> Self {
        let message =
            format!("the registry {requested} does not exist; the only registry is {account}");
        Self {
            fallback_code: "RepositoryNotFoundException",
            ..Self::new("RegistryNotFoundException", message)
        }
    }

    pub(in crate::registry) fn upload_not_found(upload: &str, repository: &str) -> Self {
        Self::new(
            "UploadNotFoundException",
            format!("the repository {repository:?} has no pending upload {upload}"),
        )
    }

    /// Adds a member of the exception.
    pub(in crate::registry) fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    pub(in crate::registry) fn message(&self) -> &str {
        self.members.get("message").and_then(Value::as_str).unwrap_or_default()
    }

    /// The members as JSON, from which an exception can be decoded.
    pub(in crate::registry) fn body(&self) -> Vec<u8> {
        json!(self.members).to_string().into_bytes()
    }
}
