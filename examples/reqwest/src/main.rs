//! Lists repositories with a transport that uses reqwest:
//!
//! ```text
//! AWS_PROFILE=... cargo run
//! ```

use std::error::Error;

use longshore::Config;
use longshore::Environment;
use longshore::ecr::{Client, operation::DescribeRepositoriesRequest};
use longshore_example_reqwest::ReqwestTransport;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let builder = Config::builder().transport(ReqwestTransport::new()?);
    let config = builder.load(&Environment::process()).await?;
    let mut pages =
        Client::new(&config).describe_repositories_pages(DescribeRepositoriesRequest::new());
    while let Some(page) = pages.next().await {
        for repository in page?.repositories {
            println!("{}", repository.repository_name.as_deref().unwrap_or("?"));
        }
    }
    Ok(())
}
