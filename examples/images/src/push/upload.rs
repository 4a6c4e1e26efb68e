//! Uploads a blob in parts. The next part is read while one is sent.

use std::sync::Arc;

use bytes::Bytes;

use super::source::Source;
use crate::tasks::blocking;
use crate::{Blob, BlobStatus, Error, Layout, Progress, Remote};

/// The shared state of all uploads of a push.
#[derive(Clone)]
pub(super) struct Uploader {
    remote: Remote,
    layout: Arc<Layout>,
    repository: Arc<str>,
    progress: Arc<dyn Progress>,
}

impl Uploader {
    pub(super) fn new(
        remote: &Remote,
        layout: &Layout,
        repository: &str,
        progress: Arc<dyn Progress>,
    ) -> Self {
        let (remote, layout) = (remote.clone(), Arc::new(layout.clone()));
        Self { remote, layout, repository: repository.into(), progress }
    }

    /// Uploads a blob. Parts are sent one after another, because the service accepts no gaps.
    pub(super) async fn upload(self, blob: Blob) -> Result<Blob, Error> {
        self.progress.started(&blob);
        let upload = self.remote.begin_upload(&self.repository, blob.digest).await?;
        let path = self.layout.blob_path(blob.digest);
        let (expected, part_size) = (blob.clone(), upload.part_size);
        let source = blocking(move || Source::open(path, &expected, part_size)).await?;

        let mut first = 0;
        let (mut part, mut source) = next_part(source).await?;
        while let Some(bytes) = part {
            let length = bytes.len() as u64;
            let sent = self.remote.upload_part(&upload, first, bytes);
            ((), (part, source)) = tokio::try_join!(sent, next_part(source))?;
            self.progress.moved(&blob, length);
            first += length;
        }
        self.remote.complete_upload(&upload).await?;
        self.progress.finished(&blob, BlobStatus::Moved);
        Ok(blob)
    }
}

async fn next_part(mut source: Source) -> Result<(Option<Bytes>, Source), Error> {
    blocking(move || Ok((source.next()?, source))).await
}
