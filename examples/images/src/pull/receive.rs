//! Downloads a blob into a layout. The next chunk is downloaded while one is written.

use std::sync::Arc;

use bytes::Bytes;

use super::download::Downloader;
use super::sink::{Sink, is_complete};
use crate::layout::LayoutWriter;
use crate::tasks::blocking;
use crate::{Blob, BlobStatus, Error, Progress};

/// The shared state of all downloads of a pull.
#[derive(Clone)]
pub(super) struct BlobReceiver {
    downloader: Downloader,
    writer: Arc<LayoutWriter>,
    progress: Arc<dyn Progress>,
}

impl BlobReceiver {
    pub(super) fn new(
        downloader: Downloader,
        writer: &Arc<LayoutWriter>,
        progress: Arc<dyn Progress>,
    ) -> Self {
        Self { downloader, writer: Arc::clone(writer), progress }
    }

    /// Downloads a blob unless the layout has it.
    pub(super) async fn receive(self, blob: Blob) -> Result<(Blob, BlobStatus), Error> {
        let (path, expected) = (self.writer.blob_path(blob.digest), blob.clone());
        let present = blocking(move || is_complete(&path, &expected)).await?;
        let status = if present { BlobStatus::AlreadyPresent } else { BlobStatus::Moved };
        if !present {
            self.fetch(&blob).await?;
        }
        self.progress.finished(&blob, status);
        Ok((blob, status))
    }

    async fn fetch(&self, blob: &Blob) -> Result<(), Error> {
        self.progress.started(blob);
        let (path, expected) = (self.writer.blob_path(blob.digest), blob.clone());
        let mut sink = blocking(move || Sink::open(path, &expected)).await?;
        let mut download = self.downloader.open(blob);
        let mut position = sink.written();
        if position > 0 {
            self.progress.moved(blob, position);
        }

        let mut chunk = Bytes::new();
        loop {
            let write = blocking(move || sink.write(&chunk).map(|()| sink));
            (chunk, sink) = tokio::try_join!(download.chunk(position), write)?;
            if chunk.is_empty() {
                break;
            }
            position += chunk.len() as u64;
            self.progress.moved(blob, chunk.len() as u64);
        }
        let location = self.downloader.location();
        blocking(move || sink.finish(&location)).await
    }
}
