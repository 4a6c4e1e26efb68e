//! The measured calls with Longshore, member for member the same as in the other callers.

#[path = "../../measure.rs"]
mod measure;

use longshore::ecr::Client;
use longshore::ecr::operation::{
    BatchGetImageRequest, DescribeImagesRequest, PutImageRequest, UploadLayerPartRequest,
};
use longshore::ecr::types::ImageIdentifier;
use measure::{Caller, Failure, IMAGES, MANIFEST, check};

struct Measured(Client);

fn main() -> Result<(), Failure> {
    measure::run::<Measured>()
}

impl Caller for Measured {
    fn new(url: &str) -> Result<Self, Failure> {
        let config = longshore::Config::builder()
            .region("eu-west-1")
            .static_credentials("AKIDEXAMPLE", "not-so-secret", None)
            .endpoint_url(url)
            .build();
        Ok(Self(Client::new(&config)))
    }

    async fn put_image(&self) -> Result<(), Failure> {
        let request = PutImageRequest::new("team/app", MANIFEST).image_tag("v1");
        let response = self.0.put_image(&request).await?;
        check(response.image.is_some_and(|image| image.image_manifest.as_deref() == Some(MANIFEST)))
    }

    async fn batch_get_image(&self) -> Result<(), Failure> {
        let wanted = ["v1", "v2", "v3"].map(|tag| ImageIdentifier::new().image_tag(tag));
        let response =
            self.0.batch_get_image(&BatchGetImageRequest::new("team/app", wanted)).await?;
        let images = response.images.iter();
        check(images.filter(|image| image.image_manifest.as_deref() == Some(MANIFEST)).count() == 3)
    }

    async fn get_manifest(&self, length: usize) -> Result<(), Failure> {
        let wanted = [ImageIdentifier::new().image_tag("v1")];
        let response =
            self.0.batch_get_image(&BatchGetImageRequest::new("team/app", wanted)).await?;
        let manifests = response.images.iter().filter_map(|image| image.image_manifest.as_ref());
        check(manifests.map(String::len).eq([length]))
    }

    async fn describe_images(&self) -> Result<(), Failure> {
        let request = DescribeImagesRequest::new("team/app").max_results(1000);
        let response = self.0.describe_images(&request).await?;
        let images = response.image_details.iter();
        check(images.filter(|image| image.image_pushed_at.is_some()).count() == IMAGES)
    }

    async fn upload_layer_part(&self, part: Vec<u8>) -> Result<(), Failure> {
        let last = part.len() as i64 - 1;
        let id = "5c1a4a0e-5b5c-4b5a-8f0e-0d6a4f3b2c1d";
        let request = UploadLayerPartRequest::new("team/app", id, 0, last, part);
        let response = self.0.upload_layer_part(&request).await?;
        check(response.last_byte_received == Some(last))
    }
}
