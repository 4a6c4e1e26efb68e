//! Names of images in `index.json`: what a pull replaces, and what a push selects.

use std::fs;
use std::sync::Arc;

use longshore_images::{Digest, Error, Layout, PushOptions};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::test_layout::{TestLayout, read_index};
use crate::test_registry::TestRegistry;

const OTHER: &str = "team/other";

/// A layout with one image.
fn layout_of(layer: &[u8]) -> (TestLayout, Digest) {
    let folder = TestLayout::new();
    let image = folder.image(layer);
    folder.index(&[json!(image)]);
    (folder, image.digest)
}

/// A registry with `team/app:v1` and another image as `team/other:v1`.
async fn two_repositories() -> (TestRegistry, [Digest; 2]) {
    let registry = TestRegistry::new().await;
    registry.remote().create_repository(OTHER).await.expect("a repository");
    let ((app, app_digest), (other, other_digest)) = (layout_of(b"app"), layout_of(b"other"));
    registry.push(&app, "team/app:v1").await.expect("pushed");
    registry.push(&other, "team/other:v1").await.expect("pushed");
    (registry, [app_digest, other_digest])
}

fn selected(layout: &Layout, name: &str) -> Result<Digest, String> {
    let image = layout.select(Some(name)).map(|image| image.digest());
    image.map_err(|error| error.to_string().replace(&layout.folder().display().to_string(), "DIR"))
}

#[tokio::test]
async fn images_of_two_repositories_with_the_same_tag_are_kept() {
    let (registry, [app, other]) = two_repositories().await;
    let copy = tempdir().expect("a folder");
    for from in ["team/app:v1", "team/other:v1", "team/app:v1"] {
        let pulled = registry.pull(from, copy.path()).await.expect("pulled");
        assert_eq!(pulled.replaced, Vec::<String>::new(), "{from}");
    }
    let layout = Layout::open(copy.path()).expect("a layout");
    let names: Vec<_> =
        layout.entries().iter().map(|it| (it.image_name(), it.name(), it.digest)).collect();
    let expected =
        [(Some("team/app:v1"), Some("v1"), app), (Some("team/other:v1"), Some("v1"), other)];
    assert_eq!(names, expected);
    assert_eq!(selected(&layout, "team/app:v1"), Ok(app));
    assert_eq!(selected(&layout, "other:v1"), Ok(other));
    assert_eq!(selected(&layout, &app.to_string()), Ok(app));
    let candidates = format!("team/app:v1 ({app}), team/other:v1 ({other})");
    let message = "DIR has 2 images that match \"v1\"; select one by its full name or its digest";
    assert_eq!(selected(&layout, "v1"), Err(format!("{message}: {candidates}")));
    let message = "DIR has no image that matches \"v2\"; select one of";
    assert_eq!(selected(&layout, "v2"), Err(format!("{message} {candidates}")));
}

#[tokio::test]
async fn a_push_selects_the_image_with_the_name_of_the_destination() {
    let (registry, [app, other]) = two_repositories().await;
    let copy = TestLayout::new();
    for from in ["team/app:v1", "team/other:v1"] {
        registry.pull(from, copy.path()).await.expect("pulled");
    }
    let pushed = registry.push(&copy, "team/other:v1").await.expect("pushed");
    assert_eq!(pushed.digest, other);
    let options = PushOptions::new().select("team/app:v1");
    let pushed = registry.push_with(&copy, "team/other:v2", &options, Arc::new(())).await;
    assert_eq!(pushed.expect("pushed").digest, app);
    let error = registry.push(&copy, "team/other:v3").await.expect_err("which image?");
    assert!(matches!(error, Error::Select { .. }), "{error}");
}

#[tokio::test]
async fn an_image_with_the_same_name_is_replaced_and_reported() {
    let (registry, [app, _]) = two_repositories().await;
    let copy = tempdir().expect("a folder");
    registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    let (newer, newer_digest) = layout_of(b"newer");
    registry.push(&newer, "team/app:v1").await.expect("pushed");
    let pulled = registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!(pulled.replaced, [app.to_string()]);
    let layout = Layout::open(copy.path()).expect("a layout");
    assert_eq!(layout.entries().len(), 1);
    assert_eq!(selected(&layout, "v1"), Ok(newer_digest));
}

/// Pulls into a layout with this entry, and returns what the pull reports as replaced and the entries.
async fn pull_over(annotations: Value) -> (Vec<String>, Vec<Value>) {
    let (registry, _) = two_repositories().await;
    let folder = TestLayout::new();
    let mut entry = json!(folder.image(b"there already"));
    entry["annotations"] = annotations;
    entry["x-unknown"] = json!({ "kept": [1.5, null] });
    folder.index(&[entry.clone()]);
    let pulled = registry.pull("team/app:v1", folder.path()).await.expect("pulled");
    let Value::Array(entries) = folder.read_index()["manifests"].take() else { panic!("a list") };
    if pulled.replaced.is_empty() {
        assert_eq!(entries[0], entry, "the entry is unchanged");
    }
    (pulled.replaced, entries)
}

#[tokio::test]
async fn only_the_same_repository_and_tag_is_replaced() {
    const REF: &str = "org.opencontainers.image.ref.name";
    const NAME: &str = "io.containerd.image.name";
    for (annotations, is_replaced) in [
        // Docker and BuildKit
        (json!({ REF: "v1", NAME: "docker.io/library/nginx:v1" }), false),
        (json!({ REF: "v1", NAME: "docker.io/team/app:v1" }), false),
        (json!({ REF: "v1", NAME: "team/app:v1" }), true),
        (json!({ REF: "v2", NAME: "team/app:v2" }), false),
        // skopeo and umoci: the repository is unknown
        (json!({ REF: "v1" }), false),
        // Podman and crane
        (json!({ REF: "team/app:v1" }), true),
        (json!({ REF: "docker.io/team/app:v1" }), false),
        (json!({}), false),
        (json!(null), false),
    ] {
        let (replaced, entries) = pull_over(annotations.clone()).await;
        assert_eq!(replaced.len(), usize::from(is_replaced), "{annotations}");
        assert_eq!(entries.len(), 2 - replaced.len(), "{annotations}");
    }
}

#[tokio::test]
async fn pulling_the_same_image_again_changes_nothing() {
    let (registry, _) = two_repositories().await;
    let copy = tempdir().expect("a folder");
    registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    let mut index = read_index(copy.path());
    index["manifests"][0]["x-unknown"] = json!("kept");
    index["manifests"][0]["annotations"]["more"] = json!("kept");
    fs::write(copy.path().join("index.json"), index.to_string()).expect("written");
    let pulled = registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!(pulled.replaced, Vec::<String>::new());
    assert_eq!(read_index(copy.path()), index);
}
