//! Applies a function to a list on several threads; each thread takes the next item as soon as it is
//! free, because items differ widely in size.

use std::{
    panic,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Returns the results in the order of the items. With one thread, all work happens on the caller's
/// thread.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    job: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = threads.min(items.len());
    if threads <= 1 {
        return items.iter().map(job).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        while let Some((index, item)) = take(items, &next) {
            results.push((index, job(item)));
        }
        results
    };
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        // Propagates a panic of a thread; the generator does not panic on any model.
        let joined = handles.into_iter().map(|handle| handle.join());
        joined.flat_map(|results| results.unwrap_or_else(|p| panic::resume_unwind(p))).collect()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn take<'t, T>(items: &'t [T], next: &AtomicUsize) -> Option<(usize, &'t T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Mutex, mpsc},
        time::Duration,
    };

    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
        for threads in [0, 1, 3, 200] {
            assert_eq!(map(&items, threads, |item| item * 2), doubled, "{threads}");
        }
        assert!(map(&[], 3, |item: &usize| *item).is_empty());
    }

    /// With shares of equal size, the first thread would process the first two items.
    #[test]
    fn a_free_thread_takes_the_next_item() {
        let (started, other_started) = mpsc::channel();
        let (started, other_started) = (Mutex::new(started), Mutex::new(other_started));
        map(&[0, 1, 2, 3], 2, |item| match item {
            // The limit only keeps a wrong implementation from waiting forever.
            0 => {
                let started = other_started.lock().expect("no panic");
                started.recv_timeout(Duration::from_secs(60)).expect("the other thread is free");
            }
            1 => started.lock().expect("no panic").send(()).expect("received"),
            _ => {}
        });
    }

    #[test]
    fn one_thread_is_the_caller() {
        let caller = thread::current().id();
        assert_eq!(map(&[1, 2], 1, |_| thread::current().id()), [caller, caller]);
    }
}
