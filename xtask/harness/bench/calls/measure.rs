//! What the measured callers have in common: what they are asked for, with which data, and how its
//! cost is taken. A module of each of them, by path, so that it cannot differ between them.
//!
//! Must not know any client.

use std::cell::RefCell;
use std::error::Error;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

/// What a call ends with that went wrong, whichever client made it.
pub type Failure = Box<dyn Error>;

/// A manifest of the usual size, which is also what the server answers with.
pub const MANIFEST: &str = include_str!("manifest.json");

/// How many images the server describes.
pub const IMAGES: usize = 1000;

/// The largest part of a layer that the service takes.
pub const PART: usize = 20 * 1024 * 1024;

/// A client, and how it makes the calls that are measured.
pub trait Caller: Sized {
    /// A client of the server at `url`.
    fn new(url: &str) -> Result<Self, Failure>;
    /// Puts [`MANIFEST`].
    async fn put_image(&self) -> Result<(), Failure>;
    /// Gets three images.
    async fn batch_get_image(&self) -> Result<(), Failure>;
    /// Asks for [`IMAGES`] images.
    async fn describe_images(&self) -> Result<(), Failure>;
    /// Sends a part of a layer.
    async fn upload_layer_part(&self, part: Vec<u8>) -> Result<(), Failure>;
}

/// Does what the command line asks for, on a tokio runtime of one thread.
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
            other => Err(format!("there is no call {other}").into()),
        }
    })
}

/// What a caller is asked to do, on its command line: `URL OPERATION WARM-UP CALLS`.
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

    /// A part for each call.
    fn parts(&self) -> Parts {
        Parts(RefCell::new(vec![part(); self.warm + self.calls]))
    }

    /// Makes the calls one after another and prints the processor time of a call in nanoseconds.
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

/// Parts of a layer, one for each call, because a caller has read them from somewhere before it calls.
struct Parts(RefCell<Vec<Vec<u8>>>);

impl Parts {
    /// The next one.
    fn next(&self) -> Result<Vec<u8>, Failure> {
        self.0.borrow_mut().pop().ok_or_else(|| "there are no more parts".into())
    }
}

/// Bytes of a layer: compressed, so that they look like chance.
fn part() -> Vec<u8> {
    let mut state = 1_u64;
    let mut word = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 32) as u32
    };
    (0..PART / 4).flat_map(|_| word().to_le_bytes()).collect()
}

/// An error where an answer is not the one that the server gave.
pub fn check(right: bool) -> Result<(), Failure> {
    if right { Ok(()) } else { Err("the answer is not what the server sent".into()) }
}

/// User and system time of this process so far, of all its threads.
fn processor_time() -> Result<Duration, Failure> {
    let duration = |time: TimeVal| -> Result<Duration, Failure> {
        let (seconds, micros) = (u64::try_from(time.tv_sec())?, u64::try_from(time.tv_usec())?);
        Ok(Duration::from_secs(seconds) + Duration::from_micros(micros))
    };
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok(duration(usage.user_time())? + duration(usage.system_time())?)
}
