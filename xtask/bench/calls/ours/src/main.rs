//! The measured calls on Longshore, member for member what the callers beside it do.

#[path = "../../measure.rs"]
mod measure;

use longshore::ecr::Client;
use longshore::ecr::operation::{
    BatchGetImageRequest, DescribeImagesRequest, PutImageRequest, UploadLayerPartRequest,
};
use longshore::ecr::types::ImageIdentifier;
use measure::{Failure, IMAGES, MANIFEST, Task, check};

fn main() -> Result<(), Failure> {
    let task = Task::from_args()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = client(&task.url);
    runtime.block_on(async {
        match task.operation.as_str() {
            "PutImage" => task.measure(async || put_image(&client).await).await,
            "BatchGetImage" => task.measure(async || batch_get_image(&client).await).await,
            "DescribeImages" => task.measure(async || describe_images(&client).await).await,
            "UploadLayerPart" => {
                let parts = task.parts();
                task.measure(async || upload_layer_part(&client, parts.next()?).await).await
            }
            other => Err(format!("there is no call {other}").into()),
        }
    })
}

fn client(url: &str) -> Client {
    let config = longshore::Config::builder()
        .region("eu-west-1")
        .static_credentials("AKIDEXAMPLE", "not-so-secret", None)
        .endpoint_url(url)
        .build();
    Client::new(&config)
}

async fn put_image(client: &Client) -> Result<(), Failure> {
    let request = PutImageRequest::new("team/app", MANIFEST).image_tag("v1");
    let response = client.put_image(&request).await?;
    check(response.image.is_some_and(|image| image.image_manifest.as_deref() == Some(MANIFEST)))
}

async fn batch_get_image(client: &Client) -> Result<(), Failure> {
    let wanted = ["v1", "v2", "v3"].map(|tag| ImageIdentifier::new().image_tag(tag));
    let response = client.batch_get_image(&BatchGetImageRequest::new("team/app", wanted)).await?;
    let images = response.images.iter();
    check(images.filter(|image| image.image_manifest.as_deref() == Some(MANIFEST)).count() == 3)
}

async fn describe_images(client: &Client) -> Result<(), Failure> {
    let request = DescribeImagesRequest::new("team/app").max_results(1000);
    let response = client.describe_images(&request).await?;
    let images = response.image_details.iter();
    check(images.filter(|image| image.image_pushed_at.is_some()).count() == IMAGES)
}

async fn upload_layer_part(client: &Client, part: Vec<u8>) -> Result<(), Failure> {
    let last = part.len() as i64 - 1;
    let id = "5c1a4a0e-5b5c-4b5a-8f0e-0d6a4f3b2c1d";
    let request = UploadLayerPartRequest::new("team/app", id, 0, last, part);
    let response = client.upload_layer_part(&request).await?;
    check(response.last_byte_received == Some(last))
}
