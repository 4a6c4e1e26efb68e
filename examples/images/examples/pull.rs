//! Pulls an image from Amazon ECR into an OCI image layout, with every digest checked:
//!
//! ```text
//! cargo run --example pull -- demo:1 /tmp/pulled --local
//! AWS_PROFILE=... cargo run --release --example pull -- team/app:v1 DIR
//! ```
//!
//! `skopeo copy oci:DIR docker-daemon:app:v1` and `crane push DIR IMAGE` take such folders.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use longshore::{ConfigError, Environment, HttpTransport, Proxies, RootCertificates, ecr};
use longshore_images::program::{Connection, Jobs, closing_line, progress, run, tell};
use longshore_images::sample::{self, SampleOptions};
use longshore_images::{Layout, PullOptions, PushOptions, Reference, Remote};
use longshore_testing::Registry;

/// Pulls an image from Amazon ECR into an OCI image layout.
#[derive(Debug, Parser)]
#[command(name = "pull", version)]
struct Options {
    /// What to pull; with `--local` a sample image goes by that name
    #[arg(value_name = "NAME[:TAG|@DIGEST]")]
    reference: Reference,
    /// The folder of the layout, which may hold other images
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    connection: Connection,
}

/// What is said when Ctrl-C ends it.
const INTERRUPTED: &str =
    "interrupted; what has arrived is kept, and the same command goes on with what is missing";

/// How long a download may stand still.
const STANDSTILL: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    run(INTERRUPTED, pull(Options::parse())).await
}

async fn pull(options: Options) -> Result<String, Box<dyn Error>> {
    let environment = Environment::process();
    let local = options.connection.local.then(Registry::start);
    let (client, how) = match &local {
        Some(registry) => {
            let client = ecr::Client::new(&registry.config());
            give_sample(&client, &options.reference).await?;
            (client, PullOptions::new())
        }
        None => {
            let config = options.connection.config(&environment).await?;
            (ecr::Client::new(&config), PullOptions::new().transport(transport(&environment)?))
        }
    };
    let how = how.jobs(usize::from(options.jobs.jobs));
    let Options { reference, folder, .. } = options;
    let begun = Instant::now();
    let pulled = longshore_images::pull(&client, &reference, &folder, &how, progress()).await?;
    Ok(closing_line("pulled", &reference, &pulled, begun.elapsed()))
}

/// Layers come from storage, by URLs of their own, through the same proxies and with the same trust as
/// the calls.
fn transport(environment: &Environment) -> Result<HttpTransport, ConfigError> {
    let builder = HttpTransport::builder()
        .read_limit(Some(STANDSTILL))
        .proxies(Proxies::from_environment(environment)?)
        .root_certificates(RootCertificates::from_environment(environment)?);
    Ok(builder.build())
}

/// Puts the sample image into a registry that has nothing in it.
async fn give_sample(client: &ecr::Client, reference: &Reference) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    sample::write(folder.path(), &SampleOptions::new())?;
    let remote = Remote::Private(client.clone());
    remote.create_repository(reference.repository()).await?;
    let layout = Layout::open(folder.path())?;
    let given =
        longshore_images::push(&remote, &layout, reference, &PushOptions::new(), Arc::new(()))
            .await?;
    tell(format_args!("the registry of this program has the sample image {} now", given.digest));
    Ok(())
}
