//! Amazon ECR and Amazon ECR Public behind one interface: the calls of a push.
//!
//! The services have the same operations with different types, so each call is written once, in
//! [`calls`].

use std::collections::HashSet;

use bytes::Bytes;
use longshore::{ecr, ecr_public};

use crate::{Digest, Error, Manifest};

/// A registry to push images to.
#[derive(Debug, Clone)]
pub enum Remote {
    /// Amazon ECR.
    Private(ecr::Client),
    /// Amazon ECR Public.
    Public(ecr_public::Client),
}

/// A pending upload.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) repository: String,
    pub(crate) digest: Digest,
    pub(crate) id: String,
    /// The size of a part in bytes, at least one.
    pub(crate) part_size: usize,
}

impl Upload {
    /// The part size if the response has none.
    const DEFAULT_PART_SIZE: i64 = 10 * 1024 * 1024;
    /// The largest part that the service accepts.
    const MAX_PART_SIZE: i64 = 20 * 1024 * 1024;

    fn from_response(
        repository: &str,
        digest: Digest,
        id: Option<String>,
        part_size: Option<i64>,
    ) -> Result<Self, Error> {
        let id = id.ok_or_else(|| Error::Response {
            action: format!("starting the upload of {digest} to {repository}"),
            problem: "the response has no `uploadId`".to_owned(),
        })?;
        let part_size = part_size
            .filter(|size| *size > 0)
            .unwrap_or(Self::DEFAULT_PART_SIZE)
            .min(Self::MAX_PART_SIZE);
        let part_size = usize::try_from(part_size).unwrap_or(usize::MAX);
        Ok(Self { repository: repository.to_owned(), digest, id, part_size })
    }
}

/// Calls a function of the module for the service of the remote.
macro_rules! dispatch {
    ($remote:expr, $call:ident($($argument:expr),*)) => {
        match $remote {
            Remote::Private(client) => private::$call(client, $($argument),*).await,
            Remote::Public(client) => public::$call(client, $($argument),*).await,
        }
    };
}

impl Remote {
    /// The maximum number of digests in one call.
    const MAX_BATCH: usize = 100;

    /// Creates a repository. Returns `false` if it already exists.
    ///
    /// # Errors
    /// Returns an error if the call fails for another reason.
    pub async fn create_repository(&self, repository: &str) -> Result<bool, Error> {
        dispatch!(self, create_repository(repository))
    }

    /// Returns the blobs that the repository does not have.
    pub(crate) async fn missing(
        &self,
        repository: &str,
        digests: &[Digest],
    ) -> Result<HashSet<Digest>, Error> {
        let mut missing: HashSet<Digest> = digests.iter().copied().collect();
        for batch in digests.chunks(Self::MAX_BATCH) {
            for present in dispatch!(self, available(repository, batch))? {
                missing.remove(&present);
            }
        }
        Ok(missing)
    }

    pub(crate) async fn begin_upload(
        &self,
        repository: &str,
        digest: Digest,
    ) -> Result<Upload, Error> {
        dispatch!(self, begin_upload(repository, digest))
    }

    /// Uploads a part that starts at the byte `first`.
    pub(crate) async fn upload_part(
        &self,
        upload: &Upload,
        first: u64,
        part: Bytes,
    ) -> Result<(), Error> {
        dispatch!(self, upload_part(upload, first, part))
    }

    /// Completes an upload, whose digest has been checked.
    pub(crate) async fn complete_upload(&self, upload: &Upload) -> Result<(), Error> {
        dispatch!(self, complete_upload(upload))
    }

    pub(crate) async fn put_manifest(
        &self,
        repository: &str,
        manifest: &Manifest,
        tag: Option<&str>,
    ) -> Result<(), Error> {
        dispatch!(self, put_manifest(repository, manifest, tag))
    }
}

/// Defines the calls of one service. A call succeeds if its effect exists already, because of an
/// earlier attempt or another program.
macro_rules! calls {
    ($module:ident, $service:ident) => {
        mod $module {
            use bytes::Bytes;
            use longshore::$service::types::{ImageIdentifier, LayerAvailability};
            use longshore::$service::{Client, operation::*};

            use super::Upload;
            use crate::{Digest, Error, Manifest};

            pub(super) async fn create_repository(
                client: &Client,
                repository: &str,
            ) -> Result<bool, Error> {
                let request = CreateRepositoryRequest::new(repository);
                match client.create_repository(&request).await {
                    Ok(_) => Ok(true),
                    Err(error) => match error.service() {
                        Some(CreateRepositoryError::RepositoryAlreadyExistsException(_)) => {
                            Ok(false)
                        }
                        _ => {
                            Err(Error::service(format!("creating repository {repository}"))(error))
                        }
                    },
                }
            }

            pub(super) async fn available(
                client: &Client,
                repository: &str,
                digests: &[Digest],
            ) -> Result<Vec<Digest>, Error> {
                let digests = digests.iter().map(Digest::to_string);
                let request = BatchCheckLayerAvailabilityRequest::new(repository, digests);
                let response = client.batch_check_layer_availability(&request).await;
                let action = format!("checking which layers {repository} has");
                let layers = response.map_err(Error::service(action))?.layers.into_iter();
                let present = layers
                    .filter(|layer| layer.layer_availability == Some(LayerAvailability::Available));
                Ok(present.filter_map(|layer| layer.layer_digest?.parse().ok()).collect())
            }

            pub(super) async fn begin_upload(
                client: &Client,
                repository: &str,
                digest: Digest,
            ) -> Result<Upload, Error> {
                let request = InitiateLayerUploadRequest::new(repository);
                let response = client.initiate_layer_upload(&request).await;
                let action = format!("starting the upload of {digest} to {repository}");
                let response = response.map_err(Error::service(action))?;
                Upload::from_response(repository, digest, response.upload_id, response.part_size)
            }

            pub(super) async fn upload_part(
                client: &Client,
                upload: &Upload,
                first: u64,
                part: Bytes,
            ) -> Result<(), Error> {
                // Sizes of blobs fit into an i64.
                let first = i64::try_from(first).unwrap_or(i64::MAX);
                let length = i64::try_from(part.len()).unwrap_or(i64::MAX);
                let last = first.saturating_add(length) - 1;
                let Upload { repository, digest, id, .. } = upload;
                let request = UploadLayerPartRequest::new(repository, id, first, last, part);
                let Err(error) = client.upload_layer_part(&request).await else {
                    return Ok(());
                };
                // The response to an earlier attempt was lost, so the part was sent twice.
                let last_received = match error.service() {
                    Some(UploadLayerPartError::InvalidLayerPartException(exception)) => {
                        exception.last_valid_byte_received
                    }
                    _ => None,
                };
                if last_received.is_some_and(|received| received >= last) {
                    return Ok(());
                }
                let action = format!("sending bytes {first} to {last} of {digest} to {repository}");
                Err(Error::service(action)(error))
            }

            pub(super) async fn complete_upload(
                client: &Client,
                upload: &Upload,
            ) -> Result<(), Error> {
                let Upload { repository, digest, id, .. } = upload;
                let request = CompleteLayerUploadRequest::new(repository, id, [digest.to_string()]);
                let Err(error) = client.complete_layer_upload(&request).await else {
                    return Ok(());
                };
                match error.service() {
                    Some(CompleteLayerUploadError::LayerAlreadyExistsException(_)) => return Ok(()),
                    // A completed upload no longer exists; its response may have been lost.
                    Some(CompleteLayerUploadError::UploadNotFoundException(_))
                        if available(client, repository, &[*digest]).await?.contains(digest) =>
                    {
                        return Ok(());
                    }
                    _ => {}
                }
                Err(Error::service(format!("completing {digest} in {repository}"))(error))
            }

            pub(super) async fn put_manifest(
                client: &Client,
                repository: &str,
                manifest: &Manifest,
                tag: Option<&str>,
            ) -> Result<(), Error> {
                let mut request = PutImageRequest::new(repository, &manifest.content)
                    .image_manifest_media_type(&manifest.media_type)
                    .image_digest(manifest.digest.to_string());
                request.image_tag = tag.map(str::to_owned);
                let Err(error) = client.put_image(&request).await else {
                    return Ok(());
                };
                let exists = match (error.service(), tag) {
                    // The error means that neither the image nor the tag would change.
                    (Some(PutImageError::ImageAlreadyExistsException(_)), _) => true,
                    // An immutable tag is rejected even if an earlier push or attempt set it to this
                    // image, so its digest must be compared.
                    (Some(PutImageError::ImageTagAlreadyExistsException(_)), Some(tag)) => {
                        digest_of_tag(client, repository, tag).await == Some(manifest.digest)
                    }
                    _ => false,
                };
                if exists {
                    return Ok(());
                }
                let action = match tag {
                    Some(tag) => format!("putting {} as {repository}:{tag}", manifest.digest),
                    None => format!("putting {} into {repository}", manifest.digest),
                };
                Err(Error::service(action)(error))
            }

            /// The digest of a tag, or `None` if the call fails.
            async fn digest_of_tag(client: &Client, repository: &str, tag: &str) -> Option<Digest> {
                let id = ImageIdentifier::new().image_tag(tag);
                let request = DescribeImagesRequest::new(repository).image_ids([id]);
                let response = client.describe_images(&request).await.ok()?;
                response.image_details.into_iter().next()?.image_digest?.parse().ok()
            }
        }
    };
}

calls!(private, ecr);
calls!(public, ecr_public);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_size_is_limited_to_what_the_service_accepts() {
        const MIB: usize = 1024 * 1024;
        let cases = [
            (None, 10 * MIB),
            (Some(-1), 10 * MIB),
            (Some(0), 10 * MIB),
            (Some(1), 1),
            (Some(5 * 1024 * 1024), 5 * MIB),
            (Some(i64::MAX), 20 * MIB),
        ];
        for (part_size, expected) in cases {
            let upload =
                Upload::from_response("app", Digest::of(b""), Some("1".to_owned()), part_size);
            assert_eq!(upload.map(|upload| upload.part_size).ok(), Some(expected));
        }
    }

    #[test]
    fn a_response_without_upload_id_is_an_error() {
        let digest = Digest::of(b"");
        let error =
            Upload::from_response("app", digest, None, Some(1)).map_err(|error| error.to_string());
        let expected =
            format!("starting the upload of {digest} to app: the response has no `uploadId`");
        assert_eq!(error.err(), Some(expected));
    }
}
