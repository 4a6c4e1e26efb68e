//! Moves container images between OCI image layouts and registries: pushes to Amazon ECR and Amazon ECR
//! Public, and pulls from Amazon ECR, with the clients of [`longshore`].
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//!
//! use longshore_images::{Layout, PushOptions, Remote, push};
//!
//! let config = longshore::Config::from_env().await?;
//! let remote = Remote::Private(longshore::ecr::Client::new(&config));
//! let layout = Layout::open("image")?;
//! let pushed =
//!     push(&remote, &layout, &"team/app:v1".parse()?, &PushOptions::new(), Arc::new(())).await?;
//! println!("{}: {} bytes moved", pushed.digest, pushed.moved.bytes);
//! # Ok(())
//! # }
//! ```
//!
//! [`push`] and [`pull`] can be interrupted at any time and resumed: the tag, or the entry in
//! `index.json`, is written last. [`Progress`] receives a report for every blob and every part.
//! [`sample::write`] generates a layout to test with.

mod blob;
mod descriptor;
mod digest;
mod embedded;
mod error;
mod image;
mod layout;
pub mod lightsail;
mod manifest;
mod options;
mod platform;
pub mod program;
mod progress;
mod pull;
mod push;
mod reference;
mod remote;
pub mod sample;
mod summary;
mod tasks;

pub use blob::Blob;
pub use descriptor::Descriptor;
pub use digest::{Digest, DigestError, Hasher};
pub use error::{ContentError, Error, SelectError};
pub use image::Image;
pub use layout::Layout;
pub use manifest::{MEDIA_TYPES, Manifest};
pub use options::{PullOptions, PushOptions};
pub use platform::{Platform, PlatformError};
pub use progress::{BlobStatus, Progress};
pub use pull::pull;
pub use push::push;
pub use reference::{Reference, ReferenceError};
pub use remote::Remote;
pub use sample::SampleOptions;
pub use summary::{Amount, Summary};
