//! Runs a list of jobs on several threads; each thread takes the next job as soon as it is free,
//! because jobs differ widely in size.

use std::{
    cmp::Reverse,
    num::NonZeroUsize,
    panic,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Returns the requested number of threads, or the number of cores.
#[must_use]
pub fn threads(wanted: Option<NonZeroUsize>) -> NonZeroUsize {
    wanted.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

/// Applies `job` to each item and returns the results in the order of the items. With one thread,
/// all work happens on the caller's thread.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    threads: NonZeroUsize,
    job: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    if threads == NonZeroUsize::MIN {
        return items.iter().map(job).collect();
    }
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let work = || {
        while let Some((index, item)) = take(items, &next) {
            let result = job(item);
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

/// Like [`map`], but starts with the largest items, so that no thread works on one of them alone at
/// the end.
pub fn map_largest_first<T: Sync, R: Send>(
    items: &[T],
    threads: NonZeroUsize,
    size: impl Fn(&T) -> u64,
    job: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<(usize, &T)> = items.iter().enumerate().collect();
    order.sort_by_cached_key(|(_, item)| Reverse(size(item)));
    let mut results = map(&order, threads, |(index, item)| (*index, job(item)));
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
    fn results_are_in_the_order_of_the_items_and_each_job_runs_once() {
        let items: Vec<usize> = (0..100).collect();
        let calls = AtomicUsize::new(0);
        let job = |item: &usize| {
            calls.fetch_add(1, Ordering::Relaxed);
            item * 2
        };
        for threads in [1, 3, 200].map(count) {
            let doubled = map(&items, threads, job);
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
            assert_eq!(calls.swap(0, Ordering::Relaxed), 100);
            assert!(map(&[], threads, |item: &usize| *item).is_empty());
        }
    }

    #[test]
    fn the_largest_item_is_first_and_results_keep_the_order_of_the_items() {
        let started = Mutex::new(Vec::new());
        let job = |item: &u64| {
            started.lock().unwrap().push(*item);
            item * 2
        };
        let doubled = map_largest_first(&[2, 5, 1, 5, 3], count(1), |item| *item, job);
        assert_eq!(doubled, [4, 10, 2, 10, 6]);
        assert_eq!(started.into_inner().unwrap(), [5, 5, 3, 2, 1]);
        for threads in [2, 200].map(count) {
            let doubled = map_largest_first(&[2, 5, 1], threads, |item| *item, |item| item * 2);
            assert_eq!(doubled, [4, 10, 2]);
        }
    }

    fn count(threads: usize) -> NonZeroUsize {
        NonZeroUsize::new(threads).unwrap()
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
        map(&[0, 1, 2, 3], count(2), job);
    }

    #[test]
    fn one_thread_is_the_caller() {
        let caller = thread::current().id();
        let ids = map(&[1, 2], count(1), |_| thread::current().id());
        assert_eq!(ids, [caller, caller]);
    }
}
