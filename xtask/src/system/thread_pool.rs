//! A list of jobs shared among threads: each takes the next one as soon as it is free.
//!
//! Knows nothing of what the jobs are.

use std::{
    num::NonZeroUsize,
    panic,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// What the job makes of each item, in the items' order. `done` hears of each result as it comes.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    threads: NonZeroUsize,
    job: impl Fn(&T) -> R + Sync,
    done: impl Fn(&T, &R) + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let work = || {
        while let Some((index, item)) = take(items, &next) {
            let result = job(item);
            done(item, &result);
            results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    thread::scope(|scope| {
        let count = threads.get().min(items.len());
        let crew: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        for member in crew {
            member.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
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
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items_and_each_is_told() {
        let items: Vec<usize> = (0..100).collect();
        let told = AtomicUsize::new(0);
        let threads = NonZeroUsize::new(3).unwrap();
        let count = |_: &usize, _: &usize| {
            told.fetch_add(1, Ordering::Relaxed);
        };
        let doubled = each(&items, threads, |item| item * 2, count);
        assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!(told.into_inner(), 100);
        assert!(each(&[], threads, |item: &usize| *item, |_, _| ()).is_empty());
    }
}
