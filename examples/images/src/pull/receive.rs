//! A blob on its way into a layout, in pieces: while one is written, the next one comes.

use std::sync::Arc;

use bytes::Bytes;

use super::download::Downloads;
use super::sink::{Sink, is_whole};
use crate::layout::Store;
use crate::tasks::blocking;
use crate::{Blob, Error, Outcome, Progress};

/// What all downloads of a pull share.
#[derive(Clone)]
pub(super) struct Receiver {
    downloads: Downloads,
    store: Arc<Store>,
    progress: Arc<dyn Progress>,
}

impl Receiver {
    pub(super) fn new(
        downloads: Downloads,
        store: &Arc<Store>,
        progress: Arc<dyn Progress>,
    ) -> Self {
        Self { downloads, store: Arc::clone(store), progress }
    }

    /// Sees to it that the layout has a blob.
    pub(super) async fn receive(self, blob: Blob) -> Result<(Blob, Outcome), Error> {
        let (path, wanted) = (self.store.blob_path(blob.digest), blob.clone());
        let there = blocking(move || is_whole(&path, &wanted)).await?;
        let outcome = if there { Outcome::AlreadyThere } else { Outcome::Moved };
        if !there {
            self.fetch(&blob).await?;
        }
        self.progress.finished(&blob, outcome);
        Ok((blob, outcome))
    }

    async fn fetch(&self, blob: &Blob) -> Result<(), Error> {
        self.progress.started(blob);
        let (path, wanted) = (self.store.blob_path(blob.digest), blob.clone());
        let mut sink = blocking(move || Sink::open(path, &wanted)).await?;
        let mut download = self.downloads.open(blob);
        let mut at = sink.written();
        if at > 0 {
            self.progress.moved(blob, at);
        }

        let mut piece = Bytes::new();
        loop {
            let write = blocking(move || sink.write(&piece).map(|()| sink));
            (piece, sink) = tokio::try_join!(download.piece(at), write)?;
            if piece.is_empty() {
                break;
            }
            at += piece.len() as u64;
            self.progress.moved(blob, piece.len() as u64);
        }
        let place = self.downloads.place();
        blocking(move || sink.finish(&place)).await
    }
}
