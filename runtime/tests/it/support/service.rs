//! A small handwritten service, like one that the generator would write.

use longshore_runtime::{
    MapAccess, Operation, Protocol, ReadMembers, SerializeMap, Service, Structure, Unmodelled,
    WriteMembers,
};

pub const SERVICE: Service = Service::new("Test REGISTRY-Public")
    .name("A Registry For Tests")
    .api_version("2015-09-21")
    .endpoint_prefix("api.registry")
    .signing_name("registry")
    .target_prefix("TestRegistry_V20150921")
    .protocol(Protocol::AWS_JSON_1_1);

pub const JSON_1_0_SERVICE: Service = SERVICE.protocol(Protocol::AWS_JSON_1_0);

#[derive(Debug, Clone, PartialEq)]
pub struct PutImageRequest {
    pub registry_id: Option<String>,
    pub repository_name: String,
    pub image_manifest: String,
}

impl PutImageRequest {
    pub fn new(repository_name: impl Into<String>, image_manifest: impl Into<String>) -> Self {
        Self {
            registry_id: None,
            repository_name: repository_name.into(),
            image_manifest: image_manifest.into(),
        }
    }
}

impl Structure for PutImageRequest {
    const SHAPE: &'static str = "PutImageRequest";
    const REQUIRED: &'static [&'static str] = &["repositoryName", "imageManifest"];

    fn empty() -> Self {
        Self::new("", "")
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.put_some("registryId", &self.registry_id)?;
        map.put("repositoryName", &self.repository_name)?;
        map.put("imageManifest", &self.image_manifest)
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error> {
        match key {
            "registryId" => self.registry_id = map.take()?,
            "repositoryName" => map.take_required(&mut self.repository_name)?,
            "imageManifest" => map.take_required(&mut self.image_manifest)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
longshore_runtime::impl_serde!(PutImageRequest);

impl Operation for PutImageRequest {
    const NAME: &'static str = "PutImage";
    const SERVICE: &'static Service = &SERVICE;
    type Output = PutImageResponse;
    type Error = PutImageError;
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct PutImageResponse {
    pub digest: Option<String>,
    pub layers: Vec<String>,
    pub size: i64,
}

impl Structure for PutImageResponse {
    const SHAPE: &'static str = "PutImageResponse";

    fn empty() -> Self {
        Self::default()
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.put_some("digest", &self.digest)?;
        map.put("layers", &self.layers)?;
        map.put("size", &self.size)
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error> {
        match key {
            "digest" => self.digest = map.take()?,
            "layers" => map.take_into(&mut self.layers)?,
            "size" => map.take_into(&mut self.size)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
longshore_runtime::impl_serde!(PutImageResponse);

#[derive(Debug, Clone, PartialEq)]
pub enum PutImageError {
    ImageAlreadyExistsException(ImageAlreadyExistsException),
    LimitsException(LimitsException),
    Unmodelled(Unmodelled),
}
longshore_runtime::operation_error!(PutImageError, Unmodelled, {
    "ImageAlreadyExistsException" => ImageAlreadyExistsException,
    "LimitsException" => LimitsException,
});

#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImageAlreadyExistsException {
    pub message: Option<String>,
}

impl Structure for ImageAlreadyExistsException {
    const SHAPE: &'static str = "ImageAlreadyExistsException";

    fn empty() -> Self {
        Self::default()
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.put_some("message", &self.message)
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error> {
        match key {
            "message" | "Message" | "errorMessage" => map.take_message(&mut self.message)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
longshore_runtime::impl_serde!(ImageAlreadyExistsException);
longshore_runtime::impl_exception!(
    ImageAlreadyExistsException,
    "ImageAlreadyExistsException",
    message
);

/// An exception without a message, with a number and a member named `code`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LimitsException {
    pub limit: Option<i32>,
    pub code: Option<String>,
}

impl Structure for LimitsException {
    const SHAPE: &'static str = "LimitsException";

    fn empty() -> Self {
        Self::default()
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.put_some("limit", &self.limit)?;
        map.put_some("code", &self.code)
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, key: &str, map: &mut M) -> Result<bool, M::Error> {
        match key {
            "limit" => self.limit = map.take()?,
            "code" => self.code = map.take()?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
longshore_runtime::impl_serde!(LimitsException);
longshore_runtime::impl_exception!(LimitsException, "LimitsException");

/// An operation without input and output.
#[derive(Debug, Clone, PartialEq)]
pub struct PingRequest;

impl Structure for PingRequest {
    const SHAPE: &'static str = "PingRequest";

    fn empty() -> Self {
        Self
    }

    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, _: &str, _: &mut M) -> Result<bool, M::Error> {
        Ok(false)
    }
}
longshore_runtime::impl_serde!(PingRequest);

impl Operation for PingRequest {
    const NAME: &'static str = "Ping";
    const SERVICE: &'static Service = &JSON_1_0_SERVICE;
    type Output = ();
    type Error = PingError;
}

#[derive(Debug, Clone, PartialEq)]
pub enum PingError {
    Unmodelled(Unmodelled),
}
longshore_runtime::operation_error!(PingError, Unmodelled, {});
