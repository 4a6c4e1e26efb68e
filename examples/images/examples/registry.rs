//! Runs the registry of `longshore_testing` for other programs:
//!
//! ```text
//! cargo run --example registry -- --port 8080
//! ```

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use clap::Parser;
use longshore_images::program::{err, out};
use longshore_testing::Registry;

/// Runs Amazon ECR and Amazon ECR Public in memory until Ctrl-C. Prints its URL first.
#[derive(Debug, Parser)]
#[command(name = "registry", version)]
struct Options {
    /// The port on 127.0.0.1; defaults to a free one
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Create the repository if a container engine pushes to one that does not exist
    #[arg(long)]
    create_on_push: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            err(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: &Options) -> Result<(), Box<dyn Error>> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    // The record of calls would grow without bound.
    let registry = Registry::builder()
        .address(address)
        .keep_calls(false)
        .create_on_push(options.create_on_push)
        .start()
        .map_err(|error| format!("{address}: {error}"))?;
    let url = registry.url();
    let (host, password) = (url.trim_start_matches("http://"), registry.login_password());
    out(url);
    err(format_args!(
        "everything is kept in memory until Ctrl-C; any credentials are accepted:\n\
         export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_REGION=us-east-1\n\
         cargo run --example push -- DIR --repository demo:1 --create --endpoint-url {url}\n\
         docker login --username AWS --password {password} {host}  # valid for 12 hours"
    ));
    tokio::signal::ctrl_c().await?;
    // Dropping the registry would panic if it had received unexpected calls.
    std::process::exit(0)
}
