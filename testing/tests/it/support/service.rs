//! A service with two operations, as the generator would write it.

use longshore_runtime::{Operation, Protocol, Service, Unmodeled, operation_error, structure};

pub const SERVICE: Service = Service::new("Test REGISTRY-Public")
    .name("A Registry For Tests")
    .api_version("2015-09-21")
    .endpoint_prefix("api.registry")
    .signing_name("registry")
    .target_prefix("TestRegistry_V20150921")
    .protocol(Protocol::AWS_JSON_1_1);

pub const JSON_1_0_SERVICE: Service = SERVICE.protocol(Protocol::AWS_JSON_1_0);

#[derive(Clone, PartialEq)]
pub struct PutImageRequest {
    pub registry_id: Option<String>,
    pub repository_name: String,
    pub image_manifest: String,
}
structure!(PutImageRequest, {
    "registryId" => some(registry_id),
    "repositoryName" => required(repository_name),
    "imageManifest" => required(image_manifest),
});

impl PutImageRequest {
    pub fn new(repository_name: impl Into<String>, image_manifest: impl Into<String>) -> Self {
        Self {
            registry_id: None,
            repository_name: repository_name.into(),
            image_manifest: image_manifest.into(),
        }
    }
}

impl Operation for PutImageRequest {
    const NAME: &'static str = "PutImage";
    const SERVICE: &'static Service = &SERVICE;
    type Output = PutImageResponse;
    type Error = PutImageError;
}

#[derive(Clone, PartialEq)]
pub struct PutImageResponse {
    pub digest: Option<String>,
    pub layers: Vec<String>,
    pub size: i64,
}
structure!(PutImageResponse, Default, {
    "digest" => some(digest),
    "layers" => value(layers),
    "size" => value(size),
});

#[derive(Clone)]
pub enum PutImageError {
    ImageAlreadyExistsException(ImageAlreadyExistsException),
    LimitsException(LimitsException),
    Unmodeled(Unmodeled),
}
operation_error!(PutImageError, Unmodeled, {
    "ImageAlreadyExistsException" => ImageAlreadyExistsException,
    "LimitsException" => LimitsException,
});

#[derive(Clone, PartialEq)]
pub struct ImageAlreadyExistsException {
    pub message: Option<String>,
}
structure!(ImageAlreadyExistsException, Default, { "message" => some_message(message) });
longshore_runtime::impl_exception!(
    ImageAlreadyExistsException,
    "ImageAlreadyExistsException",
    message
);

/// An exception that has no message, but a number and a member called `code`.
#[derive(Clone, PartialEq)]
pub struct LimitsException {
    pub limit: Option<i32>,
    pub code: Option<String>,
}
structure!(LimitsException, Default, { "limit" => some(limit), "code" => some(code) });
longshore_runtime::impl_exception!(LimitsException, "LimitsException");

/// An operation whose input and output are empty.
#[derive(Clone, PartialEq)]
pub struct PingRequest;
structure!(PingRequest, {});

impl Operation for PingRequest {
    const NAME: &'static str = "Ping";
    const SERVICE: &'static Service = &JSON_1_0_SERVICE;
    type Output = ();
    type Error = PingError;
}

#[derive(Clone)]
pub enum PingError {
    Unmodeled(Unmodeled),
}
operation_error!(PingError, Unmodeled, {});
