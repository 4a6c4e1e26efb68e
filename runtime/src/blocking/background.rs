//! The thread behind blocking clients, and how a future is run on the thread that waits for it.
//!
//! A future is polled where it is waited for, and only sockets, clocks and the tasks of connections
//! are driven elsewhere. So calls of several threads share no processor but the system's, requests
//! need not be copied to another thread, and connections are looked after between calls. tokio's
//! own `block_on` could do the same, but panics inside an async runtime.

use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::task::unconstrained;

/// The runtime of all blocking clients, once there is one.
static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

/// Runs a future to its end.
///
/// # Errors
/// The system's, where it gives no thread or no sockets; the next call tries again.
pub(crate) fn run<F: Future>(future: F) -> io::Result<F::Output> {
    let runtime = runtime()?;
    let _entered = runtime.enter();
    // Inside a task of another runtime, tokio would count what is done here against that task, and
    // let nothing get on once it had its share, because the task does not yield.
    let mut future = pin!(unconstrained(future));
    let signal = Arc::new(Signal { woken: AtomicBool::new(false), waiting: thread::current() });
    let waker = Arc::clone(&signal).into();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        signal.wait();
    }
}

/// Wakes the thread that waits.
struct Signal {
    woken: AtomicBool,
    waiting: Thread,
}

impl Signal {
    /// Waits for a wake since the last wait. Others may unpark a thread as well.
    fn wait(&self) {
        while !self.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.waiting.unpark();
    }
}

fn runtime() -> io::Result<Handle> {
    // A panic of another thread leaves a handle or none.
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = &*runtime {
        return Ok(runtime.clone());
    }
    Ok(runtime.insert(start()?).clone())
}

/// Starts the thread. The runtime is made, and would be dropped, on it and not here, where dropping
/// one may be forbidden.
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
    fn a_future_is_polled_on_the_thread_that_waits() {
        let here = thread::current().id();
        let there = run(async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            thread::current().id()
        });
        assert_eq!(there.expect("a thread"), here);
    }

    #[test]
    fn somebody_elses_unpark_is_no_wake() {
        let mut polls = 0;
        let waiting = thread::current();
        let (sender, receiver) = tokio::sync::oneshot::channel();
        thread::spawn(move || {
            for _ in 0..100 {
                waiting.unpark();
                thread::yield_now();
            }
            sender.send(()).expect("a receiver");
        });
        let mut receiver = pin!(receiver);
        let counted = std::future::poll_fn(|context| {
            polls += 1;
            receiver.as_mut().poll(context)
        });
        run(counted).expect("a thread").expect("a sender");
        assert!(polls <= 2, "{polls}");
    }

    #[tokio::test]
    async fn more_work_than_a_task_may_do_at_once_is_done_inside_a_task() {
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
