//! Waits until a runtime has nothing to do.

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::yield_now;

/// Waits until all tasks of the current runtime are waiting. After a call, the connection is then
/// back in the pool, because a separate task puts it there.
pub async fn wait_until_idle() {
    let runtime = Handle::current();
    if runtime.runtime_flavor() == RuntimeFlavor::CurrentThread {
        // Each iteration lets all ready tasks run, and no chain of wakeups is longer than 100.
        for _ in 0..100 {
            yield_now().await;
        }
        return;
    }
    let metrics = runtime.metrics();
    // The count of a worker is odd while it is parked.
    let is_parked = |worker| metrics.worker_park_unpark_count(worker) % 2 == 1;
    while metrics.global_queue_depth() > 0 || !(0..metrics.num_workers()).all(is_parked) {
        yield_now().await;
    }
}
