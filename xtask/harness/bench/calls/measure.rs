//! The parts that the measured callers share: operations, data, and the measurement itself.
//!
//! Each caller includes this file as a module by path. It must not depend on any client.

use std::cell::RefCell;
use std::error::Error;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

/// The error of a call, with any client.
pub type Failure = Box<dyn Error>;

/// A manifest of typical size, which the server also returns.
pub const MANIFEST: &str = include_str!("manifest.json");

/// The number of images that the server describes.
pub const IMAGES: usize = 1000;

/// The largest part of a layer that the service accepts.
pub const PART: usize = 20 * 1024 * 1024;

/// A client that makes the measured calls.
pub trait Caller: Sized {
    /// Creates a client for the server at `url`.
    fn new(url: &str) -> Result<Self, Failure>;
    /// Puts [`MANIFEST`].
    async fn put_image(&self) -> Result<(), Failure>;
    /// Gets three images.
    async fn batch_get_image(&self) -> Result<(), Failure>;
    /// Describes [`IMAGES`] images.
    async fn describe_images(&self) -> Result<(), Failure>;
    /// Uploads a part of a layer.
    async fn upload_layer_part(&self, part: Vec<u8>) -> Result<(), Failure>;
}

/// Runs the calls that the command line names, on a single-threaded tokio runtime.
pub fn run<C: Caller>() -> Result<(), Failure> {
    let task = Task::from_args()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let caller = C::new(&task.url)?;
    runtime.block_on(async {
        match task.operation.as_str() {
            "PutImage" => task.measure(async || caller.put_image().await).await,
            "BatchGetImage" => task.measure(async || caller.batch_get_image().await).await,
            "DescribeImages" => task.measure(async || caller.describe_images().await).await,
            "UploadLayerPart" => {
                let parts = task.parts();
                task.measure(async || caller.upload_layer_part(parts.next()?).await).await
            }
            other => Err(format!("unknown call {other}").into()),
        }
    })
}

/// The command-line arguments: `URL OPERATION WARM-UP CALLS`.
struct Task {
    url: String,
    operation: String,
    warm: usize,
    calls: usize,
}

impl Task {
    fn from_args() -> Result<Self, Failure> {
        let mut args = std::env::args().skip(1);
        let mut next = |what: &str| args.next().ok_or_else(|| format!("{what} is missing"));
        let (url, operation) = (next("the URL")?, next("the operation")?);
        let (warm, calls) = (next("the warm-up")?.parse()?, next("the number of calls")?.parse()?);
        Ok(Self { url, operation, warm, calls })
    }

    /// One part for each call.
    fn parts(&self) -> Parts {
        Parts(RefCell::new(vec![part(); self.warm + self.calls]))
    }

    /// Makes the calls one after another and prints the processor time per call in nanoseconds.
    async fn measure(&self, call: impl AsyncFn() -> Result<(), Failure>) -> Result<(), Failure> {
        for _ in 0..self.warm {
            call().await?;
        }
        let before = processor_time()?;
        for _ in 0..self.calls {
            call().await?;
        }
        let spent = processor_time()?.saturating_sub(before);
        println!("{}", spent.as_nanos() / self.calls.max(1) as u128);
        Ok(())
    }
}

/// Parts of a layer, created before the measurement, because a real caller has its data already.
struct Parts(RefCell<Vec<Vec<u8>>>);

impl Parts {
    /// The next part.
    fn next(&self) -> Result<Vec<u8>, Failure> {
        self.0.borrow_mut().pop().ok_or_else(|| "there are no more parts".into())
    }
}

/// The bytes of a layer: pseudo-random, like compressed data.
fn part() -> Vec<u8> {
    let mut state = 1_u64;
    let mut word = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 32) as u32
    };
    (0..PART / 4).flat_map(|_| word().to_le_bytes()).collect()
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
