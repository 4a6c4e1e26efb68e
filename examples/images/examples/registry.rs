//! Serves the registry of `longshore_testing` to other programs: an ECR and an ECR Public in memory.
//!
//! ```text
//! cargo run --example registry -- --port 8080
//! ```

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use clap::Parser;
use longshore_images::program::{say, tell};
use longshore_testing::Registry;

/// Serves an ECR and an ECR Public in memory, until Ctrl-C. Its first line says where.
#[derive(Debug, Parser)]
#[command(name = "registry", version)]
struct Options {
    /// The port on this machine; without it, any that is free
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: &Options) -> Result<(), Box<dyn Error>> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    // It may run for long: nobody asks for a record of its calls.
    let registry = Registry::builder()
        .address(address)
        .keep_calls(false)
        .start()
        .map_err(|error| format!("{address}: {error}"))?;
    let url = registry.url();
    say(url);
    tell(format_args!(
        "everything is kept in memory until Ctrl-C; any keys will do:\n\
         export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_REGION=us-east-1\n\
         cargo run --example push -- DIR --repository demo:1 --create --endpoint-url {url}"
    ));
    tokio::signal::ctrl_c().await?;
    // Dropped, it would judge its callers as in a test. Here what they ask for is their own affair.
    std::process::exit(0)
}
