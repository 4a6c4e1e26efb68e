//! Pulls: manifests, then missing blobs, then the entry in `index.json`.

mod download;
mod manifests;
mod receive;
mod sink;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use longshore::ecr;

use crate::layout::LayoutWriter;
use crate::tasks::{blocking, run_concurrently};
use crate::{Error, Image, Progress, PullOptions, Reference, Summary};
use download::Downloader;
use receive::BlobReceiver;

/// Pulls an image from Amazon ECR into a layout, which is created if it does not exist.
///
/// Blobs that the layout already contains are skipped if their digests are right. The others are
/// written to partial files, which are renamed after their digests have been checked. The entry in
/// `index.json` is written last, atomically; its name is the tag. Other images of the layout are
/// kept.
///
/// Dropping the future cancels the pull. The next pull into the same folder resumes it, even within a
/// blob. Only one pull may write to a folder at a time.
///
/// # Errors
/// See [`Error`]. After an error `index.json` is unchanged.
pub async fn pull(
    remote: &ecr::Client,
    reference: &Reference,
    folder: &Path,
    options: &PullOptions,
    progress: Arc<dyn Progress>,
) -> Result<Summary, Error> {
    let folder = PathBuf::from(folder);
    let writer = Arc::new(blocking(move || LayoutWriter::create(&folder)).await?);
    let image = manifests::read(remote, reference).await?;
    progress.planned(image.blobs());
    let mut summary = Summary::of(&image);

    let downloader = Downloader::new(remote, reference.repository(), options);
    let receiver = BlobReceiver::new(downloader, &writer, progress);
    let work = image.blobs().to_vec().into_iter().map(|blob| receiver.clone().receive(blob));
    for (blob, status) in run_concurrently(options.jobs, work).await? {
        summary.count(&blob, status);
    }

    let name = reference.tag().map(str::to_owned);
    blocking(move || add_image(&writer, &image, name.as_deref())).await?;
    Ok(summary)
}

fn add_image(writer: &LayoutWriter, image: &Image, name: Option<&str>) -> Result<(), Error> {
    for manifest in image.manifests() {
        writer.put(manifest.content.as_bytes())?;
    }
    let root = image.root().clone();
    writer.add_entry(&match name {
        Some(name) => root.named(name),
        None => root,
    })
}
