//! Puts an image manifest into a repository, with credentials from the environment:
//!
//! ```text
//! AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... \
//!     cargo run --example put_image -- team/app v1 manifest.json
//! ```

use std::{env, error::Error, fs};

use longshore::ecr::{
    self,
    operation::{PutImageError, PutImageRequest},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [repository, tag, file] = arguments.as_slice() else {
        return Err("usage: put_image REPOSITORY TAG MANIFEST-FILE".into());
    };
    let config = longshore::Config::from_env().await?;
    let ecr = ecr::Client::new(&config);

    let manifest = fs::read_to_string(file)?;
    let request = PutImageRequest::new(repository, manifest).image_tag(tag);
    match ecr.put_image(&request).await {
        Ok(response) => println!("{:?}", response.image),
        Err(error) => match error.service() {
            Some(PutImageError::ImageAlreadyExistsException(_)) => println!("it is there already"),
            _ => return Err(error.into()),
        },
    }
    Ok(())
}
