//! Deletions.

use super::client::{NAME, Oci, error};
use crate::registry::fixtures::{TestResult, digest_of, index, layer};

#[tokio::test]
async fn deleting_a_tag_leaves_the_manifest() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    let tag = format!("{NAME}/manifests/v1");
    assert_eq!(oci.delete(&tag).status, 202);
    assert_eq!(oci.get(&tag).error(), error(404, "MANIFEST_UNKNOWN"));
    assert_eq!(oci.delete(&tag).error(), error(404, "MANIFEST_UNKNOWN"));
    assert_eq!(oci.get(&format!("{NAME}/manifests/{}", image.digest)).status, 200);
    assert_eq!(oci.push_manifest(&image, "v1").status, 201);
    Ok(())
}

#[tokio::test]
async fn deleting_a_manifest_deletes_its_tags() -> TestResult {
    let oci = Oci::new().await?;
    let (image, other) = (oci.push_image(1, "v1"), oci.push_image(2, "other"));
    oci.push_manifest(&image, "v2");
    let path = format!("{NAME}/manifests/{}", image.digest);
    assert_eq!(oci.delete(&path).status, 202);
    assert_eq!(oci.get(&path).error(), error(404, "MANIFEST_UNKNOWN"));
    assert_eq!(oci.delete(&path).error(), error(404, "MANIFEST_UNKNOWN"));
    let tags = oci.get(&format!("{NAME}/tags/list"));
    assert_eq!(tags.json()["tags"], serde_json::json!(["other"]));
    assert_eq!(oci.get(&format!("{NAME}/manifests/{}", other.digest)).status, 200);
    Ok(())
}

/// Everything that an image or an index references must exist as long as the image or the index
/// does.
#[tokio::test]
async fn referenced_content_cannot_be_deleted() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    let index = index(&[&image]);
    oci.push_manifest(&index, "all");
    let blob = format!("{NAME}/blobs/{}", digest_of(&layer(1, 1_000)));
    let [image, index] = [image, index].map(|it| format!("{NAME}/manifests/{}", it.digest));
    for (path, allowed) in [(&blob, "GET, HEAD"), (&image, "GET, HEAD, PUT")] {
        let rejected = oci.delete(path);
        assert_eq!(rejected.error(), error(405, "UNSUPPORTED"));
        assert_eq!(rejected.header("allow"), Some(allowed));
        assert_eq!(oci.get(path).status, 200);
    }
    for path in [&index, &image, &blob] {
        assert_eq!(oci.delete(path).status, 202, "{path}");
    }
    assert_eq!(oci.delete(&blob).error(), error(404, "BLOB_UNKNOWN"));
    Ok(())
}

#[tokio::test]
async fn other_methods_are_rejected_with_the_supported_ones() -> TestResult {
    let oci = Oci::new().await?;
    let digest = digest_of(b"x");
    for (path, methods, allowed) in [
        (String::new(), &["POST", "PUT", "DELETE", "BREW"][..], "GET, HEAD"),
        ("_catalog".to_owned(), &["POST", "DELETE"], "GET, HEAD"),
        (format!("{NAME}/tags/list"), &["POST", "DELETE"], "GET, HEAD"),
        (format!("{NAME}/referrers/{digest}"), &["PUT", "DELETE"], "GET, HEAD"),
        (format!("{NAME}/blobs/{digest}"), &["POST", "PUT", "PATCH"], "GET, HEAD, DELETE"),
        (format!("{NAME}/manifests/v1"), &["POST", "PATCH"], "GET, HEAD, PUT, DELETE"),
        (format!("{NAME}/blobs/uploads/"), &["GET", "PUT", "DELETE"], "POST"),
        (format!("{NAME}/blobs/uploads/x"), &["POST"], "GET, HEAD, PATCH, PUT, DELETE"),
    ] {
        for method in methods {
            let rejected = oci.send(method, &path, &[], b"");
            assert_eq!(rejected.error(), error(405, "UNSUPPORTED"), "{method} {path}");
            assert_eq!(rejected.header("allow"), Some(allowed), "{method} {path}");
        }
    }
    Ok(())
}
