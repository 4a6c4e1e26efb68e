//! Pushes an image from an OCI image layout to Amazon ECR or, with `--public`, to Amazon ECR Public:
//!
//! ```text
//! cargo run --example make_layout -- /tmp/image
//! cargo run --example push -- /tmp/image --repository demo:1 --local
//! AWS_PROFILE=... cargo run --release --example push -- DIR --repository team/app:v1 --create
//! ```
//!
//! `skopeo copy docker://IMAGE oci:DIR` and `crane pull --format=oci IMAGE DIR` write such layouts.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::Parser;
use longshore::{Config, Environment, ecr, ecr_public};
use longshore_images::program::{Advice, Connection, Jobs, TransferDisplay, run, summary_line};
use longshore_images::{Layout, PushOptions, Reference, Remote};
use longshore_testing::Registry;

/// Pushes an image from an OCI image layout to Amazon ECR or Amazon ECR Public.
#[derive(Debug, Parser)]
#[command(name = "push", version)]
struct Options {
    /// The folder of the layout
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The repository and the tag; without TAG, the image is not tagged (not even as `latest`)
    #[arg(long, value_name = "NAME[:TAG]")]
    repository: Reference,
    /// Push to Amazon ECR Public
    #[arg(long)]
    public: bool,
    /// Create the repository if it does not exist (implied by `--local`)
    #[arg(long)]
    create: bool,
    /// The image to push: its name in index.json, its tag or its digest; defaults to the only
    /// image, or to the one with the name in --repository
    #[arg(long, value_name = "REF")]
    select: Option<String>,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    connection: Connection,
}

/// The message for Ctrl-C.
const INTERRUPTED: &str = "interrupted; complete layers stay in the repository, and the same command resumes the push; nothing has been tagged";

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let interrupted = options.connection.interrupt_message(INTERRUPTED);
    let display = Arc::new(TransferDisplay::of_stderr());
    run(interrupted, &display, push(options, Arc::clone(&display))).await
}

async fn push(options: Options, display: Arc<TransferDisplay>) -> Result<String, Box<dyn Error>> {
    let layout = Layout::open(&options.folder)?;
    let local = options.connection.local.then(Registry::start);
    let config = match &local {
        Some(registry) => registry.config(),
        None => config(&options).await?,
    };
    let remote = remote(&config, options.public);
    let advice = Advice::new(&config, "add --create to create the repository");
    if options.create || local.is_some() {
        let created = remote.create_repository(options.repository.repository()).await;
        created.map_err(|error| advice.explain(&error))?;
    }
    let mut push_options = PushOptions::new().jobs(usize::from(options.jobs.jobs));
    if let Some(image) = options.select {
        push_options = push_options.select(image);
    }
    let started = Instant::now();
    let pushed =
        longshore_images::push(&remote, &layout, &options.repository, &push_options, display).await;
    let pushed = pushed.map_err(|error| advice.explain(&error))?;
    Ok(summary_line("pushed", &options.repository, &pushed, started.elapsed()))
}

async fn config(options: &Options) -> Result<Config, Box<dyn Error>> {
    let connection = options.connection.clone();
    let connection = if options.public { connection.for_public_registry() } else { connection };
    Ok(connection.config(&Environment::process()).await?)
}

fn remote(config: &Config, public: bool) -> Remote {
    if public {
        Remote::Public(ecr_public::Client::new(config))
    } else {
        Remote::Private(ecr::Client::new(config))
    }
}
