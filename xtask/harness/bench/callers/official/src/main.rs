//! Four operations with the official SDK, member for member the same as in `../ours`.
//!
//! This program is built but never run: `cargo xtask bench build` measures the build.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(call_all())
}

async fn call_all() -> Result<(), Box<dyn Error>> {
    let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    put_and_get(&aws_sdk_ecr::Client::new(&config)).await?;
    complete_layer(&aws_sdk_ecrpublic::Client::new(&config)).await?;
    register_image(&aws_sdk_lightsail::Client::new(&config)).await?;
    Ok(())
}

async fn put_and_get(ecr: &aws_sdk_ecr::Client) -> Result<(), Box<dyn Error>> {
    use aws_sdk_ecr::types::ImageIdentifier;

    let put =
        ecr.put_image().repository_name("team/app").image_manifest("{}").image_tag("v1").send();
    match put.await {
        Ok(response) => println!("{:?}", response.image()),
        Err(error)
            if error.as_service_error().is_some_and(|e| e.is_image_already_exists_exception()) =>
        {
            println!("already there");
        }
        Err(error) => return Err(error.into()),
    }
    let response = ecr
        .batch_get_image()
        .repository_name("team/app")
        .image_ids(ImageIdentifier::builder().image_tag("v1").build())
        .send()
        .await?;
    println!("{:?} {:?}", response.images(), response.failures());
    Ok(())
}

async fn complete_layer(ecr_public: &aws_sdk_ecrpublic::Client) -> Result<(), Box<dyn Error>> {
    let response = ecr_public
        .complete_layer_upload()
        .repository_name("team/app")
        .upload_id("an-upload")
        .layer_digests("sha256:00")
        .send()
        .await?;
    println!("{:?}", response.layer_digest());
    Ok(())
}

async fn register_image(lightsail: &aws_sdk_lightsail::Client) -> Result<(), Box<dyn Error>> {
    let response = lightsail
        .register_container_image()
        .service_name("web")
        .label("app")
        .digest("sha256:00")
        .send()
        .await?;
    println!("{:?}", response.container_image());
    Ok(())
}
