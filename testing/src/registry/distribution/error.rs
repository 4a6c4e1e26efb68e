//! Errors of the API: a status, a code of the specification, and a message.

use http::header::{ALLOW, LOCATION, RANGE, WWW_AUTHENTICATE};
use http::{HeaderName, StatusCode};

use crate::registry::store::digest::Digest;
use crate::registry::store::error::ApiError;

/// Why a request is rejected.
#[derive(Debug, PartialEq)]
pub(super) struct DistributionError {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
    pub headers: Vec<(HeaderName, String)>,
}

impl DistributionError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), headers: Vec::new() }
    }

    fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The request has no valid authorization token.
    pub(super) fn unauthorized(realm: &str, message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message).with(
            WWW_AUTHENTICATE,
            format!("Basic realm=\"{realm}\",service=\"ecr.amazonaws.com\""),
        )
    }

    pub(super) fn no_endpoint(path: &str) -> Self {
        let message = format!("the distribution API has no endpoint {path:?}");
        Self::new(StatusCode::NOT_FOUND, "UNSUPPORTED", message)
    }

    /// The endpoint does not support the method, or does not support it in the current state.
    pub(super) fn not_allowed(message: impl Into<String>, methods: &str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", message).with(ALLOW, methods)
    }

    pub(super) fn invalid_encoding() -> Self {
        let message = "the percent-encoding of the URL is invalid";
        Self::new(StatusCode::BAD_REQUEST, "UNSUPPORTED", message)
    }

    pub(super) fn invalid_name(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "NAME_INVALID", message)
    }

    pub(super) fn unreadable_body(why: &'static str) -> Self {
        let message = format!("the body cannot be read: {why}");
        Self::new(StatusCode::BAD_REQUEST, "UNSUPPORTED", message)
    }

    pub(super) fn unknown_blob(name: &str, digest: &Digest) -> Self {
        let message = format!("the repository {name:?} has no blob {digest}");
        Self::new(StatusCode::NOT_FOUND, "BLOB_UNKNOWN", message)
    }

    pub(super) fn unknown_manifest(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN", message)
    }

    pub(super) fn unknown_upload(name: &str, id: &str) -> Self {
        let message = format!("the repository {name:?} has no pending upload {id:?}");
        Self::new(StatusCode::NOT_FOUND, "BLOB_UPLOAD_UNKNOWN", message)
    }

    /// A chunk does not begin after the previous one. The headers contain the range that was
    /// received and the location at which the upload continues.
    pub(super) fn out_of_order(message: String, location: &str, received: &str) -> Self {
        Self::new(StatusCode::RANGE_NOT_SATISFIABLE, "BLOB_UPLOAD_INVALID", message)
            .with(LOCATION, location)
            .with(RANGE, received)
    }
}

/// Parses a digest in a URL.
pub(super) fn parse_digest(text: &str) -> Result<Digest, DistributionError> {
    Digest::parse(text).ok_or_else(|| {
        let message = format!("{text:?} is not a digest");
        DistributionError::new(StatusCode::BAD_REQUEST, "DIGEST_INVALID", message)
    })
}

impl From<ApiError> for DistributionError {
    fn from(error: ApiError) -> Self {
        let (status, code) = match error.code {
            "RepositoryNotFoundException" => (StatusCode::NOT_FOUND, "NAME_UNKNOWN"),
            "LayersNotFoundException" | "ReferencedImagesNotFoundException" => {
                (StatusCode::NOT_FOUND, "MANIFEST_BLOB_UNKNOWN")
            }
            "InvalidLayerException" | "ImageDigestDoesNotMatchException" => {
                (StatusCode::BAD_REQUEST, "DIGEST_INVALID")
            }
            "EmptyUploadException" => (StatusCode::BAD_REQUEST, "SIZE_INVALID"),
            // Amazon ECR responds with this code, which the specification does not define.
            "ImageTagAlreadyExistsException" => (StatusCode::BAD_REQUEST, "TAG_INVALID"),
            "LimitExceededException" => (StatusCode::FORBIDDEN, "DENIED"),
            "InvalidParameterException" => (StatusCode::BAD_REQUEST, "MANIFEST_INVALID"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "UNKNOWN"),
        };
        Self::new(status, code, error.message())
    }
}
