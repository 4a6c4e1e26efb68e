//! Runs a list of jobs on several threads; each thread takes the next job as soon as it is free,
//! because jobs differ widely in size.

use std::{
    num::NonZeroUsize,
    panic,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Applies `job` to each item and returns the results in the order of the items. `on_result` is
/// called with each result as it arrives. With one thread, all work happens on the caller's thread.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    threads: NonZeroUsize,
    job: impl Fn(&T) -> R + Sync,
    on_result: impl Fn(&T, &R) + Sync,
) -> Vec<R> {
    if threads == NonZeroUsize::MIN {
        let result = |item| {
            let result = job(item);
            on_result(item, &result);
            result
        };
        return items.iter().map(result).collect();
    }
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let work = || {
        while let Some((index, item)) = take(items, &next) {
            let result = job(item);
            on_result(item, &result);
            results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    thread::scope(|scope| {
        let count = threads.get().min(items.len());
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn take<'t, T>(items: &'t [T], next: &AtomicUsize) -> Option<(usize, &'t T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items_and_each_is_reported() {
        let items: Vec<usize> = (0..100).collect();
        let calls = AtomicUsize::new(0);
        let count = |_: &usize, _: &usize| {
            calls.fetch_add(1, Ordering::Relaxed);
        };
        for threads in [1, 3, 200].map(threads) {
            let doubled = map(&items, threads, |item| item * 2, count);
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
            assert_eq!(calls.swap(0, Ordering::Relaxed), 100);
            assert!(map(&[], threads, |item: &usize| *item, |_, _| ()).is_empty());
        }
    }

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).unwrap()
    }

    /// With shares of equal size, the first thread would process the first two items.
    #[test]
    fn a_free_thread_takes_the_next_item() {
        let (started, other_started) = mpsc::channel();
        let (started, other_started) = (Mutex::new(started), Mutex::new(other_started));
        let job = |item: &i32| match item {
            // The limit only keeps a wrong implementation from waiting forever.
            0 => {
                let started = other_started.lock().unwrap();
                started.recv_timeout(Duration::from_secs(60)).expect("the other thread is free");
            }
            1 => started.lock().unwrap().send(()).unwrap(),
            _ => {}
        };
        map(&[0, 1, 2, 3], threads(2), job, |_, ()| ());
    }

    #[test]
    fn one_thread_is_the_caller() {
        let caller = thread::current().id();
        let ids = map(&[1, 2], threads(1), |_| thread::current().id(), |_, _| ());
        assert_eq!(ids, [caller, caller]);
    }
}
