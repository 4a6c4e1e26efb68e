//! A blob on its way to a repository, in parts: while one is sent, the next is read.

use std::sync::Arc;

use bytes::Bytes;

use super::source::Source;
use crate::tasks::blocking;
use crate::{Blob, Error, Layout, Outcome, Progress, Remote};

/// What all uploads of a push share.
#[derive(Clone)]
pub(super) struct Sender {
    remote: Remote,
    layout: Arc<Layout>,
    repository: Arc<str>,
    progress: Arc<dyn Progress>,
}

impl Sender {
    pub(super) fn new(
        remote: &Remote,
        layout: &Layout,
        repository: &str,
        progress: Arc<dyn Progress>,
    ) -> Self {
        let (remote, layout) = (remote.clone(), Arc::new(layout.clone()));
        Self { remote, layout, repository: repository.into(), progress }
    }

    /// Sends a blob. The parts go one after the other, because the service takes no gaps.
    pub(super) async fn upload(self, blob: Blob) -> Result<Blob, Error> {
        self.progress.started(&blob);
        let upload = self.remote.begin(&self.repository, blob.digest).await?;
        let path = self.layout.blob_path(blob.digest);
        let (wanted, part_size) = (blob.clone(), upload.part_size);
        let source = blocking(move || Source::open(path, &wanted, part_size)).await?;

        let mut first = 0;
        let (mut part, mut source) = next_part(source).await?;
        while let Some(bytes) = part {
            let length = bytes.len() as u64;
            let sent = self.remote.send(&upload, first, bytes);
            ((), (part, source)) = tokio::try_join!(sent, next_part(source))?;
            self.progress.moved(&blob, length);
            first += length;
        }
        self.remote.complete(&upload).await?;
        self.progress.finished(&blob, Outcome::Moved);
        Ok(blob)
    }
}

async fn next_part(mut source: Source) -> Result<(Option<Bytes>, Source), Error> {
    blocking(move || Ok((source.next()?, source))).await
}
