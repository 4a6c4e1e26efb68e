//! The measured calls with hyper, `aws-sigv4` and derived serde, member for member the same as in
//! the other callers.

mod call;
#[path = "../../measure.rs"]
mod measure;
mod shapes;

use call::Client;
use measure::{Caller, Failure, IMAGES, MANIFEST, check};
use shapes::{
    BatchGetImage, DescribeImages, Described, ImageIdentifier, Images, PutImage, Stored,
    UploadLayerPart, Uploaded,
};

struct Measured(Client);

fn main() -> Result<(), Failure> {
    measure::run::<Measured>()
}

impl Caller for Measured {
    fn new(url: &str) -> Result<Self, Failure> {
        Ok(Self(Client::new(url)?))
    }

    async fn put_image(&self) -> Result<(), Failure> {
        let request = PutImage {
            registry_id: None,
            repository_name: "team/app".to_owned(),
            image_manifest: MANIFEST.to_owned(),
            image_manifest_media_type: None,
            image_tag: Some("v1".to_owned()),
            image_digest: None,
        };
        let response: Stored = self.0.call("PutImage", &request).await?;
        check(response.image.is_some_and(|image| image.image_manifest.as_deref() == Some(MANIFEST)))
    }

    async fn batch_get_image(&self) -> Result<(), Failure> {
        let request = images_of(&["v1", "v2", "v3"]);
        let response: Images = self.0.call("BatchGetImage", &request).await?;
        let images = response.images.iter();
        check(images.filter(|image| image.image_manifest.as_deref() == Some(MANIFEST)).count() == 3)
    }

    async fn get_manifest(&self, length: usize) -> Result<(), Failure> {
        let response: Images = self.0.call("BatchGetImage", &images_of(&["v1"])).await?;
        let manifests = response.images.iter().filter_map(|image| image.image_manifest.as_ref());
        check(manifests.map(String::len).eq([length]))
    }

    async fn describe_images(&self) -> Result<(), Failure> {
        let request = DescribeImages {
            registry_id: None,
            repository_name: "team/app".to_owned(),
            next_token: None,
            max_results: Some(1000),
        };
        let response: Described = self.0.call("DescribeImages", &request).await?;
        let images = response.image_details.iter();
        check(images.filter(|image| image.image_pushed_at.is_some()).count() == IMAGES)
    }

    async fn upload_layer_part(&self, part: Vec<u8>) -> Result<(), Failure> {
        let last = part.len() as i64 - 1;
        let request = UploadLayerPart {
            registry_id: None,
            repository_name: "team/app".to_owned(),
            upload_id: "5c1a4a0e-5b5c-4b5a-8f0e-0d6a4f3b2c1d".to_owned(),
            part_first_byte: 0,
            part_last_byte: last,
            layer_part_blob: part,
        };
        let response: Uploaded = self.0.call("UploadLayerPart", &request).await?;
        check(response.last_byte_received == Some(last))
    }
}

/// A request for the images with these tags.
fn images_of(tags: &[&str]) -> BatchGetImage {
    let tag = |tag: &&str| ImageIdentifier { image_tag: Some((*tag).to_owned()), image_digest: None };
    BatchGetImage {
        registry_id: None,
        repository_name: "team/app".to_owned(),
        image_ids: tags.iter().map(tag).collect(),
        accepted_media_types: None,
    }
}
