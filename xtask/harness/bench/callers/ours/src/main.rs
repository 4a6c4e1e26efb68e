//! Four operations with Longshore, member for member the same as in `../official`.
//!
//! This program is built but never run: `cargo xtask bench build` measures the build.

use std::error::Error;

use longshore::{ecr, ecr_public, lightsail};

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(call_all())
}

async fn call_all() -> Result<(), Box<dyn Error>> {
    let config = longshore::Config::from_env().await?;
    put_and_get(&ecr::Client::new(&config)).await?;
    complete_layer(&ecr_public::Client::new(&config)).await?;
    register_image(&lightsail::Client::new(&config)).await?;
    Ok(())
}

async fn put_and_get(ecr: &ecr::Client) -> Result<(), Box<dyn Error>> {
    use ecr::operation::{BatchGetImageRequest, PutImageError, PutImageRequest};
    use ecr::types::ImageIdentifier;

    let put = PutImageRequest::new("team/app", "{}").image_tag("v1");
    match ecr.put_image(&put).await {
        Ok(response) => println!("{:?}", response.image),
        Err(error)
            if matches!(error.service(), Some(PutImageError::ImageAlreadyExistsException(_))) =>
        {
            println!("already there");
        }
        Err(error) => return Err(error.into()),
    }
    let wanted = [ImageIdentifier::new().image_tag("v1")];
    let response = ecr.batch_get_image(&BatchGetImageRequest::new("team/app", wanted)).await?;
    println!("{:?} {:?}", response.images, response.failures);
    Ok(())
}

async fn complete_layer(ecr_public: &ecr_public::Client) -> Result<(), Box<dyn Error>> {
    use ecr_public::operation::CompleteLayerUploadRequest;

    let request = CompleteLayerUploadRequest::new("team/app", "an-upload", ["sha256:00"]);
    let response = ecr_public.complete_layer_upload(&request).await?;
    println!("{:?}", response.layer_digest);
    Ok(())
}

async fn register_image(lightsail: &lightsail::Client) -> Result<(), Box<dyn Error>> {
    use lightsail::operation::RegisterContainerImageRequest;

    let request = RegisterContainerImageRequest::new("web", "app", "sha256:00");
    let response = lightsail.register_container_image(&request).await?;
    println!("{:?}", response.container_image);
    Ok(())
}
