//! Lists the images of a repository, and the findings of the scan of the newest one:
//!
//! ```text
//! AWS_PROFILE=... cargo run --example list_images -- team/app
//! ```

use std::{env, error::Error, time::Duration};

use longshore::ecr::{
    self,
    operation::{DescribeImageScanFindingsRequest, DescribeImagesRequest},
    types::ImageIdentifier,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let repository = env::args().nth(1).ok_or("usage: list_images REPOSITORY")?;
    let config = longshore::Config::from_env().await?;
    let ecr = ecr::Client::new(&config);

    let mut images = ecr.describe_images_pages(DescribeImagesRequest::new(&repository)).items();
    let mut newest = None;
    while let Some(image) = images.next().await {
        let image = image?;
        println!("{} {}", image.image_digest.as_deref().unwrap_or("?"), image.image_tags.join(" "));
        newest = newest.max(image.image_pushed_at.zip(image.image_digest));
    }

    let Some((_, digest)) = newest else { return Ok(()) };
    let image = ImageIdentifier::new().image_digest(digest);
    let request = DescribeImageScanFindingsRequest::new(repository, image);
    let scanned = ecr.wait_until_image_scan_complete(&request, Duration::from_secs(600)).await?;
    println!("{scanned:?}");
    Ok(())
}
