//! From a registry to a layout: the manifests, then the blobs that the folder lacks, then the entry
//! in its `index.json`.

mod download;
mod manifests;
mod receive;
mod sink;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use longshore::ecr;

use crate::layout::Store;
use crate::tasks::{at_most, blocking};
use crate::{Error, Image, Progress, PullOptions, Reference, Summary};
use download::Downloads;
use receive::Receiver;

/// Pulls an image from Amazon ECR into a layout, which is made if the folder is not there.
///
/// Blobs that the layout has already are skipped if they are whole. The others are checked while
/// they are written, and have their names only once they are right. The entry in `index.json` comes
/// last, in one step; it is called like the tag. Other images of the layout stay.
///
/// Dropping the future ends everything at once. The next pull into the same folder goes on where
/// this one ended, also within a blob. A folder takes one pull at a time.
///
/// # Errors
/// See [`Error`]. The `index.json` of the folder is as it was.
pub async fn pull(
    remote: &ecr::Client,
    reference: &Reference,
    folder: &Path,
    options: &PullOptions,
    progress: Arc<dyn Progress>,
) -> Result<Summary, Error> {
    let folder = PathBuf::from(folder);
    let store = Arc::new(blocking(move || Store::create(&folder)).await?);
    let image = manifests::gather(remote, reference).await?;
    progress.planned(image.blobs());
    let mut summary = Summary::of(&image);

    let downloads = Downloads::new(remote, reference.repository(), options);
    let receiver = Receiver::new(downloads, &store, progress);
    let work = image.blobs().to_vec().into_iter().map(|blob| receiver.clone().receive(blob));
    for (blob, outcome) in at_most(options.jobs, work).await? {
        summary.count(&blob, outcome);
    }

    let name = reference.tag().map(str::to_owned);
    blocking(move || record(&store, &image, name.as_deref())).await?;
    Ok(summary)
}

fn record(store: &Store, image: &Image, name: Option<&str>) -> Result<(), Error> {
    for manifest in image.manifests() {
        store.put(manifest.content.as_bytes())?;
    }
    let root = image.root().clone();
    store.record(&match name {
        Some(name) => root.named(name),
        None => root,
    })
}
