//! A value that is loaded once, on a separate thread, for all tasks that wait for it.
//!
//! The thread makes progress even if no task is polled, so the tasks of one runtime never wait for
//! another runtime.

use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::sync::watch::{self, Receiver};

/// `None` while the load is running.
type Progress<T> = Option<Result<T, String>>;

/// A value that is loaded on first use.
pub(crate) struct BackgroundLoad<T> {
    /// The last load that was started.
    last: Mutex<Option<Receiver<Progress<T>>>>,
}

impl<T: Clone + Send + Sync + 'static> BackgroundLoad<T> {
    pub(crate) const fn new() -> Self {
        Self { last: Mutex::new(None) }
    }

    /// Returns the value. The first call starts `load`. All calls made before it ends wait for its
    /// result. A failure is returned to all of them, and the next call loads again.
    pub(crate) async fn get(
        &self,
        load: impl FnOnce() -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        let mut receiver = self.start(load)?;
        let Ok(progress) = receiver.wait_for(Option::is_some).await else {
            return Err("the thread that loads it panicked".to_owned());
        };
        progress.clone().unwrap_or_else(|| Err("not loaded".to_owned()))
    }

    /// Starts a load, unless one is running or has succeeded.
    fn start(
        &self,
        load: impl FnOnce() -> Result<T, String> + Send + 'static,
    ) -> Result<Receiver<Progress<T>>, String> {
        // Held only to start the thread.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(receiver) = last.as_ref().filter(|receiver| !has_failed(receiver)) {
            return Ok(receiver.clone());
        }
        let (sender, receiver) = watch::channel(None);
        let work = move || drop(sender.send_replace(Some(load())));
        let thread = thread::Builder::new().name("longshore-load".to_owned()).spawn(work);
        thread.map_err(|error| format!("the thread that loads it could not start: {error}"))?;
        Ok(last.insert(receiver).clone())
    }
}

/// Returns true if a load has ended without a value.
fn has_failed<T>(receiver: &Receiver<Progress<T>>) -> bool {
    // Read before the value: the value is set before the channel is closed.
    let closed = receiver.has_changed().is_err();
    match &*receiver.borrow() {
        Some(result) => result.is_err(),
        None => closed,
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn block_on<F: Future>(future: F) -> F::Output {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime").block_on(future)
    }

    #[test]
    fn tasks_of_all_runtimes_share_one_load() {
        let load = Arc::new(BackgroundLoad::new());
        let loads = Arc::new(AtomicUsize::new(0));
        let (finish, finished) = mpsc::channel();
        let count = Arc::clone(&loads);
        let slow = move || {
            count.fetch_add(1, Ordering::SeqCst);
            finished.recv().map_err(|error| error.to_string())
        };
        // The task that starts the load is never polled again.
        let mut abandoned = pin!(load.get(slow));
        let mut context = Context::from_waker(Waker::noop());
        assert!(abandoned.as_mut().poll(&mut context).is_pending());

        thread::scope(|scope| {
            let waiting: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| block_on(load.get(|| Err("another load".to_owned())))))
                .collect();
            finish.send(7).expect("a load");
            for thread in waiting {
                assert_eq!(thread.join().expect("no panic"), Ok(7));
            }
        });
        assert_eq!(block_on(load.get(|| Err("another load".to_owned()))), Ok(7));
        assert_eq!(loads.load(Ordering::SeqCst), 1);
        assert_eq!(abandoned.as_mut().poll(&mut context), Poll::Ready(Ok(7)));
    }

    #[test]
    fn a_failure_is_reported_to_all_who_wait_and_not_kept() {
        let load = BackgroundLoad::new();
        let (fail, failed) = mpsc::channel::<()>();
        let failing = move || failed.recv().map_err(|_| "no file".to_owned()).map(|()| 1);
        let (mut first, mut second) = (pin!(load.get(failing)), pin!(load.get(|| Ok(2))));
        let mut context = Context::from_waker(Waker::noop());
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert!(second.as_mut().poll(&mut context).is_pending());
        drop(fail);
        assert_eq!(block_on(first), Err("no file".to_owned()));
        assert_eq!(block_on(second), Err("no file".to_owned()));
        assert_eq!(block_on(load.get(|| Ok(3))), Ok(3));
    }

    #[test]
    fn a_panic_of_the_load_is_an_error() {
        let load = BackgroundLoad::new();
        let error = block_on(load.get(|| panic!("for the test"))).expect_err("a panic");
        assert!(error.contains("panicked"), "{error}");
        assert_eq!(block_on(load.get(|| Ok(1))), Ok(1));
    }
}
