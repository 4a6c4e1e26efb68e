//! From a layout to a registry: what is missing there, in parts, then the manifests, then the tag.

mod source;
mod upload;

use std::sync::Arc;

use crate::tasks::{at_most, blocking};
use crate::{
    Blob, Error, Flaw, Image, Layout, Outcome, Progress, PushOptions, Reference, Remote, Summary,
};
use upload::Sender;

/// Pushes an image.
///
/// All manifests are read and checked before the first byte is sent. Of the blobs, those that the
/// repository has already are skipped; the others are checked while they are sent, and one that is
/// not what its digest says is not made part of the repository. Manifests follow, those of an index
/// before the index. The tag comes with the last call, so it never names an image that is not
/// whole.
///
/// A reference with a digest is pushed only if the image has that digest.
///
/// Dropping the future ends everything at once. What has arrived as a whole blob is skipped next
/// time.
///
/// # Errors
/// See [`Error`]. Nothing has been tagged, unless it is the answer to the very last call that got
/// lost.
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

    let missing = divide(remote, reference, &image, &*progress, &mut summary).await?;
    let missing = check_files(layout, missing).await?;
    let sender = Sender::new(remote, layout, reference.repository(), progress);
    let uploads = missing.into_iter().map(|blob| sender.clone().upload(blob));
    for blob in at_most(options.jobs, uploads).await? {
        summary.count(&blob, Outcome::Moved);
    }

    for manifest in image.manifests() {
        let tag = reference.tag().filter(|_| manifest.digest == image.digest());
        remote.put(reference.repository(), manifest, tag).await?;
    }
    Ok(summary)
}

/// The image that is meant, with all its manifests.
async fn read(
    layout: &Layout,
    reference: &Reference,
    options: &PushOptions,
) -> Result<Image, Error> {
    let layout = layout.clone();
    let expected = reference.digest();
    let name = options.select.clone().or_else(|| expected.map(|digest| digest.to_string()));
    let image = blocking(move || layout.select(name.as_deref())).await?;
    match expected.filter(|digest| *digest != image.digest()) {
        None => Ok(image),
        Some(digest) => Err(Error::Content {
            place: "the image that was selected".to_owned(),
            digest,
            flaw: Flaw::Unwanted { found: image.digest() },
        }),
    }
}

/// The blobs that have to be sent; the others are finished.
async fn divide(
    remote: &Remote,
    reference: &Reference,
    image: &Image,
    progress: &dyn Progress,
    summary: &mut Summary,
) -> Result<Vec<Blob>, Error> {
    let digests: Vec<_> = image.blobs().iter().map(|blob| blob.digest).collect();
    let missing = remote.missing(reference.repository(), &digests).await?;
    let (missing, there): (Vec<_>, Vec<_>) =
        image.blobs().iter().cloned().partition(|blob| missing.contains(&blob.digest));
    for blob in &there {
        progress.finished(blob, Outcome::AlreadyThere);
        summary.count(blob, Outcome::AlreadyThere);
    }
    Ok(missing)
}

/// Sees that all files are there in their sizes, so that nothing is sent for an image that cannot
/// be pushed.
async fn check_files(layout: &Layout, blobs: Vec<Blob>) -> Result<Vec<Blob>, Error> {
    let layout = layout.clone();
    blocking(move || {
        blobs.iter().try_for_each(|blob| source::check(&layout.blob_path(blob.digest), blob))?;
        Ok(blobs)
    })
    .await
}
