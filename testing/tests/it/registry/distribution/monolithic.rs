//! Blobs that are pushed in one request or mounted from another repository.

use longshore::ecr::operation::*;

use super::client::{NAME, Oci, error};
use crate::registry::fixtures::{TestResult, digest_of, layer};

#[tokio::test]
async fn a_blob_is_pushed_with_one_post() -> TestResult {
    let oci = Oci::new().await?;
    let (content, digest) = (layer(1, 100), digest_of(&layer(1, 100)));
    let path = format!("{NAME}/blobs/uploads/?digest={digest}");
    // Pushing it again also succeeds.
    for _ in 0..2 {
        let pushed = oci.send("POST", &path, &["content-type: application/octet-stream"], &content);
        assert_eq!(pushed.status, 201);
        assert_eq!(pushed.header("docker-content-digest"), Some(&*digest));
        assert_eq!(oci.get(&pushed.location()).body, content);
    }
    Ok(())
}

/// curl sends this content type by default, and a layer may look like a form.
#[tokio::test]
async fn a_blob_that_looks_like_a_form_is_stored() -> TestResult {
    let oci = Oci::new().await?;
    let content = b"Action=PutImage&Version=2015-09-21";
    let path = format!("{NAME}/blobs/uploads/?digest={}", digest_of(content));
    let form = ["content-type: application/x-www-form-urlencoded"];
    let pushed = oci.send("POST", &path, &form, content);
    assert_eq!(oci.get(&pushed.location()).body, content);
    Ok(())
}

#[tokio::test]
async fn a_blob_is_pushed_with_a_post_and_a_put() -> TestResult {
    let oci = Oci::new().await?;
    let content = layer(1, 100);
    let upload = oci.begin_upload();
    let path = format!("{upload}?digest={}", digest_of(&content));
    let pushed = oci.send("PUT", &path, &[], &content);
    assert_eq!(pushed.status, 201);
    assert_eq!(oci.get(&pushed.location()).body, content);
    assert_eq!(oci.get(&upload).error(), error(404, "BLOB_UPLOAD_UNKNOWN"), "it is complete");
    Ok(())
}

#[tokio::test]
async fn blobs_with_other_digests_are_rejected() -> TestResult {
    let oci = Oci::new().await?;
    let digest = digest_of(b"other");
    for (digest, content, expected) in [
        (&*digest, &b"content"[..], error(400, "DIGEST_INVALID")),
        ("sha512:ab", b"content", error(400, "DIGEST_INVALID")),
        ("sha256:", b"content", error(400, "DIGEST_INVALID")),
        ("", b"content", error(400, "DIGEST_INVALID")),
        (&*digest_of(b""), b"", error(400, "SIZE_INVALID")),
    ] {
        let path = format!("{NAME}/blobs/uploads/?digest={digest}");
        assert_eq!(oci.send("POST", &path, &[], content).error(), expected, "{digest}");
        let path = format!("{}?digest={digest}", oci.begin_upload());
        assert_eq!(oci.send("PUT", &path, &[], content).error(), expected, "{digest}");
    }
    assert_eq!(oci.get(&format!("{NAME}/blobs/{digest}")).status, 404);
    Ok(())
}

#[tokio::test]
async fn a_blob_is_mounted_from_another_repository() -> TestResult {
    let oci = Oci::new().await?;
    oci.ecr.create_repository(&CreateRepositoryRequest::new("other/app")).await?;
    let digest = oci.push_blob(b"content").digest;
    let mount = |parameters: &str| {
        oci.send("POST", &format!("other/app/blobs/uploads/?{parameters}"), &[], b"")
    };
    // A blob that cannot be mounted must be uploaded.
    for parameters in [
        format!("mount={digest}&from=no/such"),
        format!("mount={digest}&from=../x"),
        format!("mount={digest}"),
        format!("mount={}&from={NAME}", digest_of(b"missing")),
    ] {
        let begun = mount(&parameters);
        assert_eq!(begun.status, 202, "{parameters}");
        assert_eq!(oci.get(&begun.location()).status, 204);
    }
    assert_eq!(mount("mount=x&from=team/app").error(), error(400, "DIGEST_INVALID"));
    assert_eq!(oci.get(&format!("other/app/blobs/{digest}")).status, 404);

    let mounted = mount(&format!("mount={digest}&from=team%2Fapp"));
    assert_eq!(mounted.status, 201);
    assert_eq!(mounted.location(), format!("other/app/blobs/{digest}"));
    assert_eq!(oci.delete(&format!("{NAME}/blobs/{digest}")).status, 202);
    assert_eq!(oci.get(&mounted.location()).body, b"content");
    Ok(())
}
