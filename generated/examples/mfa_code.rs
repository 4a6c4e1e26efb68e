//! Lists repositories with a role that needs a code from an MFA device, which the user enters:
//!
//! ```text
//! AWS_PROFILE=admin cargo run --example mfa_code --features blocking
//! ```

use std::{error::Error, io};

use longshore::{
    BoxFuture, Config, Environment, ProvideMfaCode,
    ecr::{blocking::Client, operation::DescribeRepositoriesRequest},
};

/// Reads the code from the terminal.
///
/// A blocking client polls the future on the calling thread, which may wait. In an async program,
/// use `tokio::task::spawn_blocking` to wait for the user.
struct Terminal;

impl ProvideMfaCode for Terminal {
    fn provide_mfa_code<'a>(
        &'a self,
        serial: &'a str,
    ) -> BoxFuture<'a, Result<String, Box<dyn Error + Send + Sync>>> {
        Box::pin(async move {
            eprint!("MFA code for {serial}: ");
            let mut line = String::new();
            io::stdin().read_line(&mut line)?;
            Ok(line)
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::builder().mfa_code(Terminal).load_blocking(&Environment::process())?;
    let response =
        Client::new(&config).describe_repositories(&DescribeRepositoriesRequest::new())?;
    for repository in response.repositories {
        println!("{}", repository.repository_name.as_deref().unwrap_or("?"));
    }
    Ok(())
}
