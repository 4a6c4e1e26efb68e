//! Progress implementations: one records all reports, one interrupts a transfer.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use longshore_images::{Blob, BlobStatus, Digest, Progress};
use tokio::sync::Notify;

/// The reports for one blob.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordedBlob {
    pub size: u64,
    pub started: bool,
    pub moved: u64,
    pub status: Option<BlobStatus>,
}

#[derive(Debug, Default)]
pub struct ProgressRecorder {
    blobs: Mutex<BTreeMap<Digest, RecordedBlob>>,
    /// The maximum number of concurrent blobs.
    max_concurrent: Mutex<usize>,
}

impl ProgressRecorder {
    pub fn blobs(&self) -> BTreeMap<Digest, RecordedBlob> {
        self.blobs.lock().expect("the lock is not poisoned").clone()
    }

    pub fn max_concurrent(&self) -> usize {
        *self.max_concurrent.lock().expect("the lock is not poisoned")
    }

    fn change(&self, blob: &Blob, change: impl FnOnce(&mut RecordedBlob)) {
        let mut blobs = self.blobs.lock().expect("the lock is not poisoned");
        change(blobs.get_mut(&blob.digest).expect("the blob was planned"));
        let active = blobs.values().filter(|it| it.started && it.status.is_none()).count();
        let mut max = self.max_concurrent.lock().expect("the lock is not poisoned");
        *max = active.max(*max);
    }
}

impl Progress for ProgressRecorder {
    fn planned(&self, blobs: &[Blob]) {
        let blobs = blobs
            .iter()
            .map(|blob| (blob.digest, RecordedBlob { size: blob.size, ..RecordedBlob::default() }));
        self.blobs.lock().expect("the lock is not poisoned").extend(blobs);
    }

    fn started(&self, blob: &Blob) {
        self.change(blob, |blob| blob.started = true);
    }

    fn moved(&self, blob: &Blob, bytes: u64) {
        self.change(blob, |blob| blob.moved += bytes);
    }

    fn finished(&self, blob: &Blob, status: BlobStatus) {
        self.change(blob, |blob| blob.status = Some(status));
    }
}

/// Cancels a transfer after a number of bytes.
#[derive(Debug)]
pub struct Interruption {
    remaining: AtomicU64,
    reached: Notify,
}

impl Interruption {
    pub fn after(bytes: u64) -> Arc<Self> {
        Arc::new(Self { remaining: AtomicU64::new(bytes), reached: Notify::new() })
    }

    /// Runs a transfer until the bytes have been moved, then drops it.
    pub async fn interrupt<T>(&self, transfer: impl Future<Output = T>) {
        tokio::select! {
            biased;
            () = self.reached.notified() => {}
            _ = transfer => panic!("the transfer ended before it was interrupted"),
        }
    }
}

impl Progress for Interruption {
    fn moved(&self, _: &Blob, bytes: u64) {
        let before = self.remaining.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |remaining| {
            Some(remaining.saturating_sub(bytes))
        });
        if before.is_ok_and(|before| (1..=bytes).contains(&before)) {
            self.reached.notify_one();
        }
    }
}
