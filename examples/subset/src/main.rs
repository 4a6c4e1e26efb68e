//! Puts an image manifest into a repository of Amazon ECR, and reads it back by its tag:
//!
//! ```text
//! AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... \
//!     cargo run -p longshore-example-subset -- team/app v1 manifest.json
//! ```
//!
//! An optional fourth argument is the URL of another endpoint, like the variable `AWS_ENDPOINT_URL`.
//!
//! `build.rs` generates the client, which has only the two operations that are called here.

mod generated {
    include!(concat!(env!("OUT_DIR"), "/src/mod.rs"));
}

use std::{env, error::Error, fs};

use generated::ecr::{
    self,
    operation::{BatchGetImageRequest, PutImageError, PutImageRequest},
    types::ImageIdentifier,
};
use longshore_runtime::Config;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (repository, tag, file, endpoint) = match arguments.as_slice() {
        [repository, tag, file] => (repository, tag, file, None),
        [repository, tag, file, endpoint] => (repository, tag, file, Some(endpoint)),
        _ => return Err("usage: longshore-example-subset REPOSITORY TAG FILE [ENDPOINT]".into()),
    };
    let mut config = Config::from_env().await?;
    if let Some(url) = endpoint {
        config = config.to_builder().endpoint_url(url).build();
    }
    let client = ecr::Client::new(&config);
    put(&client, repository, tag, &fs::read_to_string(file)?).await?;
    println!("{}", get(&client, repository, tag).await?);
    Ok(())
}

/// Puts a manifest with a tag. An existing image is not an error.
async fn put(
    client: &ecr::Client,
    repository: &str,
    tag: &str,
    manifest: &str,
) -> Result<(), Box<dyn Error>> {
    let request = PutImageRequest::new(repository, manifest).image_tag(tag);
    match client.put_image(&request).await {
        Ok(_) => Ok(()),
        Err(error) => match error.service() {
            Some(PutImageError::ImageAlreadyExistsException(_)) => Ok(()),
            _ => Err(error.into()),
        },
    }
}

/// Reads the manifest with a tag.
async fn get(client: &ecr::Client, repository: &str, tag: &str) -> Result<String, Box<dyn Error>> {
    let image = ImageIdentifier::new().image_tag(tag);
    let response = client.batch_get_image(&BatchGetImageRequest::new(repository, [image])).await?;
    let manifest = response.images.into_iter().find_map(|image| image.image_manifest);
    manifest.ok_or_else(|| format!("{repository} has no image {tag}").into())
}
