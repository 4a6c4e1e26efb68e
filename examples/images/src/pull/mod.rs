//! Pulls: manifests, then missing blobs, then the entry in `index.json`.

mod download;
mod manifests;
mod receive;
mod sink;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use longshore::ecr;

use crate::descriptor::{IMAGE_NAME, REF_NAME};
use crate::layout::{CreatedFolders, LayoutWriter};
use crate::tasks::{blocking, run_concurrently};
use crate::{Error, Image, Progress, PullOptions, Reference, Remote, Summary};
use download::Downloader;
use receive::BlobReceiver;

/// Pulls an image from Amazon ECR into a layout, which is created if it does not exist.
///
/// Blobs that the layout already contains are skipped if their digests are right. The others are
/// written to partial files, which are renamed after their digests have been checked. The entry in
/// `index.json` is written last, atomically. It has two names: the tag, and the repository with the
/// tag. It replaces an entry for the same repository and tag, which the summary reports; other images
/// of the layout are kept, including those of other repositories with the same tag. Foreign layers are
/// downloaded if the repository contains them.
///
/// Dropping the future cancels the pull. The next pull into the same folder resumes it, even within a
/// blob. Only one pull may write to a folder at a time.
///
/// # Errors
/// See [`Error`]. After an error, `index.json` is unchanged, and the folder contains at most blobs
/// and parts of blobs, which the next pull uses. Folders that the pull created are removed if they
/// are empty.
pub async fn pull(
    remote: &ecr::Client,
    reference: &Reference,
    folder: &Path,
    options: &PullOptions,
    progress: Arc<dyn Progress>,
) -> Result<Summary, Error> {
    let folder = PathBuf::from(folder);
    let layout = folder.clone();
    let writer = Arc::new(blocking(move || LayoutWriter::open(&layout)).await?);
    let image = manifests::read(remote, reference).await?;
    let image = with_foreign(remote, reference, image).await;
    progress.planned(image.blobs());
    let mut summary = Summary::of(&image);

    let _created = blocking(move || CreatedFolders::create(&folder)).await?;
    let downloader = Downloader::new(remote, reference.repository(), options);
    let receiver = BlobReceiver::new(downloader, &writer, progress);
    let work = image.blobs().to_vec().into_iter().map(|blob| receiver.clone().receive(blob));
    for (blob, status) in run_concurrently(options.jobs, work).await? {
        summary.count(&blob, status);
    }

    let reference = reference.clone();
    summary.replaced = blocking(move || add_image(&writer, &image, &reference)).await?;
    Ok(summary)
}

/// Adds the foreign layers that the repository contains. The check is the only call that is not
/// essential to a pull. If it fails, for example because of a missing permission, the foreign
/// layers are not downloaded.
async fn with_foreign(remote: &ecr::Client, reference: &Reference, image: Image) -> Image {
    let foreign: Vec<_> = image.foreign_blobs().iter().map(|blob| blob.digest).collect();
    if foreign.is_empty() {
        return image;
    }
    let missing = Remote::Private(remote.clone()).missing(reference.repository(), &foreign).await;
    match missing {
        Ok(missing) => image.with_foreign(|digest| !missing.contains(&digest)),
        Err(_) => image,
    }
}

/// Writes the manifests and the entry. Returns the digests of replaced images.
fn add_image(
    writer: &LayoutWriter,
    image: &Image,
    reference: &Reference,
) -> Result<Vec<String>, Error> {
    for manifest in image.manifests() {
        writer.put(manifest.content.as_bytes())?;
    }
    let root = image.root().clone();
    writer.add_entry(&match (reference.tag(), reference.name()) {
        (Some(tag), Some(name)) => root.annotated(REF_NAME, tag).annotated(IMAGE_NAME, &name),
        _ => root,
    })
}
