//! Runs the background thread of blocking clients, and their futures on the calling thread.
//!
//! The calling thread polls the future; the background thread drives only sockets, timers and the
//! tasks of connections. Calls from several threads therefore run in parallel, requests need not be
//! copied to another thread, and connections are served between calls. tokio's own `block_on` would
//! do the same but panics inside an async runtime.

use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::task::unconstrained;

/// The handle of the runtime of all blocking clients, once it is started.
static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

/// Runs a future to completion on the current thread.
///
/// # Errors
/// Returns the error of the operating system if it cannot provide a thread or I/O resources. The
/// next call tries again.
pub(crate) fn run<F: Future>(future: F) -> io::Result<F::Output> {
    let runtime = runtime()?;
    let _entered = runtime.enter();
    // Inside a task of another runtime, tokio would charge this work to the cooperative budget of
    // that task. The task does not yield, so the future would stall once the budget is used up.
    let mut future = pin!(unconstrained(future));
    let thread_waker =
        Arc::new(ThreadWaker { woken: AtomicBool::new(false), thread: thread::current() });
    let waker = Arc::clone(&thread_waker).into();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        thread_waker.wait();
    }
}

/// Wakes a parked thread.
struct ThreadWaker {
    woken: AtomicBool,
    thread: Thread,
}

impl ThreadWaker {
    /// Parks until the waker has been called since the last wait. Unparking by other code is
    /// ignored.
    fn wait(&self) {
        while !self.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for ThreadWaker {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

fn runtime() -> io::Result<Handle> {
    // A panic of another thread cannot leave the value inconsistent: it is a handle or `None`.
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = &*runtime {
        return Ok(runtime.clone());
    }
    Ok(runtime.insert(start()?).clone())
}

/// Starts the background thread. The thread owns the runtime, because dropping a runtime is not
/// allowed in async contexts.
fn start() -> io::Result<Handle> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().name("longshore-blocking".to_owned()).spawn(move || {
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return drop(sender.send(Err(error))),
        };
        let _ = sender.send(Ok(runtime.handle().clone()));
        runtime.block_on(std::future::pending::<()>());
    })?;
    receiver.recv().map_err(io::Error::other)?
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_future_is_polled_on_the_calling_thread() {
        let caller = thread::current().id();
        let polled_on = run(async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            thread::current().id()
        });
        assert_eq!(polled_on.expect("a thread"), caller);
    }

    #[test]
    fn unparking_by_other_code_is_ignored() {
        let mut polls = 0;
        let thread = thread::current();
        let (sender, receiver) = tokio::sync::oneshot::channel();
        thread::spawn(move || {
            for _ in 0..100 {
                thread.unpark();
                thread::yield_now();
            }
            sender.send(()).expect("a receiver");
        });
        let mut receiver = pin!(receiver);
        let count_polls = std::future::poll_fn(|context| {
            polls += 1;
            receiver.as_mut().poll(context)
        });
        run(count_polls).expect("a thread").expect("a sender");
        assert!(polls <= 2, "{polls}");
    }

    #[tokio::test]
    async fn a_future_inside_a_task_can_exceed_the_cooperative_budget() {
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        let sum = tokio::spawn(async move {
            (0..1000_u32).for_each(|number| sender.send(number).expect("a receiver"));
            drop(sender);
            run(async move {
                let mut sum = 0;
                while let Some(number) = receiver.recv().await {
                    sum += number;
                }
                sum
            })
        });
        assert_eq!(sum.await.expect("no panic").expect("a thread"), 499_500);
    }
}
