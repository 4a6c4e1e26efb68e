//! Pushes: missing blobs in parts, then manifests, then the tag.

mod source;
mod upload;

use std::sync::Arc;

use crate::tasks::{blocking, run_concurrently};
use crate::{
    Blob, BlobStatus, ContentError, Error, Image, Layout, Progress, PushOptions, Reference, Remote,
    Summary,
};
use upload::Uploader;

/// Pushes an image.
///
/// All manifests are read and validated before the first byte is sent. Blobs that the repository
/// already contains are skipped. The digests of the others are checked while they are sent, and a
/// damaged blob does not become part of the repository. Manifests follow, children before their
/// index. The tag is set by the last call, so it never refers to an incomplete image.
///
/// If the options select no image and the layout contains several, the image with the reference's
/// digest is pushed, or else the one with its repository and tag. If the reference has a digest, it
/// must be that of the image.
///
/// Content that exists only as `data` of a descriptor is also sent. Foreign layers are sent if the
/// layout contains them.
///
/// Dropping the future cancels the push. Complete blobs are skipped by the next push.
///
/// # Errors
/// See [`Error`]. After an error the tag is unchanged, unless the response to the last call was lost.
pub async fn push(
    remote: &Remote,
    layout: &Layout,
    reference: &Reference,
    options: &PushOptions,
    progress: Arc<dyn Progress>,
) -> Result<Summary, Error> {
    let image = read(layout, reference, options).await?;
    progress.planned(image.blobs());
    let mut summary = Summary::of(&image);

    let missing = find_missing(remote, reference, &image, &*progress, &mut summary).await?;
    let missing = check_files(layout, missing).await?;
    let uploader = Uploader::new(remote, layout, reference.repository(), progress);
    let uploads = missing.into_iter().map(|blob| uploader.clone().upload(blob));
    for blob in run_concurrently(options.jobs, uploads).await? {
        summary.count(&blob, BlobStatus::Moved);
    }

    for manifest in image.manifests() {
        let tag = reference.tag().filter(|_| manifest.digest == image.digest());
        remote.put_manifest(reference.repository(), manifest, tag).await?;
    }
    Ok(summary)
}

/// Reads the manifests of the selected image.
async fn read(
    layout: &Layout,
    reference: &Reference,
    options: &PushOptions,
) -> Result<Image, Error> {
    let layout = layout.clone();
    let expected = reference.digest();
    let selected = options.select.clone().or_else(|| expected.map(|digest| digest.to_string()));
    let name = selected.or_else(|| reference.name().filter(|name| layout.needs_selection(name)));
    let image = blocking(move || layout.select(name.as_deref())).await?;
    match expected.filter(|digest| *digest != image.digest()) {
        None => Ok(image),
        Some(digest) => Err(Error::Content {
            location: "the selected image".to_owned(),
            digest,
            problem: ContentError::NotRequested { found: image.digest() },
        }),
    }
}

/// Returns the blobs that must be sent, and reports the others as finished.
async fn find_missing(
    remote: &Remote,
    reference: &Reference,
    image: &Image,
    progress: &dyn Progress,
    summary: &mut Summary,
) -> Result<Vec<Blob>, Error> {
    let digests: Vec<_> = image.blobs().iter().map(|blob| blob.digest).collect();
    let missing = remote.missing(reference.repository(), &digests).await?;
    let (missing, present): (Vec<_>, Vec<_>) =
        image.blobs().iter().cloned().partition(|blob| missing.contains(&blob.digest));
    for blob in &present {
        progress.finished(blob, BlobStatus::AlreadyPresent);
        summary.count(blob, BlobStatus::AlreadyPresent);
    }
    Ok(missing)
}

/// Checks that all files exist with the right sizes, so that nothing is sent for an incomplete image.
async fn check_files(layout: &Layout, blobs: Vec<Blob>) -> Result<Vec<Blob>, Error> {
    let layout = layout.clone();
    blocking(move || {
        blobs.iter().try_for_each(|blob| source::check(&layout.blob_path(blob.digest), blob))?;
        Ok(blobs)
    })
    .await
}
