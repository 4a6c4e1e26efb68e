//! The parts that the measured callers share: operations, data, and the measurement itself.
//!
//! Each caller includes this file as a module by path. It must not depend on any client.

use std::error::Error;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use tokio::runtime::{Builder, Runtime};

/// The error of a call, with any client.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A manifest of typical size, which the server also returns.
pub const MANIFEST: &str = include_str!("manifest.json");

/// The number of images that the server describes.
pub const IMAGES: usize = 1000;

/// A client that makes the measured calls.
pub trait Caller: Sized + Send + Sync + 'static {
    /// Creates a client for the server at `url`.
    fn new(url: &str) -> Result<Self, Failure>;
    /// Puts [`MANIFEST`].
    fn put_image(&self) -> impl Future<Output = Result<(), Failure>> + Send;
    /// Gets three images.
    fn batch_get_image(&self) -> impl Future<Output = Result<(), Failure>> + Send;
    /// Gets one image with a manifest of `length` bytes.
    fn get_manifest(&self, length: usize) -> impl Future<Output = Result<(), Failure>> + Send;
    /// Describes [`IMAGES`] images.
    fn describe_images(&self) -> impl Future<Output = Result<(), Failure>> + Send;
    /// Uploads a part of a layer.
    fn upload_layer_part(&self, part: Vec<u8>) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Makes the calls that the command line describes. Prints the processor time per call in
/// nanoseconds and the peak memory of the process in bytes.
pub fn run<C: Caller>() -> Result<(), Failure> {
    let plan = Plan::from_args()?;
    let caller = Arc::new(C::new(&plan.url)?);
    let work = Arc::new(Work::new(&plan));
    let calls = |count| plan.make(&caller, &work, count);
    plan.runtime()?.block_on(async {
        calls(plan.warm).await?;
        let before = processor_time()?;
        let made = calls(plan.calls).await?;
        let spent = processor_time()?.saturating_sub(before);
        println!("{} {}", spent.as_nanos() / made.max(1) as u128, peak_memory());
        Ok(())
    })
}

/// The command-line arguments: `URL OPERATION BYTES WARM-UP CALLS TASKS THREADS`.
struct Plan {
    url: String,
    operation: String,
    /// The size of the body of UploadLayerPart, or of the manifest that BatchGetImage returns. If
    /// it is zero, BatchGetImage returns three images.
    bytes: usize,
    warm: usize,
    calls: usize,
    tasks: usize,
    threads: usize,
}

impl Plan {
    fn from_args() -> Result<Self, Failure> {
        let args: Vec<String> = std::env::args().skip(1).collect();
        let [url, operation, numbers @ ..] = args.as_slice() else {
            return Err("the URL or the operation is missing".into());
        };
        let numbers: Vec<usize> =
            numbers.iter().map(|arg| arg.parse()).collect::<Result<_, _>>()?;
        let [bytes, warm, calls, tasks, threads] = numbers[..] else {
            return Err("five numbers must follow the operation".into());
        };
        let (url, operation) = (url.clone(), operation.clone());
        Ok(Self { url, operation, bytes, warm, calls, tasks, threads })
    }

    fn runtime(&self) -> std::io::Result<Runtime> {
        match self.threads {
            1 => Builder::new_current_thread().enable_all().build(),
            threads => Builder::new_multi_thread().worker_threads(threads).enable_all().build(),
        }
    }

    /// The number of calls per task if all tasks together make at least `count` calls.
    fn share(&self, count: usize) -> usize {
        count.div_ceil(self.tasks.max(1))
    }

    /// Makes at least `count` calls in concurrent tasks, one after another in each task. Returns
    /// the number of calls.
    async fn make<C: Caller>(
        &self,
        caller: &Arc<C>,
        work: &Arc<Work>,
        count: usize,
    ) -> Result<usize, Failure> {
        let share = self.share(count);
        if self.tasks <= 1 {
            work.repeat(&**caller, share).await?;
            return Ok(share);
        }
        let start = |_| {
            let (caller, work) = (Arc::clone(caller), Arc::clone(work));
            tokio::spawn(async move { work.repeat(&*caller, share).await })
        };
        let tasks: Vec<_> = (0..self.tasks).map(start).collect();
        for task in tasks {
            task.await??;
        }
        Ok(share * self.tasks)
    }
}

/// The call to make, and its data.
struct Work {
    operation: String,
    bytes: usize,
    /// One part for each call. All are created before the measurement, because a real caller
    /// already has its data.
    parts: Mutex<Vec<Vec<u8>>>,
}

impl Work {
    fn new(plan: &Plan) -> Self {
        let calls = (plan.share(plan.warm) + plan.share(plan.calls)) * plan.tasks.max(1);
        let parts = if plan.operation == "UploadLayerPart" { calls } else { 0 };
        Self {
            operation: plan.operation.clone(),
            bytes: plan.bytes,
            parts: Mutex::new((0..parts).map(|_| part(plan.bytes)).collect()),
        }
    }

    async fn repeat<C: Caller>(&self, caller: &C, count: usize) -> Result<(), Failure> {
        for _ in 0..count {
            match (self.operation.as_str(), self.bytes) {
                ("PutImage", _) => caller.put_image().await?,
                ("BatchGetImage", 0) => caller.batch_get_image().await?,
                ("BatchGetImage", length) => caller.get_manifest(length).await?,
                ("DescribeImages", _) => caller.describe_images().await?,
                ("UploadLayerPart", _) => caller.upload_layer_part(self.next_part()?).await?,
                (other, _) => return Err(format!("unknown call {other}").into()),
            }
        }
        Ok(())
    }

    fn next_part(&self) -> Result<Vec<u8>, Failure> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.pop().ok_or_else(|| "there are no more parts".into())
    }
}

/// The bytes of a layer: pseudo-random, like compressed data.
fn part(bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut byte = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..bytes).map(|_| byte()).collect()
}

/// Returns an error if a response is not the one that the server sends.
pub fn check(right: bool) -> Result<(), Failure> {
    if right { Ok(()) } else { Err("the response differs from what the server sent".into()) }
}

/// User and system time of this process so far, in all threads.
fn processor_time() -> Result<Duration, Failure> {
    let duration = |time: TimeVal| -> Result<Duration, Failure> {
        let (seconds, micros) = (u64::try_from(time.tv_sec())?, u64::try_from(time.tv_usec())?);
        Ok(Duration::from_secs(seconds) + Duration::from_micros(micros))
    };
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok(duration(usage.user_time())? + duration(usage.system_time())?)
}

/// The highest resident set size of this process in bytes, or zero if it is unknown. `getrusage`
/// would include the memory of the process that started this one.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0) * 1024
}
