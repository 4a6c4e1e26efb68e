//! Pushes of manifests, and the rules of Amazon ECR.

use longshore::ecr::operation::*;
use longshore_testing::Registry;

use super::client::{NAME, Oci, error};
use crate::registry::fixtures::{
    self, IMAGE, TestResult, Uploaded, digest_of, image, index, manifest,
};

#[tokio::test]
async fn a_manifest_is_pushed_by_tag_and_by_digest() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    // The same manifest can be pushed again, by a tag or by its digest.
    for reference in ["v1", &image.digest, "v2", &image.digest] {
        let pushed = oci.push_manifest(&image, reference);
        assert_eq!(pushed.header("docker-content-digest"), Some(&*image.digest));
        assert_eq!(pushed.header("oci-subject"), None);
        assert_eq!(oci.get(&pushed.location()).body, image.text.as_bytes());
    }
    Ok(())
}

#[tokio::test]
async fn the_content_type_is_the_type_of_a_manifest_without_one() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    let untyped = manifest(image.text.replace(&format!(r#""mediaType":"{IMAGE}","#), ""));
    let put = |headers: &[&str]| {
        oci.send("PUT", &format!("{NAME}/manifests/v2"), headers, untyped.text.as_bytes())
    };
    assert_eq!(put(&[]).error(), error(400, "MANIFEST_INVALID"));
    assert_eq!(put(&["content-type: text/plain"]).error(), error(400, "MANIFEST_INVALID"));
    let header = format!("content-type: {IMAGE}; charset=utf-8");
    assert_eq!(put(&[&header]).status, 201);
    let got = oci.get(&format!("{NAME}/manifests/v2"));
    assert_eq!(got.header("content-type"), Some(IMAGE));
    assert_eq!(got.body, untyped.text.as_bytes());
    Ok(())
}

#[tokio::test]
async fn invalid_manifests_are_rejected() -> TestResult {
    let oci = Oci::new().await?;
    let config = oci.push_blob(b"{}");
    let missing = Uploaded { digest: digest_of(b"missing"), size: 7 };
    let unknown = image(&config, &[&missing]);
    let wrong_size = image(&config, &[&Uploaded { digest: config.digest.clone(), size: 3 }]);
    let valid = image(&config, &[&config]);
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    let of_index = index(&[&valid]);
    let wrong_type = format!("content-type: {}", fixtures::INDEX);
    for (headers, text, reference, expected) in [
        (&[][..], &b"{"[..], "v1", error(400, "MANIFEST_INVALID")),
        (&[], b"", "v1", error(400, "MANIFEST_INVALID")),
        (&[], b"\xff", "v1", error(400, "MANIFEST_INVALID")),
        (&[], &large, "v1", error(413, "MANIFEST_INVALID")),
        (&[], unknown.text.as_bytes(), "v1", error(404, "MANIFEST_BLOB_UNKNOWN")),
        (&[], of_index.text.as_bytes(), "v1", error(404, "MANIFEST_BLOB_UNKNOWN")),
        (&[], wrong_size.text.as_bytes(), "v1", error(400, "MANIFEST_INVALID")),
        (&[&*wrong_type], valid.text.as_bytes(), "v1", error(400, "MANIFEST_INVALID")),
        (&[], valid.text.as_bytes(), ".v1", error(400, "TAG_INVALID")),
        (&[], valid.text.as_bytes(), &"v".repeat(129), error(400, "TAG_INVALID")),
        (&[], valid.text.as_bytes(), &missing.digest, error(400, "DIGEST_INVALID")),
        (&[], valid.text.as_bytes(), "sha256:x", error(400, "DIGEST_INVALID")),
    ] {
        let rejected = oci.send("PUT", &format!("{NAME}/manifests/{reference}"), headers, text);
        assert_eq!(rejected.error(), expected, "{reference} {}", rejected.message());
    }
    assert_eq!(oci.get(&format!("{NAME}/tags/list")).json()["tags"], serde_json::json!([]));
    assert_eq!(oci.push_manifest(&valid, &"v".repeat(128)).status, 201);
    Ok(())
}

#[tokio::test]
async fn an_immutable_tag_cannot_be_moved() -> TestResult {
    let oci = Oci::new().await?;
    oci.push_image(1, "v1");
    let other = oci.push_image(2, "v2");
    let immutable = PutImageTagMutabilityRequest::new(NAME, "IMMUTABLE");
    oci.ecr.put_image_tag_mutability(&immutable).await?;
    let path = format!("{NAME}/manifests/v1");
    let moved = oci.send("PUT", &path, &[], other.text.as_bytes());
    assert_eq!(moved.error(), error(400, "TAG_INVALID"));
    assert_eq!(moved.message(), "the tag \"v1\" exists and is immutable");
    assert_eq!(oci.push_manifest(&other, "v3").status, 201);
    Ok(())
}

#[tokio::test]
async fn a_push_creates_a_repository_only_if_configured() -> TestResult {
    let oci = Oci::empty(Registry::start()).await?;
    let digest = digest_of(b"{}");
    let post = format!("{NAME}/blobs/uploads/?digest={digest}");
    assert_eq!(oci.send("POST", &post, &[], b"{}").error(), error(404, "NAME_UNKNOWN"));
    let put = format!("{NAME}/manifests/v1");
    assert_eq!(oci.send("PUT", &put, &[], b"{}").error(), error(404, "NAME_UNKNOWN"));

    let oci = Oci::empty(Registry::builder().create_on_push(true).start()?).await?;
    assert_eq!(oci.get(&format!("{NAME}/tags/list")).error(), error(404, "NAME_UNKNOWN"));
    // Rejected pushes create nothing.
    let post = |query: &str| oci.send("POST", &format!("{NAME}/blobs/uploads/?{query}"), &[], b"x");
    for query in ["digest=sha256:x", &*format!("digest={digest}"), "mount=sha256:x"] {
        assert_eq!(post(query).error(), error(400, "DIGEST_INVALID"));
    }
    assert_eq!(oci.send("PUT", &put, &[], b"{}").error(), error(400, "MANIFEST_INVALID"));
    assert_eq!(oci.get(&format!("{NAME}/tags/list")).error(), error(404, "NAME_UNKNOWN"));
    oci.push_image(1, "v1");
    let described = oci.ecr.describe_repositories(&DescribeRepositoriesRequest::new()).await?;
    let names: Vec<_> =
        described.repositories.iter().filter_map(|it| it.repository_name.as_deref()).collect();
    assert_eq!(names, [NAME]);
    let invalid = oci.send("POST", "Team/blobs/uploads/", &[], b"");
    assert_eq!(invalid.error(), error(400, "NAME_INVALID"));
    Ok(())
}
