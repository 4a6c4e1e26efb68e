//! Measures calls from many concurrent tasks, on one thread and on two.

use std::error::Error;

use super::super::{
    calls::program::{Calls, OURS},
    figures::{Figure, Quantity, Samples},
    measured,
};
use crate::text::number::grouped;

pub(super) const ONE_THREAD: &str = "Calls from concurrent tasks, one thread";
pub(super) const TWO_THREADS: &str = "Calls from concurrent tasks, two threads";

const TASKS: [u32; 6] = [1, 4, 16, 64, 256, 1024];

/// The least number of measured calls in each row.
const CALLS: u32 = 8192;

/// The least number of measured calls of each task. Between the warm-up and the measurement, all
/// connections are idle, and the pool closes those beyond its limit. With this many calls, the cost
/// of opening them again hardly counts.
const CALLS_PER_TASK: u32 = 64;

/// The number of calls of each task before the measurement, so that connections are open.
const WARM: u32 = 2;

/// The number of open files that a process may need: the caller and the server each have one
/// connection per task.
const OPEN_FILES: u64 = 4096;

pub(super) fn measure(url: &str, rounds: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    allow_open_files()?;
    let mut figures = Vec::new();
    for (table, threads) in [(ONE_THREAD, 1), (TWO_THREADS, 2)] {
        for tasks in TASKS {
            errln!("{table}: {tasks}");
            let (warm, calls) = (WARM.max(64 / tasks) * tasks, CALLS.max(CALLS_PER_TASK * tasks));
            let calls = Calls { url, operation: "PutImage", bytes: 0, warm, calls, tasks, threads };
            figures.extend(row(table, &calls, rounds)?);
        }
    }
    Ok(figures)
}

fn row(table: &str, calls: &Calls<'_>, rounds: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    let runs: Result<Vec<_>, _> = (0..rounds).map(|_| OURS.measure(calls)).collect();
    let runs = runs?;
    let what = grouped(calls.tasks as usize);
    let figure = |quantity, samples| {
        Figure::new(table, &what, quantity, samples).of_size(calls.tasks.into())
    };
    let cpu = Samples::seconds(runs.iter().map(|run| run.cpu));
    let peaks = measured::peaks(runs.iter().map(|run| run.peak));
    let mut figures = vec![figure(Quantity::CpuPerCall, cpu)];
    figures.extend(peaks.map(|peaks| figure(Quantity::PeakMemory, peaks)));
    Ok(figures)
}

/// Raises the limit of open files for this process and its children, if it is too low.
#[cfg(unix)]
fn allow_open_files() -> Result<(), Box<dyn Error>> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};

    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    if soft < OPEN_FILES {
        setrlimit(Resource::RLIMIT_NOFILE, OPEN_FILES.min(hard), hard)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn allow_open_files() -> Result<(), Box<dyn Error>> {
    Ok(())
}
