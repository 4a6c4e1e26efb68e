//! Registers an image with a Lightsail container service and optionally deploys it:
//!
//! ```text
//! cargo run --example lightsail_deploy -- web --label app --layout /tmp/image --local \
//!     --deploy app --port 80=HTTP --public-endpoint
//! ```
//!
//! The image must have been pushed to the registry of the container service, which is not Amazon ECR.
//! `CreateContainerServiceRegistryLogin` returns its credentials.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{ArgGroup, Parser};
use longshore::{Environment, lightsail::Client};
use longshore_images::lightsail::fake::FakeLightsail;
use longshore_images::lightsail::{self, Deployment, Port, WaitOptions};
use longshore_images::program::{
    Advice, Connection, ProgressLines, TransferDisplay, err, out, run,
};
use longshore_images::{Digest, Layout};

/// Registers an image with a Lightsail container service and prints its name for deployments.
#[derive(Debug, Parser)]
#[command(name = "lightsail_deploy", version)]
#[command(group(ArgGroup::new("image").required(true).args(["digest", "layout"])))]
struct Options {
    /// The container service
    #[arg(value_name = "SERVICE")]
    service: String,
    /// The label of the image, whose name becomes `:SERVICE.LABEL.N`
    #[arg(long)]
    label: String,
    /// The digest of the image
    #[arg(long, value_name = "sha256:...")]
    digest: Option<Digest>,
    /// The OCI image layout with the image
    #[arg(long, value_name = "DIR")]
    layout: Option<PathBuf>,
    /// The image of the layout, by its name in index.json or by digest
    #[arg(long, value_name = "REF", requires = "layout")]
    select: Option<String>,
    /// Deploy the image in a container of this name, and wait until the deployment is active
    #[arg(long, value_name = "CONTAINER")]
    deploy: Option<String>,
    /// A port that the container listens on; may be repeated
    #[arg(long, value_name = "80=HTTP", requires = "deploy")]
    port: Vec<Port>,
    /// Make the first port public
    #[arg(long, requires = "port")]
    public_endpoint: bool,
    /// How long to wait for the deployment, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    limit: u64,
    #[command(flatten)]
    connection: Connection,
}

/// The message for Ctrl-C.
const INTERRUPTED: &str = "interrupted; operations on Lightsail continue: see GetContainerImages and GetContainerServiceDeployments";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::parse();
    let interrupted = options.connection.interrupt_message(INTERRUPTED);
    // The program transfers nothing, so there is no progress to display.
    let display = TransferDisplay::Lines(ProgressLines);
    run(interrupted, &display, register(options)).await
}

async fn register(options: Options) -> Result<String, Box<dyn Error>> {
    let digest = digest(&options)?.to_string();
    let local = options.connection.local.then(|| FakeLightsail::start(&options.service));
    let config = match &local {
        Some(fake) => fake.config(),
        None => options.connection.config(&Environment::process()).await?,
    };
    let client = Client::new(&config);
    let advice = Advice::new(&config, "create it first");
    let image = lightsail::register(&client, &options.service, &options.label, &digest).await;
    let image = image.map_err(|error| advice.explain_deployment(&error))?;
    let Some(container) = options.deploy else { return Ok(image) };
    out(&image);
    let limit = Duration::from_secs(options.limit);
    // The fake server needs no time between polls.
    let interval = Duration::from_millis(if local.is_some() { 1 } else { 5000 });
    let deployment = Deployment {
        service: options.service,
        container,
        image,
        ports: options.port,
        public: options.public_endpoint,
    };
    let deployed = deploy(&client, &deployment, WaitOptions { interval, limit }).await;
    Ok(deployed.map_err(|error| advice.explain_deployment(&error))?)
}

/// The digest of the options or of the image in the layout.
fn digest(options: &Options) -> Result<Digest, Box<dyn Error>> {
    match (&options.digest, &options.layout) {
        (Some(digest), _) => Ok(*digest),
        (None, Some(folder)) => {
            let layout = Layout::open(folder)?;
            Ok(layout.select(options.select.as_deref())?.digest())
        }
        (None, None) => Err("give --digest or --layout".into()),
    }
}

async fn deploy(
    client: &Client,
    deployment: &Deployment,
    options: WaitOptions,
) -> Result<String, lightsail::Error> {
    let started = lightsail::deploy(client, deployment).await?;
    let version = started.version;
    let on_state = |state: &str| err(format_args!("deployment {version}: {state}"));
    lightsail::wait(client, &deployment.service, version, options, on_state).await?;
    let url = started.url.filter(|_| deployment.public);
    let location = url.map(|url| format!(" at {url}")).unwrap_or_default();
    Ok(format!("deployment {version} is active{location}"))
}
