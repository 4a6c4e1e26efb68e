//! The measured calls on the official SDK, member for member what the callers beside it do.

#[path = "../../measure.rs"]
mod measure;

use aws_sdk_ecr::Client;
use aws_sdk_ecr::config::retry::RetryConfig;
use aws_sdk_ecr::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_ecr::primitives::Blob;
use aws_sdk_ecr::types::ImageIdentifier;
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
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "not-so-secret", None, None, "bench"))
        .endpoint_url(url)
        .retry_config(RetryConfig::standard())
        .http_client(aws_smithy_http_client::Builder::new().build_http());
    Client::from_conf(config.build())
}

async fn put_image(client: &Client) -> Result<(), Failure> {
    let call = client.put_image().repository_name("team/app").image_manifest(MANIFEST);
    let response = call.image_tag("v1").send().await?;
    check(response.image().and_then(|image| image.image_manifest()) == Some(MANIFEST))
}

async fn batch_get_image(client: &Client) -> Result<(), Failure> {
    let mut call = client.batch_get_image().repository_name("team/app");
    for tag in ["v1", "v2", "v3"] {
        call = call.image_ids(ImageIdentifier::builder().image_tag(tag).build());
    }
    let response = call.send().await?;
    check(
        response.images().iter().filter(|image| image.image_manifest() == Some(MANIFEST)).count()
            == 3,
    )
}

async fn describe_images(client: &Client) -> Result<(), Failure> {
    let call = client.describe_images().repository_name("team/app").max_results(1000);
    let response = call.send().await?;
    let dated = |image: &&aws_sdk_ecr::types::ImageDetail| image.image_pushed_at().is_some();
    check(response.image_details().iter().filter(dated).count() == IMAGES)
}

async fn upload_layer_part(client: &Client, part: Vec<u8>) -> Result<(), Failure> {
    let last = part.len() as i64 - 1;
    let call = client
        .upload_layer_part()
        .repository_name("team/app")
        .upload_id("5c1a4a0e-5b5c-4b5a-8f0e-0d6a4f3b2c1d")
        .part_first_byte(0)
        .part_last_byte(last)
        .layer_part_blob(Blob::new(part));
    let response = call.send().await?;
    check(response.last_byte_received() == Some(last))
}
