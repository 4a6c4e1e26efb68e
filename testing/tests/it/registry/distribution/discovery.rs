//! Lists of tags, repositories and referrers.

use longshore::ecr::operation::*;
use serde_json::json;

use super::client::{NAME, Oci, error};
use crate::registry::fixtures::{self, Manifest, TestResult, digest_of, manifest};

#[tokio::test]
async fn tags_are_listed_in_pages() -> TestResult {
    let oci = Oci::new().await?;
    let list = |query: &str| {
        let listed = oci.get(&format!("{NAME}/tags/list{query}"));
        assert_eq!((listed.status, &listed.json()["name"]), (200, &json!(NAME)), "{query}");
        (listed.json()["tags"].clone(), listed.header("link").map(str::to_owned))
    };
    assert_eq!(list(""), (json!([]), None));
    let image = oci.push_image(1, "b");
    ["a", "D", "c"].iter().for_each(|tag| drop(oci.push_manifest(&image, tag)));
    let link = |n: u32, last: &str| {
        Some(format!("</v2/{NAME}/tags/list?n={n}&last={last}>; rel=\"next\""))
    };
    for (query, tags, next) in [
        ("", json!(["D", "a", "b", "c"]), None),
        ("?n=4", json!(["D", "a", "b", "c"]), None),
        ("?n=3", json!(["D", "a", "b"]), link(3, "b")),
        ("?n=3&last=b", json!(["c"]), None),
        ("?n=1&last=a", json!(["b"]), link(1, "b")),
        ("?last=aa", json!(["b", "c"]), None),
        ("?n=0", json!([]), None),
        ("?n=99999999999999999999", json!(["D", "a", "b", "c"]), None),
    ] {
        assert_eq!(list(query), (tags, next), "{query}");
    }
    for query in ["?n=x", "?n=-1", "?n="] {
        let rejected = oci.get(&format!("{NAME}/tags/list{query}"));
        assert_eq!(rejected.error(), error(400, "UNSUPPORTED"), "{query}");
    }
    assert_eq!(oci.get("other/app/tags/list").error(), error(404, "NAME_UNKNOWN"));
    Ok(())
}

#[tokio::test]
async fn a_page_has_100_tags_by_default() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v000");
    (1..101).for_each(|n| drop(oci.push_manifest(&image, &format!("v{n:03}"))));
    let first = oci.get(&format!("{NAME}/tags/list"));
    assert_eq!(first.json()["tags"].as_array().map(Vec::len), Some(100));
    let link = first.header("link").ok_or("no link")?;
    let next = link.trim_start_matches("</v2/").split('>').next().ok_or("no path")?;
    assert_eq!(oci.get(next).json()["tags"], json!(["v100"]));
    Ok(())
}

#[tokio::test]
async fn repositories_are_listed_in_pages() -> TestResult {
    let oci = Oci::new().await?;
    oci.ecr.create_repository(&CreateRepositoryRequest::new("other")).await?;
    assert_eq!(oci.get("_catalog").json(), json!({ "repositories": ["other", NAME] }));
    let first = oci.get("_catalog?n=1");
    assert_eq!(first.json(), json!({ "repositories": ["other"] }));
    assert_eq!(first.header("link"), Some("</v2/_catalog?n=1&last=other>; rel=\"next\""));
    Ok(())
}

/// A manifest with a subject.
fn artifact(oci: &Oci, subject: &str, artifact_type: &str) -> Manifest {
    let config = oci.push_blob(b"{}");
    let descriptor = |media_type: &str| json!({ "mediaType": media_type, "digest": config.digest, "size": config.size });
    let subject = json!({ "mediaType": fixtures::IMAGE, "digest": subject, "size": 10 });
    manifest(
        json!({
            "schemaVersion": 2,
            "mediaType": fixtures::IMAGE,
            "artifactType": artifact_type,
            "config": descriptor("application/vnd.oci.empty.v1+json"),
            "layers": [descriptor("text/plain")],
            "subject": subject,
            "annotations": { "org.example.by": artifact_type },
        })
        .to_string(),
    )
}

#[tokio::test]
async fn referrers_are_listed_and_filtered() -> TestResult {
    let oci = Oci::new().await?;
    // The subject need not exist yet.
    let subject = digest_of(b"subject");
    let path = format!("{NAME}/referrers/{subject}");
    let empty = json!({ "schemaVersion": 2, "mediaType": fixtures::INDEX, "manifests": [] });
    let listed = oci.get(&path);
    assert_eq!((listed.status, listed.json()), (200, empty.clone()));
    assert_eq!(listed.header("content-type"), Some(fixtures::INDEX));

    let [one, other] = ["text/signature+x", "text/sbom"].map(|kind| artifact(&oci, &subject, kind));
    for artifact in [&one, &other] {
        let pushed = oci.push_manifest(artifact, &artifact.digest);
        assert_eq!(pushed.header("oci-subject"), Some(&*subject));
    }
    let descriptor = |artifact: &Manifest, kind: &str| {
        json!({
            "mediaType": fixtures::IMAGE,
            "digest": artifact.digest,
            "size": artifact.text.len(),
            "artifactType": kind,
            "annotations": { "org.example.by": kind },
        })
    };
    let (one_listed, other_listed) =
        (descriptor(&one, "text/signature+x"), descriptor(&other, "text/sbom"));
    let listed = oci.get(&path);
    assert_eq!(listed.json()["manifests"], json!([one_listed, other_listed]));
    assert_eq!(listed.header("oci-filters-applied"), None);

    for filter in ["text/signature+x", "text%2Fsignature%2Bx"] {
        let filtered = oci.get(&format!("{path}?artifactType={filter}"));
        assert_eq!(filtered.json()["manifests"], json!([one_listed]), "{filter}");
        assert_eq!(filtered.header("oci-filters-applied"), Some("artifactType"));
    }
    assert_eq!(oci.get(&format!("{path}?artifactType=x")).json(), empty);
    assert_eq!(oci.get(&format!("{NAME}/referrers/x")).error(), error(400, "DIGEST_INVALID"));
    assert_eq!(oci.delete(&format!("{NAME}/manifests/{}", one.digest)).status, 202);
    assert_eq!(oci.get(&path).json()["manifests"], json!([other_listed]));
    Ok(())
}

/// An image without an artifact type is listed with the media type of its configuration.
#[tokio::test]
async fn the_type_of_an_image_is_that_of_its_configuration() -> TestResult {
    let oci = Oci::new().await?;
    let subject = digest_of(b"subject");
    let typed = artifact(&oci, &subject, "x");
    let untyped = manifest(typed.text.replace(r#""artifactType":"x","#, ""));
    assert_ne!(typed.digest, untyped.digest);
    oci.push_manifest(&untyped, "v1");
    let listed = oci.get(&format!("{NAME}/referrers/{subject}")).json();
    let listed = &listed["manifests"][0]["artifactType"];
    assert_eq!(listed, &json!("application/vnd.oci.empty.v1+json"));
    Ok(())
}
