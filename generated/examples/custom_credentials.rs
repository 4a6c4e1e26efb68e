//! Lists repositories with credentials from a file that contains an access key ID and a secret:
//!
//! ```text
//! AWS_REGION=eu-west-1 cargo run --example custom_credentials --features blocking -- keys.txt
//! ```
//!
//! The program depends only on the crate `longshore`.

use std::{env, error::Error, fs, path::PathBuf};

use longshore::{
    Config, Credentials, CredentialsError, CredentialsFuture, Environment, ProvideCredentials,
    ecr::{blocking::Client, operation::DescribeRepositoriesRequest},
};

/// Reads the credentials from a file.
#[derive(Debug)]
struct KeyFile(PathBuf);

impl KeyFile {
    fn read(&self) -> Result<Credentials, CredentialsError> {
        let text = fs::read_to_string(&self.0).map_err(CredentialsError::failed)?;
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            [key_id, secret] => Ok(Credentials::new(*key_id, *secret, None, None, "key file")),
            _ => Err(CredentialsError::failed("the file must contain two words")),
        }
    }
}

impl ProvideCredentials for KeyFile {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(async { self.read() })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args_os().nth(1).ok_or("usage: custom_credentials FILE")?;
    let provider = KeyFile(file.into());
    // The region and other settings still come from the environment.
    let config = Config::builder().credentials(provider).load_blocking(&Environment::process())?;
    for page in Client::new(&config).describe_repositories_pages(DescribeRepositoriesRequest::new())
    {
        for repository in page?.repositories {
            println!("{}", repository.repository_name.as_deref().unwrap_or("?"));
        }
    }
    Ok(())
}
