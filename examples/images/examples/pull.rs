//! Pulls an image from Amazon ECR into an OCI image layout, and checks all digests:
//!
//! ```text
//! cargo run --example pull -- demo:1 /tmp/pulled --local
//! AWS_PROFILE=... cargo run --release --example pull -- team/app:v1 DIR
//! ```
//!
//! `skopeo copy oci:DIR docker-daemon:app:v1` and `crane push DIR IMAGE` read such layouts.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use longshore::{ConfigError, Environment, HttpTransport, Proxies, RootCertificates, ecr};
use longshore_images::program::{
    Advice, Connection, Jobs, TransferDisplay, err, run, summary_line,
};
use longshore_images::sample::{self, SampleOptions};
use longshore_images::{Layout, PullOptions, PushOptions, Reference, Remote};
use longshore_testing::Registry;

/// Pulls an image from Amazon ECR into an OCI image layout.
#[derive(Debug, Parser)]
#[command(name = "pull", version)]
struct Options {
    /// The image to pull; with `--local`, the name of a sample image
    #[arg(value_name = "NAME[:TAG|@DIGEST]")]
    reference: Reference,
    /// The folder of the layout, which may contain other images
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    connection: Connection,
}

/// The message for Ctrl-C.
const INTERRUPTED: &str =
    "interrupted; received data is kept, and the same command resumes the pull";

/// How long a download may go without receiving data.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let display = Arc::new(TransferDisplay::of_stderr());
    run(INTERRUPTED, &display, pull(options, Arc::clone(&display))).await
}

async fn pull(options: Options, display: Arc<TransferDisplay>) -> Result<String, Box<dyn Error>> {
    let environment = Environment::process();
    let local = options.connection.local.then(Registry::start);
    let (config, pull_options) = match &local {
        Some(registry) => (registry.config(), PullOptions::new()),
        None => (
            options.connection.config(&environment).await?,
            PullOptions::new().transport(transport(&environment)?),
        ),
    };
    let client = ecr::Client::new(&config);
    if local.is_some() {
        push_sample(&client, &options.reference).await?;
    }
    let advice = Advice::new(&config, "check its name, the region and the account");
    let pull_options = pull_options.jobs(usize::from(options.jobs.jobs));
    let Options { reference, folder, .. } = options;
    let started = Instant::now();
    let pulled = longshore_images::pull(&client, &reference, &folder, &pull_options, display).await;
    let pulled = pulled.map_err(|error| advice.explain(&error))?;
    Ok(summary_line("pulled", &reference, &pulled, started.elapsed()))
}

/// The transport for downloads of layers, with the proxies and root certificates of the environment.
fn transport(environment: &Environment) -> Result<HttpTransport, ConfigError> {
    let builder = HttpTransport::builder()
        .read_limit(READ_TIMEOUT)
        .proxies(Proxies::from_environment(environment)?)
        .root_certificates(RootCertificates::from_environment(environment)?);
    Ok(builder.build())
}

/// Pushes the sample image to an empty registry.
async fn push_sample(client: &ecr::Client, reference: &Reference) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    sample::write(folder.path(), &SampleOptions::new())?;
    let remote = Remote::Private(client.clone());
    remote.create_repository(reference.repository()).await?;
    let layout = Layout::open(folder.path())?;
    let pushed =
        longshore_images::push(&remote, &layout, reference, &PushOptions::new(), Arc::new(()))
            .await?;
    err(format_args!("pushed the sample image {} to the registry of this program", pushed.digest));
    Ok(())
}
