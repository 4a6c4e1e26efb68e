//! Links the request, the method, the response and the error enum of an operation to each other.

use crate::ir::Operation;

/// The sentences that link the parts of an operation, for the file of the operation.
pub(in crate::emit) struct OperationLinks {
    method: String,
    request: String,
    response: Option<String>,
    error: String,
}

impl OperationLinks {
    pub(in crate::emit) fn of(operation: &Operation) -> Self {
        // Rustdoc finds a method with a raw name by the name without `r#`.
        let method = operation.method.as_str();
        Self {
            method: format!("[`{method}`](super::super::Client::{method})"),
            request: format!("[`{}`]", operation.request.name.as_str()),
            response: operation
                .response
                .as_ref()
                .map(|shape| format!("[`{}`]", shape.name.as_str())),
            error: format!("[`{}`]", operation.error.name.as_str()),
        }
    }

    /// The sentence for the request.
    pub(in crate::emit) fn request(&self) -> String {
        let Self { method, response, error, .. } = self;
        match response {
            Some(response) => {
                format!("The request of {method}, which returns {response} or {error}.")
            }
            None => format!("The request of {method}, which can fail with {error}."),
        }
    }

    /// The sentence for the response.
    pub(in crate::emit) fn response(&self) -> String {
        let Self { method, request, error, .. } = self;
        format!("The response of {method} to {request}; see {error} for errors.")
    }

    /// The sentence for the error enum.
    pub(in crate::emit) fn error(&self) -> String {
        let Self { method, request, response, .. } = self;
        match response {
            Some(response) => format!(
                "The errors of {method}, which sends {request} and otherwise returns {response}."
            ),
            None => format!("The errors of {method}, which sends {request}."),
        }
    }
}
