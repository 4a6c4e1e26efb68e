//! Registries, layers and manifests for the tests.

use std::error::Error;
use std::fmt::Debug;

use longshore::OperationError;
use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore_testing::Registry;
use ring::digest::{SHA256, digest};

/// The result of a test.
pub type TestResult<T = ()> = Result<T, Box<dyn Error>>;

pub const IMAGE: &str = "application/vnd.oci.image.manifest.v1+json";
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// A layer in a repository.
pub struct Uploaded {
    pub digest: String,
    pub size: usize,
}

/// The text of a manifest, and its digest.
pub struct Manifest {
    pub text: String,
    pub digest: String,
}

/// The message of a failed call, whose error must have this code and be an exception of the
/// operation.
#[track_caller]
pub fn error_message<T: Debug, E: OperationError>(
    result: Result<T, longshore::Error<E>>,
    code: &str,
) -> String {
    let error = match result {
        Err(error) => error,
        Ok(output) => panic!("expected {code}, not {output:?}"),
    };
    assert_eq!(error.code(), Some(code), "{error}");
    assert!(E::CODES.contains(&code), "{code} is not an exception of the operation");
    error.message().unwrap_or_default().to_owned()
}

/// A registry with one empty repository that accepts parts of any size.
pub async fn new_registry(repository: &str) -> TestResult<(Registry, Client)> {
    let registry = Registry::builder().min_part_size(1).part_size(1_000).start()?;
    let ecr = Client::new(&registry.config());
    ecr.create_repository(&CreateRepositoryRequest::new(repository)).await?;
    Ok((registry, ecr))
}

/// Pseudo-random content: different seeds produce different layers.
pub fn layer(seed: u32, size: u32) -> Vec<u8> {
    let byte = |n: u32| (n.wrapping_mul(2_654_435_761).wrapping_add(seed * 7_919) >> 24) as u8;
    (0..size).map(byte).collect()
}

pub fn digest_of(content: &[u8]) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("sha256:{}", hex(digest(&SHA256, content).as_ref()))
}

/// Uploads a layer in parts of the size that the registry suggests.
pub async fn upload(ecr: &Client, repository: &str, content: &[u8]) -> TestResult<Uploaded> {
    let begun = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new(repository)).await?;
    let upload = begun.upload_id.ok_or("no upload id")?;
    let part_size = usize::try_from(begun.part_size.ok_or("no part size")?)?;
    let mut first = 0;
    for part in content.chunks(part_size) {
        let last = first + i64::try_from(part.len())? - 1;
        let request = UploadLayerPartRequest::new(repository, &upload, first, last, part);
        assert_eq!(ecr.upload_layer_part(&request).await?.last_byte_received, Some(last));
        first = last + 1;
    }
    let digest = digest_of(content);
    let complete = CompleteLayerUploadRequest::new(repository, &upload, [&digest]);
    assert_eq!(ecr.complete_layer_upload(&complete).await?.layer_digest.as_ref(), Some(&digest));
    Ok(Uploaded { digest, size: content.len() })
}

pub fn image(config: &Uploaded, layers: &[&Uploaded]) -> Manifest {
    let descriptor = |of: &Uploaded, kind: &str| {
        let media_type = format!("application/vnd.oci.image.{kind}");
        format!(r#"{{"mediaType":"{media_type}","digest":"{}","size":{}}}"#, of.digest, of.size)
    };
    let layers: Vec<_> = layers.iter().map(|it| descriptor(it, "layer.v1.tar+gzip")).collect();
    let config = descriptor(config, "config.v1+json");
    let layers = layers.join(",");
    manifest(format!(
        r#"{{"schemaVersion":2,"mediaType":"{IMAGE}","config":{config},"layers":[{layers}]}}"#
    ))
}

pub fn index(images: &[&Manifest]) -> Manifest {
    let descriptor = |image: &&Manifest| {
        let (digest, size) = (&image.digest, image.text.len());
        format!(r#"{{"mediaType":"{IMAGE}","digest":"{digest}","size":{size}}}"#)
    };
    let images: Vec<_> = images.iter().map(descriptor).collect();
    let images = images.join(",");
    manifest(format!(r#"{{"schemaVersion":2,"mediaType":"{INDEX}","manifests":[{images}]}}"#))
}

/// A manifest with this text.
pub fn manifest(text: String) -> Manifest {
    Manifest { digest: digest_of(text.as_bytes()), text }
}
