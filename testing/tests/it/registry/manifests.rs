//! Manifests that the services reject, and the exceptions for them; the same in both registries.

use serde_json::{Value, json};

use super::fixtures::{IMAGE, INDEX, TestResult, digest_of, error_message};

const CONFIG: &[u8] = b"{}";
const LAYER: &[u8] = b"layer";
const EMPTY: &str = "application/vnd.oci.empty.v1+json";

/// A request for a manifest.
#[derive(Default)]
struct Push {
    manifest: String,
    media_type: Option<String>,
    digest: Option<String>,
}

impl Push {
    fn new(manifest: impl ToString) -> Self {
        Self { manifest: manifest.to_string(), ..Self::default() }
    }

    fn media_type(mut self, media_type: &str) -> Self {
        self.media_type = Some(media_type.to_owned());
        self
    }

    fn digest(mut self, digest: impl Into<String>) -> Self {
        self.digest = Some(digest.into());
        self
    }
}

fn descriptor(media_type: &str, content: &[u8]) -> Value {
    json!({ "mediaType": media_type, "digest": digest_of(content), "size": content.len() })
}

fn config() -> Value {
    descriptor("application/vnd.oci.image.config.v1+json", CONFIG)
}

fn layer() -> Value {
    descriptor("application/vnd.oci.image.layer.v1.tar", LAYER)
}

/// A manifest that is accepted.
fn image() -> Value {
    json!({ "schemaVersion": 2, "mediaType": IMAGE, "config": config(), "layers": [layer()] })
}

/// An index of images.
fn index(manifests: impl Into<Value>) -> Value {
    json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": manifests.into() })
}

/// The accepted manifest with one member changed.
fn with(member: &str, value: impl Into<Value>) -> Push {
    let mut image = image();
    image[member] = value.into();
    Push::new(image)
}

/// The accepted manifest without one member.
fn without(member: &str) -> Push {
    let mut image = image();
    image.as_object_mut().map(|members| members.remove(member));
    Push::new(image)
}

/// The layer with one member changed, or without it if the value is null.
fn with_layer(member: &str, value: impl Into<Value>) -> Push {
    let mut layer = layer();
    layer[member] = value.into();
    if layer[member].is_null() {
        layer.as_object_mut().map(|members| members.remove(member));
    }
    with("layers", [layer])
}

const INVALID: &str = "InvalidParameterException";
const NO_LAYERS: &str = "LayersNotFoundException";
const NO_IMAGES: &str = "ReferencedImagesNotFoundException";
const WRONG_DIGEST: &str = "ImageDigestDoesNotMatchException";

/// Manifests that are rejected: with the code of the exception, and a part of its message.
fn rejected() -> Vec<(Push, &'static str, &'static str)> {
    let missing = descriptor("application/vnd.oci.image.layer.v1.tar", b"missing");
    let sha512 = format!("sha512:{}", "0".repeat(128));
    let too_many: Vec<_> = (0..501).map(|_| layer()).collect();
    let padding = " ".repeat(4 * 1024 * 1024);
    vec![
        (Push::new("{"), INVALID, "imageManifest is not JSON"),
        (Push::new("[]"), INVALID, "imageManifest has no schemaVersion"),
        (Push::new(format!("{}{padding}", image())), INVALID, "imageManifest"),
        (without("schemaVersion"), INVALID, "has no schemaVersion"),
        (with("schemaVersion", 1), INVALID, "has the schemaVersion 1, but must have 2"),
        (with("schemaVersion", "2"), INVALID, "has the schemaVersion \"2\", but must have 2"),
        (without("mediaType"), INVALID, "has no mediaType"),
        (with("mediaType", "text/plain"), INVALID, "\"text/plain\", which is not supported"),
        (with("mediaType", INDEX), INVALID, "has no list manifests"),
        (Push::new(image()).media_type(INDEX), INVALID, "but imageManifestMediaType is"),
        (without("config"), INVALID, "has no config"),
        (with("config", Value::Null), INVALID, "has no digest in config"),
        (with("config", missing.clone()), NO_LAYERS, "has no layer sha256:"),
        (without("layers"), INVALID, "has no list layers"),
        (with("layers", Value::Null), INVALID, "has no list layers"),
        (with("layers", json!([])), INVALID, "has no layers, but must have at least one"),
        (with("layers", too_many), INVALID, "has 501 layers, but may have at most 500"),
        (with("layers", [missing]), NO_LAYERS, "has no layer sha256:"),
        (with_layer("digest", sha512.clone()), NO_LAYERS, "has no layer sha512:"),
        (with_layer("digest", "latest"), INVALID, "has no digest in layers[0]"),
        (with_layer("size", 6), INVALID, "has 6 bytes, but it has 5"),
        (with_layer("size", -5), INVALID, "has no size in layers[0]"),
        (with_layer("mediaType", Value::Null), INVALID, "has no mediaType in layers[0]"),
        (Push::new(index([descriptor(IMAGE, b"missing")])), NO_IMAGES, "has no image sha256:"),
        (
            Push::new(index([json!({ "mediaType": IMAGE, "digest": sha512, "size": 1 })])),
            NO_IMAGES,
            "has no image sha512:",
        ),
        (Push::new(index(Value::Null)), INVALID, "has no list manifests"),
        (Push::new(image()).digest(digest_of(b"other")), WRONG_DIGEST, "is sha256:"),
        (Push::new(image()).digest(sha512), WRONG_DIGEST, "is sha256:"),
        (Push::new(image()).digest("latest"), INVALID, "imageDigest \"latest\" is not a digest"),
    ]
}

/// Manifests that are accepted although they are unusual.
fn accepted() -> Vec<Push> {
    let empty = descriptor(EMPTY, CONFIG);
    let artifact = json!({
        "schemaVersion": 2,
        "mediaType": IMAGE,
        "artifactType": "application/vnd.example.report",
        "config": empty,
        "layers": [empty],
    });
    let most: Vec<_> = (0..500).map(|_| layer()).collect();
    let text = image().to_string();
    let shared = index([descriptor(IMAGE, text.as_bytes()), descriptor(IMAGE, text.as_bytes())]);
    vec![
        Push::new(&text).digest(digest_of(text.as_bytes())),
        without("mediaType").media_type(IMAGE),
        Push::new(artifact),
        with("layers", most),
        Push::new(shared),
        with("annotations", json!({ "any": "thing" })),
    ]
}

macro_rules! service {
    ($service:ident) => {
        mod $service {
            use longshore::$service::Client;
            use longshore::$service::operation::*;
            use longshore_testing::Registry;

            use super::*;

            async fn upload(client: &Client, content: &[u8]) -> TestResult {
                let begun =
                    client.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
                let id = begun.upload_id.ok_or("no upload id")?;
                let last = i64::try_from(content.len())? - 1;
                let part = UploadLayerPartRequest::new("app", &id, 0, last, content);
                client.upload_layer_part(&part).await?;
                let digests = [digest_of(content)];
                let complete = CompleteLayerUploadRequest::new("app", &id, digests);
                client.complete_layer_upload(&complete).await?;
                Ok(())
            }

            /// A registry with a configuration and a layer.
            pub(super) async fn new_registry() -> TestResult<(Registry, Client)> {
                let registry = Registry::start();
                let client = Client::new(&registry.config());
                client.create_repository(&CreateRepositoryRequest::new("app")).await?;
                upload(&client, CONFIG).await?;
                upload(&client, LAYER).await?;
                Ok((registry, client))
            }

            pub(super) fn request(push: &Push) -> PutImageRequest {
                let mut request = PutImageRequest::new("app", &push.manifest);
                request.image_manifest_media_type = push.media_type.clone();
                request.image_digest = push.digest.clone();
                request
            }

            #[tokio::test]
            async fn rejected_manifests_have_the_exceptions_of_the_service() -> TestResult {
                let (_registry, client) = new_registry().await?;
                for (push, code, expected) in rejected() {
                    let message = error_message(client.put_image(&request(&push)).await, code);
                    assert!(message.contains(expected), "{message}\n{expected}");
                }
                let images = client.describe_images(&DescribeImagesRequest::new("app")).await?;
                assert_eq!(images.image_details, [], "a rejected push changes nothing");
                Ok(())
            }

            #[tokio::test]
            async fn unusual_manifests_are_accepted() -> TestResult {
                let (_registry, client) = new_registry().await?;
                for push in accepted() {
                    let put = client.put_image(&request(&push)).await;
                    assert!(put.is_ok(), "{put:?}\n{:.300}", push.manifest);
                }
                Ok(())
            }
        }
    };
}

service!(ecr);
service!(ecr_public);

#[tokio::test]
async fn an_image_has_at_most_a_thousand_tags() -> TestResult {
    let (_registry, client) = ecr::new_registry().await?;
    let put = ecr::request(&Push::new(image()));
    for n in 0..1_000 {
        client.put_image(&put.clone().image_tag(format!("v{n}"))).await?;
    }
    let more = client.put_image(&put.clone().image_tag("more")).await;
    let message = error_message(more, "LimitExceededException");
    assert!(message.ends_with(" has 1000 tags, the maximum"), "{message}");
    let again = client.put_image(&put.image_tag("v7")).await;
    error_message(again, "ImageAlreadyExistsException");
    Ok(())
}
