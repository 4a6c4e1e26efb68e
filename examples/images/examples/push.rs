//! Pushes an image from an OCI image layout to Amazon ECR, or with `--public` to Amazon ECR Public:
//!
//! ```text
//! cargo run --example make_layout -- /tmp/image
//! cargo run --example push -- /tmp/image --repository demo:1 --local
//! AWS_PROFILE=... cargo run --release --example push -- DIR --repository team/app:v1 --create
//! ```
//!
//! `skopeo copy docker://IMAGE oci:DIR` and `crane pull --format=oci IMAGE DIR` write such folders.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use longshore::{Config, Environment, ecr, ecr_public};
use longshore_images::program::{Connection, Jobs, closing_line, progress, run};
use longshore_images::{Layout, PushOptions, Reference, Remote};
use longshore_testing::Registry;

/// Pushes an image from an OCI image layout to Amazon ECR or Amazon ECR Public.
#[derive(Debug, Parser)]
#[command(name = "push", version)]
struct Options {
    /// The folder of the layout
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Where to push it, and what to tag it; without TAG it gets no tag, also not `latest`
    #[arg(long, value_name = "NAME[:TAG]")]
    repository: Reference,
    /// Push to Amazon ECR Public
    #[arg(long)]
    public: bool,
    /// Create the repository if it is missing; with `--local` it always is
    #[arg(long)]
    create: bool,
    /// Which image of the layout, by its name in index.json or by digest
    #[arg(long, value_name = "REF")]
    select: Option<String>,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    connection: Connection,
}

/// What is said when Ctrl-C ends it.
const INTERRUPTED: &str =
    "interrupted; whole layers stay, and the same command goes on from there; the tag comes last";

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let interrupted = options.connection.interrupted(INTERRUPTED);
    run(interrupted, push(options)).await
}

async fn push(options: Options) -> Result<String, Box<dyn Error>> {
    let layout = Layout::open(&options.folder)?;
    let local = options.connection.local.then(Registry::start);
    let config = match &local {
        Some(registry) => registry.config(),
        None => config(&options).await?,
    };
    let remote = remote(&config, options.public);
    if options.create || local.is_some() {
        remote.create_repository(options.repository.repository()).await?;
    }
    let mut how = PushOptions::new().jobs(usize::from(options.jobs.jobs));
    if let Some(image) = options.select {
        how = how.select(image);
    }
    let begun = Instant::now();
    let pushed =
        longshore_images::push(&remote, &layout, &options.repository, &how, progress()).await?;
    Ok(closing_line("pushed", &options.repository, &pushed, begun.elapsed()))
}

async fn config(options: &Options) -> Result<Config, Box<dyn Error>> {
    let connection = options.connection.clone();
    let connection = if options.public { connection.public() } else { connection };
    Ok(connection.config(&Environment::process()).await?)
}

fn remote(config: &Config, public: bool) -> Remote {
    if public {
        Remote::Public(ecr_public::Client::new(config))
    } else {
        Remote::Private(ecr::Client::new(config))
    }
}
