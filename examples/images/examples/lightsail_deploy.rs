//! Registers an image with a Lightsail container service, and deploys it if that is wanted:
//!
//! ```text
//! cargo run --example lightsail_deploy -- web --label app --layout /tmp/image --local \
//!     --deploy app --port 80=HTTP --public-endpoint
//! ```
//!
//! Lightsail looks for the image in the registry of the container service, which is not Amazon ECR: it
//! must have been pushed there before (`CreateContainerServiceRegistryLogin` gives the key to it).

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{ArgGroup, Parser};
use longshore::{Environment, lightsail::Client};
use longshore_images::lightsail::fake::Fake;
use longshore_images::lightsail::{self, Patience, Plan, Port};
use longshore_images::program::{Connection, run, say, tell};
use longshore_images::{Digest, Layout};

/// Registers an image with a Lightsail container service and prints its name for deployments.
#[derive(Debug, Parser)]
#[command(name = "lightsail_deploy", version)]
#[command(group(ArgGroup::new("image").required(true).args(["digest", "layout"])))]
struct Options {
    /// The container service
    #[arg(value_name = "SERVICE")]
    service: String,
    /// The label that the image gets: it becomes `:SERVICE.LABEL.1`, then 2, and so on
    #[arg(long)]
    label: String,
    /// The image's digest
    #[arg(long, value_name = "sha256:...")]
    digest: Option<Digest>,
    /// The OCI image layout that holds the image
    #[arg(long, value_name = "DIR")]
    layout: Option<PathBuf>,
    /// Which image of the layout, by its name in index.json or by digest
    #[arg(long, value_name = "REF", requires = "layout")]
    select: Option<String>,
    /// Run the image in a container of this name, and wait until it runs
    #[arg(long, value_name = "CONTAINER")]
    deploy: Option<String>,
    /// A port that the container listens on; may be given more than once
    #[arg(long, value_name = "80=HTTP", requires = "deploy")]
    port: Vec<Port>,
    /// Let the world in, through the first port
    #[arg(long, requires = "port")]
    public_endpoint: bool,
    /// How many seconds to wait for the deployment
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    limit: u64,
    #[command(flatten)]
    connection: Connection,
}

/// What is said when Ctrl-C ends it.
const INTERRUPTED: &str = "interrupted; what Lightsail has begun goes on: see GetContainerImages and GetContainerServiceDeployments";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::parse();
    let interrupted = options.connection.interrupted(INTERRUPTED);
    run(interrupted, register(options)).await
}

async fn register(options: Options) -> Result<String, Box<dyn Error>> {
    let digest = digest(&options)?.to_string();
    let local = options.connection.local.then(|| Fake::start(&options.service));
    let config = match &local {
        Some(fake) => fake.config(),
        None => options.connection.config(&Environment::process()).await?,
    };
    let client = Client::new(&config);
    let image = lightsail::register(&client, &options.service, &options.label, &digest).await?;
    let Some(container) = options.deploy else { return Ok(image) };
    say(&image);
    let limit = Duration::from_secs(options.limit);
    // The one in this program is done as soon as it is asked.
    let interval = Duration::from_millis(if local.is_some() { 1 } else { 5000 });
    let plan = Plan {
        service: options.service,
        container,
        image,
        ports: options.port,
        public: options.public_endpoint,
    };
    deploy(&client, &plan, Patience { interval, limit }).await
}

/// The digest that was given, or that of the image in the layout.
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
    plan: &Plan,
    patience: Patience,
) -> Result<String, Box<dyn Error>> {
    let begun = lightsail::deploy(client, plan).await?;
    let version = begun.version;
    let look = |state: &str| tell(format_args!("deployment {version}: {state}"));
    lightsail::wait(client, &plan.service, version, patience, look).await?;
    let url = begun.url.filter(|_| plan.public);
    let place = url.map(|url| format!(" at {url}")).unwrap_or_default();
    Ok(format!("deployment {version} is active{place}"))
}
