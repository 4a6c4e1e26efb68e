//! The version check, and requests with and without a token.

use std::time::Duration;

use longshore_testing::Registry;

use super::client::{NAME, Oci, error, send};
use crate::registry::fixtures::TestResult;

#[tokio::test]
async fn the_version_check_needs_a_token() -> TestResult {
    let oci = Oci::new().await?;
    let checked = oci.get("");
    assert_eq!((checked.status, &checked.body[..]), (200, &b"{}"[..]));
    assert_eq!(checked.header("docker-distribution-api-version"), Some("registry/2.0"));

    let url = oci.registry.url();
    for headers in [
        &[][..],
        &["authorization: Basic"],
        // AWS:wrong
        &["authorization: Basic QVdTOndyb25n"],
        &["authorization: Bearer QVdTOndyb25n"],
        &["authorization: Basic \u{e4}"],
    ] {
        let rejected = send(url, "GET /v2/", headers, b"");
        assert_eq!(rejected.error(), error(401, "UNAUTHORIZED"), "{headers:?}");
        let challenge = format!("Basic realm=\"{url}\",service=\"ecr.amazonaws.com\"");
        assert_eq!(rejected.header("www-authenticate"), Some(&*challenge));
        assert_eq!(rejected.header("docker-distribution-api-version"), Some("registry/2.0"));
    }
    Ok(())
}

#[tokio::test]
async fn every_endpoint_needs_a_token() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    for start in [
        format!("GET /v2/{NAME}/tags/list"),
        format!("GET /v2/{NAME}/manifests/v1"),
        format!("DELETE /v2/{NAME}/manifests/v1"),
        format!("GET /v2/{NAME}/referrers/{}", image.digest),
        format!("POST /v2/{NAME}/blobs/uploads/"),
        "GET /v2/_catalog".to_owned(),
        "GET /v2/no/such/endpoint".to_owned(),
    ] {
        assert_eq!(send(oci.registry.url(), &start, &[], b"").status, 401, "{start}");
    }
    assert_eq!(oci.get(&format!("{NAME}/manifests/v1")).status, 200);
    Ok(())
}

#[tokio::test]
async fn a_token_expires_after_12_hours_of_the_clock_of_the_registry() -> TestResult {
    let oci = Oci::new().await?;
    oci.registry.advance(Duration::from_secs(12 * 60 * 60 - 60));
    assert_eq!(oci.get("").status, 200);
    oci.registry.advance(Duration::from_secs(60));
    assert_eq!(oci.get("").error(), error(401, "UNAUTHORIZED"));
    Ok(())
}

#[tokio::test]
async fn the_registry_issues_passwords_itself() -> TestResult {
    let registry = Registry::start();
    let credentials = format!("AWS:{}", registry.login_password());
    let json = serde_json::to_value(longshore::Blob::from(credentials))?;
    let header = format!("authorization: Basic {}", json.as_str().ok_or("no text")?);
    assert_eq!(send(registry.url(), "GET /v2/", &[&header], b"").status, 200);
    Ok(())
}

/// A signature marks a call of an AWS service, even if its path starts with `/v2/`.
#[tokio::test]
#[should_panic(expected = "GET \"/v2/apis\"")]
async fn signed_requests_are_not_part_of_the_distribution_api() {
    let registry = Registry::start();
    let signed = ["authorization: AWS4-HMAC-SHA256 Credential=x"];
    assert_eq!(send(registry.url(), "GET /v2/apis", &signed, b"").status, 400);
}
