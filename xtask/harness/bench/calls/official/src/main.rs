//! The measured calls with the official SDK, member for member the same as in the other callers.

#[path = "../../measure.rs"]
mod measure;

use aws_sdk_ecr::Client;
use aws_sdk_ecr::config::retry::RetryConfig;
use aws_sdk_ecr::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_ecr::primitives::Blob;
use aws_sdk_ecr::types::ImageIdentifier;
use measure::{Caller, Failure, IMAGES, MANIFEST, check};

struct Measured(Client);

fn main() -> Result<(), Failure> {
    measure::run::<Measured>()
}

impl Caller for Measured {
    fn new(url: &str) -> Result<Self, Failure> {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new(
                "AKIDEXAMPLE",
                "not-so-secret",
                None,
                None,
                "bench",
            ))
            .endpoint_url(url)
            .retry_config(RetryConfig::standard())
            .http_client(aws_smithy_http_client::Builder::new().build_http());
        Ok(Self(Client::from_conf(config.build())))
    }

    async fn put_image(&self) -> Result<(), Failure> {
        let call = self.0.put_image().repository_name("team/app").image_manifest(MANIFEST);
        let response = call.image_tag("v1").send().await?;
        check(response.image().and_then(|image| image.image_manifest()) == Some(MANIFEST))
    }

    async fn batch_get_image(&self) -> Result<(), Failure> {
        let mut call = self.0.batch_get_image().repository_name("team/app");
        for tag in ["v1", "v2", "v3"] {
            call = call.image_ids(ImageIdentifier::builder().image_tag(tag).build());
        }
        let response = call.send().await?;
        check(
            response
                .images()
                .iter()
                .filter(|image| image.image_manifest() == Some(MANIFEST))
                .count()
                == 3,
        )
    }

    async fn get_manifest(&self, length: usize) -> Result<(), Failure> {
        let wanted = ImageIdentifier::builder().image_tag("v1").build();
        let call = self.0.batch_get_image().repository_name("team/app").image_ids(wanted);
        let response = call.send().await?;
        let manifests = response.images().iter().filter_map(|image| image.image_manifest());
        check(manifests.map(str::len).eq([length]))
    }

    async fn describe_images(&self) -> Result<(), Failure> {
        let call = self.0.describe_images().repository_name("team/app").max_results(1000);
        let response = call.send().await?;
        let dated = |image: &&aws_sdk_ecr::types::ImageDetail| image.image_pushed_at().is_some();
        check(response.image_details().iter().filter(dated).count() == IMAGES)
    }

    async fn upload_layer_part(&self, part: Vec<u8>) -> Result<(), Failure> {
        let last = part.len() as i64 - 1;
        let call = self
            .0
            .upload_layer_part()
            .repository_name("team/app")
            .upload_id("5c1a4a0e-5b5c-4b5a-8f0e-0d6a4f3b2c1d")
            .part_first_byte(0)
            .part_last_byte(last)
            .layer_part_blob(Blob::new(part));
        let response = call.send().await?;
        check(response.last_byte_received() == Some(last))
    }
}
