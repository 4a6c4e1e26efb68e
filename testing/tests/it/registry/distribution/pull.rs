//! Pulls of blobs and manifests.

use super::client::{NAME, Oci, error};
use crate::registry::fixtures::{self, TestResult, digest_of, index, layer};

#[tokio::test]
async fn a_blob_is_pulled_whole_and_in_ranges() -> TestResult {
    let oci = Oci::new().await?;
    let content = layer(1, 1_000);
    let path = format!("{NAME}/blobs/{}", oci.push_blob(&content).digest);
    let (head, got) = (oci.head(&path), oci.get(&path));
    for response in [&head, &got] {
        assert_eq!(response.status, 200);
        assert_eq!(response.header("content-length"), Some("1000"));
        assert_eq!(response.header("content-type"), Some("application/octet-stream"));
        assert_eq!(response.header("docker-content-digest"), Some(&*digest_of(&content)));
    }
    assert_eq!((head.body, got.body), (Vec::new(), content.clone()));

    let part = oci.send("GET", &path, &["range: bytes=10-19"], b"");
    assert_eq!((part.status, part.header("content-range")), (206, Some("bytes 10-19/1000")));
    assert_eq!(part.body, content[10..20]);
    assert_eq!(oci.send("GET", &path, &["range: bytes=1000-"], b"").status, 416);
    Ok(())
}

#[tokio::test]
async fn unknown_blobs_and_manifests_are_not_found() -> TestResult {
    let oci = Oci::new().await?;
    let digest = digest_of(b"missing");
    for (path, status, code) in [
        (format!("{NAME}/blobs/{digest}"), 404, "BLOB_UNKNOWN"),
        (format!("{NAME}/blobs/sha256:x"), 400, "DIGEST_INVALID"),
        (format!("{NAME}/blobs/x"), 400, "DIGEST_INVALID"),
        (format!("{NAME}/manifests/{digest}"), 404, "MANIFEST_UNKNOWN"),
        (format!("{NAME}/manifests/v1"), 404, "MANIFEST_UNKNOWN"),
        (format!("{NAME}/manifests/.v1"), 404, "MANIFEST_UNKNOWN"),
        (format!("{NAME}/manifests/sha256:x"), 400, "DIGEST_INVALID"),
        (format!("other/app/blobs/{digest}"), 404, "NAME_UNKNOWN"),
        ("other/app/manifests/v1".to_owned(), 404, "NAME_UNKNOWN"),
        ("Team/manifests/v1".to_owned(), 400, "NAME_INVALID"),
        ("a/manifests/v1".to_owned(), 400, "NAME_INVALID"),
        (format!("{}/manifests/v1", "a".repeat(257)), 400, "NAME_INVALID"),
        ("team/app".to_owned(), 404, "UNSUPPORTED"),
    ] {
        assert_eq!(oci.get(&path).error(), error(status, code), "{path}");
        let head = oci.head(&path);
        assert_eq!((head.status, head.body), (status, Vec::new()), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn a_manifest_is_pulled_by_tag_and_by_digest() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    for reference in ["v1", &image.digest] {
        let path = format!("{NAME}/manifests/{reference}");
        for response in [oci.head(&path), oci.get(&path)] {
            assert_eq!(response.status, 200);
            assert_eq!(response.header("content-type"), Some(fixtures::IMAGE));
            assert_eq!(response.header("docker-content-digest"), Some(&*image.digest));
            let length = image.text.len().to_string();
            assert_eq!(response.header("content-length"), Some(&*length));
        }
        assert_eq!(oci.get(&path).body, image.text.as_bytes());
    }
    Ok(())
}

/// Manifests are not converted to a type that the client accepts.
#[tokio::test]
async fn a_manifest_whose_type_is_not_accepted_is_not_found() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    oci.push_manifest(&index(&[&image]), "all");
    let accept = |reference: &str, headers: &[&str]| {
        oci.send("GET", &format!("{NAME}/manifests/{reference}"), headers, b"")
    };
    let only_images = format!("accept: {}", fixtures::IMAGE);
    let both = format!("accept: {}, {};q=0.5", fixtures::IMAGE, fixtures::INDEX);
    let two_headers = [&*only_images, &*format!("accept: {}", fixtures::INDEX)];
    assert_eq!(accept("v1", &[&only_images]).status, 200);
    assert_eq!(accept("all", &[&only_images]).error(), error(404, "MANIFEST_UNKNOWN"));
    for headers in [&[&*both][..], &two_headers, &["accept: */*"], &[]] {
        let got = accept("all", headers);
        assert_eq!((got.status, got.header("content-type")), (200, Some(fixtures::INDEX)));
    }
    Ok(())
}
