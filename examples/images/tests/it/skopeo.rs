//! Copies images to and from the registry of `longshore-testing` with skopeo; run by
//! `cargo xtask e2e`. skopeo uses the distribution API, and the library uses the API of Amazon ECR.

use std::path::Path;
use std::process::{Command, Output};

use longshore::ecr::operation::{CreateRepositoryRequest, DescribeImagesRequest};
use longshore_images::SampleOptions;
use serde_json::Value;
use tempfile::tempdir;

use crate::pushes::platforms;
use crate::test_layout::{TestLayout, blobs};
use crate::test_registry::{REPOSITORY, TestRegistry};

/// Runs skopeo with the address and a password of a registry.
struct Skopeo {
    host: String,
    credentials: String,
}

impl Skopeo {
    fn new(registry: &TestRegistry) -> Self {
        let host = registry.registry.url().replace("http://", "");
        Self { host, credentials: format!("AWS:{}", registry.registry.login_password()) }
    }

    /// The name of an image of the registry.
    fn remote(&self, image: &str) -> String {
        format!("docker://{}/{image}", self.host)
    }

    /// Copies an image with all of its platforms. A side in the registry gets the credentials.
    #[track_caller]
    fn copy(&self, from: &str, to: &str) {
        let mut options = vec!["copy", "--all", "--preserve-digests"];
        for (side, name) in [("src", from), ("dest", to)] {
            if name.starts_with("docker:") {
                options.extend(match side {
                    "src" => ["--src-tls-verify=false", "--src-creds", &self.credentials],
                    _ => ["--dest-tls-verify=false", "--dest-creds", &self.credentials],
                });
            }
        }
        options.extend([from, to]);
        run(&options);
    }

    /// Runs a command for an image and returns its output.
    #[track_caller]
    fn run(&self, command: &str, image: &str) -> String {
        let options = ["--tls-verify=false", "--creds", &self.credentials, image];
        run(&[&[command][..], &options].concat())
    }
}

#[track_caller]
fn run(options: &[&str]) -> String {
    let Output { status, stdout, stderr } = output(options);
    assert!(status.success(), "{options:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("UTF-8")
}

/// Runs skopeo without a signature policy, because only some systems have one.
fn output(options: &[&str]) -> Output {
    let mut skopeo = Command::new("skopeo");
    skopeo.arg("--insecure-policy").args(options).output().expect("skopeo is installed")
}

fn oci(folder: &Path) -> String {
    format!("oci:{}", folder.display())
}

fn sample() -> TestLayout {
    TestLayout::sample(&SampleOptions::new().platforms(platforms()).layers(2).layer_size(50_000))
}

#[tokio::test]
#[ignore = "needs skopeo: run `cargo xtask e2e`"]
async fn skopeo_pushes_what_pull_pulls() {
    let (registry, folder) = (TestRegistry::new().await, sample());
    let skopeo = Skopeo::new(&registry);
    skopeo.copy(&oci(folder.path()), &skopeo.remote("team/app:v1"));

    let copy = tempdir().expect("a folder");
    registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
    let digest = folder.layout().select(None).expect("an image").digest().to_string();
    assert_eq!(registry.tags().await, [("v1".to_owned(), digest)]);
    let described = registry.ecr.describe_images(&DescribeImagesRequest::new(REPOSITORY)).await;
    assert_eq!(described.expect("described").image_details.len(), 3, "an index and two images");
}

#[tokio::test]
#[ignore = "needs skopeo: run `cargo xtask e2e`"]
async fn skopeo_pulls_what_push_pushes() {
    let (registry, folder) = (TestRegistry::new().await, sample());
    registry.push(&folder, "team/app:v1").await.expect("pushed");

    let copy = tempdir().expect("a folder");
    let skopeo = Skopeo::new(&registry);
    skopeo.copy(&skopeo.remote("team/app:v1"), &oci(copy.path()));
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
#[ignore = "needs skopeo: run `cargo xtask e2e`"]
async fn skopeo_copies_between_repositories() {
    let (registry, folder) = (TestRegistry::new().await, sample());
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    registry.ecr.create_repository(&CreateRepositoryRequest::new("team/copy")).await.expect("made");
    let skopeo = Skopeo::new(&registry);
    skopeo.copy(&skopeo.remote("team/app:v1"), &skopeo.remote("team/copy:v2"));

    let copy = tempdir().expect("a folder");
    registry.pull("team/copy:v2", copy.path()).await.expect("pulled");
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
#[ignore = "needs skopeo: run `cargo xtask e2e`"]
async fn skopeo_lists_inspects_and_deletes() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::sample(&SampleOptions::new().layers(1).layer_size(5_000));
    for tag in ["v1", "v2"] {
        registry.push(&folder, &format!("team/app:{tag}")).await.expect("pushed");
    }
    let skopeo = Skopeo::new(&registry);
    let json = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let listed = json(&skopeo.run("list-tags", &skopeo.remote("team/app")));
    assert_eq!(listed["Tags"], serde_json::json!(["v1", "v2"]));
    let inspected = json(&skopeo.run("inspect", &skopeo.remote("team/app:v1")));
    let digest = folder.layout().select(None).expect("an image").digest().to_string();
    assert_eq!(inspected["Digest"], Value::from(digest));
    assert_eq!(inspected["Layers"].as_array().map(Vec::len), Some(1));

    skopeo.run("delete", &skopeo.remote("team/app:v1"));
    assert_eq!(registry.tags().await, [], "the image is deleted with all of its tags");
}

#[tokio::test]
#[ignore = "needs skopeo: run `cargo xtask e2e`"]
async fn skopeo_needs_a_password_of_the_registry() {
    let registry = TestRegistry::new().await;
    let image = Skopeo::new(&registry).remote("team/app:v1");
    for credentials in [&["--creds", "AWS:wrong"][..], &["--no-creds"]] {
        let options = [&["inspect", "--tls-verify=false"][..], credentials, &[&image]].concat();
        let Output { status, stderr, .. } = output(&options);
        assert!(!status.success(), "{credentials:?}");
        let text = String::from_utf8_lossy(&stderr).to_lowercase();
        assert!(
            text.contains("unauthorized") || text.contains("invalid username/password"),
            "{text}"
        );
    }
}
