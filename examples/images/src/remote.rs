//! Amazon ECR and Amazon ECR Public as one: the calls that push an image.
//!
//! The two services have the same operations with types of their own. What differs is only the name
//! of the service, so each call is written once, in [`calls`].

use std::collections::HashSet;

use bytes::Bytes;
use longshore::{ecr, ecr_public};

use crate::{Digest, Error, Manifest};

/// A registry that images are pushed to.
#[derive(Debug, Clone)]
pub enum Remote {
    /// Amazon ECR.
    Private(ecr::Client),
    /// Amazon ECR Public.
    Public(ecr_public::Client),
}

/// An upload that has been begun.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) repository: String,
    pub(crate) digest: Digest,
    pub(crate) id: String,
    /// How many bytes a part has, at least one.
    pub(crate) part_size: usize,
}

impl Upload {
    /// The size of parts where the service does not say any.
    const USUAL: i64 = 10 * 1024 * 1024;
    /// The most that the service takes as one part.
    const MOST: i64 = 20 * 1024 * 1024;

    fn begun(
        repository: &str,
        digest: Digest,
        id: Option<String>,
        part_size: Option<i64>,
    ) -> Result<Self, Error> {
        let id = id.ok_or_else(|| Error::Answer {
            doing: format!("beginning to send {digest} to {repository}"),
            problem: "the answer has no `uploadId`".to_owned(),
        })?;
        let part_size = part_size.filter(|size| *size > 0).unwrap_or(Self::USUAL).min(Self::MOST);
        let part_size = usize::try_from(part_size).unwrap_or(usize::MAX);
        Ok(Self { repository: repository.to_owned(), digest, id, part_size })
    }
}

/// Calls the same function of the service that the remote is.
macro_rules! either {
    ($remote:expr, $call:ident($($argument:expr),*)) => {
        match $remote {
            Remote::Private(client) => private::$call(client, $($argument),*).await,
            Remote::Public(client) => public::$call(client, $($argument),*).await,
        }
    };
}

impl Remote {
    /// How many digests one call may ask for.
    const BATCH: usize = 100;

    /// Makes a repository. `false` is one that was there before.
    ///
    /// # Errors
    /// A call that fails for any other reason.
    pub async fn create_repository(&self, repository: &str) -> Result<bool, Error> {
        either!(self, create_repository(repository))
    }

    /// Those of the blobs that the repository does not have.
    pub(crate) async fn missing(
        &self,
        repository: &str,
        digests: &[Digest],
    ) -> Result<HashSet<Digest>, Error> {
        let mut missing: HashSet<Digest> = digests.iter().copied().collect();
        for some in digests.chunks(Self::BATCH) {
            for there in either!(self, available(repository, some))? {
                missing.remove(&there);
            }
        }
        Ok(missing)
    }

    pub(crate) async fn begin(&self, repository: &str, digest: Digest) -> Result<Upload, Error> {
        either!(self, begin(repository, digest))
    }

    /// Sends the bytes of a blob from `first` on.
    pub(crate) async fn send(&self, upload: &Upload, first: u64, part: Bytes) -> Result<(), Error> {
        either!(self, send(upload, first, part))
    }

    /// Makes a blob of the parts, which have been checked to have the digest of the blob.
    pub(crate) async fn complete(&self, upload: &Upload) -> Result<(), Error> {
        either!(self, complete(upload))
    }

    pub(crate) async fn put(
        &self,
        repository: &str,
        manifest: &Manifest,
        tag: Option<&str>,
    ) -> Result<(), Error> {
        either!(self, put(repository, manifest, tag))
    }
}

/// The calls of one of the two services. What another attempt or another program has done already
/// is a success: the service found what this call was for.
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
                let answer = client.batch_check_layer_availability(&request).await;
                let doing = format!("asking what {repository} has");
                let there = answer.map_err(Error::service(doing))?.layers.into_iter();
                let there = there
                    .filter(|layer| layer.layer_availability == Some(LayerAvailability::Available));
                Ok(there.filter_map(|layer| layer.layer_digest?.parse().ok()).collect())
            }

            pub(super) async fn begin(
                client: &Client,
                repository: &str,
                digest: Digest,
            ) -> Result<Upload, Error> {
                let request = InitiateLayerUploadRequest::new(repository);
                let answer = client.initiate_layer_upload(&request).await;
                let doing = format!("beginning to send {digest} to {repository}");
                let answer = answer.map_err(Error::service(doing))?;
                Upload::begun(repository, digest, answer.upload_id, answer.part_size)
            }

            pub(super) async fn send(
                client: &Client,
                upload: &Upload,
                first: u64,
                part: Bytes,
            ) -> Result<(), Error> {
                // No blob has as many bytes as this could not count.
                let first = i64::try_from(first).unwrap_or(i64::MAX);
                let length = i64::try_from(part.len()).unwrap_or(i64::MAX);
                let last = first.saturating_add(length) - 1;
                let Upload { repository, digest, id, .. } = upload;
                let request = UploadLayerPartRequest::new(repository, id, first, last, part);
                let Err(error) = client.upload_layer_part(&request).await else {
                    return Ok(());
                };
                // The part had come, its answer was lost, and it was sent again.
                let last_there = match error.service() {
                    Some(UploadLayerPartError::InvalidLayerPartException(wrong)) => {
                        wrong.last_valid_byte_received
                    }
                    _ => None,
                };
                if last_there.is_some_and(|there| there >= last) {
                    return Ok(());
                }
                let doing = format!("sending bytes {first} to {last} of {digest} to {repository}");
                Err(Error::service(doing)(error))
            }

            pub(super) async fn complete(client: &Client, upload: &Upload) -> Result<(), Error> {
                let Upload { repository, digest, id, .. } = upload;
                let request = CompleteLayerUploadRequest::new(repository, id, [digest.to_string()]);
                let Err(error) = client.complete_layer_upload(&request).await else {
                    return Ok(());
                };
                match error.service() {
                    Some(CompleteLayerUploadError::LayerAlreadyExistsException(_)) => return Ok(()),
                    // An upload is gone once it is complete, also where that answer was lost.
                    Some(CompleteLayerUploadError::UploadNotFoundException(_))
                        if available(client, repository, &[*digest]).await?.contains(digest) =>
                    {
                        return Ok(());
                    }
                    _ => {}
                }
                Err(Error::service(format!("completing {digest} in {repository}"))(error))
            }

            pub(super) async fn put(
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
                let there = match (error.service(), tag) {
                    // Neither the image nor the tag would change: that is what this error means.
                    (Some(PutImageError::ImageAlreadyExistsException(_)), _) => true,
                    // It means that only where a tag can be moved. One that cannot is refused even
                    // where it is at this image, by an earlier push or one whose answer was lost.
                    (Some(PutImageError::ImageTagAlreadyExistsException(_)), Some(tag)) => {
                        tagged(client, repository, tag).await == Some(manifest.digest)
                    }
                    _ => false,
                };
                if there {
                    return Ok(());
                }
                let doing = match tag {
                    Some(tag) => format!("putting {} as {repository}:{tag}", manifest.digest),
                    None => format!("putting {} into {repository}", manifest.digest),
                };
                Err(Error::service(doing)(error))
            }

            /// What the tag is at, where that can be found out.
            async fn tagged(client: &Client, repository: &str, tag: &str) -> Option<Digest> {
                let id = ImageIdentifier::new().image_tag(tag);
                let request = DescribeImagesRequest::new(repository).image_ids([id]);
                let answer = client.describe_images(&request).await.ok()?;
                answer.image_details.into_iter().next()?.image_digest?.parse().ok()
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
    fn parts_have_a_size_that_the_service_takes_whatever_it_says() {
        const MIB: usize = 1024 * 1024;
        let cases = [
            (None, 10 * MIB),
            (Some(-1), 10 * MIB),
            (Some(0), 10 * MIB),
            (Some(1), 1),
            (Some(5 * 1024 * 1024), 5 * MIB),
            (Some(i64::MAX), 20 * MIB),
        ];
        for (said, expected) in cases {
            let upload = Upload::begun("app", Digest::of(b""), Some("1".to_owned()), said);
            assert_eq!(upload.map(|upload| upload.part_size).ok(), Some(expected));
        }
    }

    #[test]
    fn an_upload_without_identifier_is_an_error() {
        let digest = Digest::of(b"");
        let error = Upload::begun("app", digest, None, Some(1)).map_err(|error| error.to_string());
        let said = format!("beginning to send {digest} to app: the answer has no `uploadId`");
        assert_eq!(error.err(), Some(said));
    }
}
