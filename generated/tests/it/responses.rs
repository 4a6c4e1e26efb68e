//! Tests responses that do not match the model of ECR.

use std::collections::BTreeMap;

use longshore::Timestamp;
use longshore::ecr::{
    Client,
    operation::{
        DescribeImagesRequest, DescribeImagesResponse, GetAuthorizationTokenRequest,
        ListImagesRequest,
    },
    types::FindingSeverity,
};

use crate::support::server::Server;

async fn describe_images(body: &str) -> DescribeImagesResponse {
    let server = Server::ok(body);
    let request = DescribeImagesRequest::new("team/app");
    Client::new(&server.config()).describe_images(&request).await.expect(body)
}

#[tokio::test]
async fn nulls_in_lists_and_maps_are_discarded() {
    let response = describe_images(
        r#"{"imageDetails": [null, {
            "imageTags": ["v1", null],
            "imageScanFindingsSummary": {"findingSeverityCounts": {"HIGH": null, "LOW": 1}}
        }]}"#,
    )
    .await;
    let [image] = response.image_details.as_slice() else { panic!("{response:?}") };
    assert_eq!(image.image_tags, ["v1"]);
    let summary = image.image_scan_findings_summary.as_ref().expect("a summary");
    assert_eq!(summary.finding_severity_counts, BTreeMap::from([(FindingSeverity::Low, 1)]));
}

#[tokio::test]
async fn times_are_read_in_other_forms() {
    let times = [
        r#""2026-11-21T10:00:00.123456""#,
        r#""2026-11-21 10:00:00+00:00""#,
        r#""1795255200.0""#,
        r#""Sat, 21 Nov 2026 10:00:00 GMT""#,
        "1795255200",
    ];
    let images = times.map(|time| format!(r#"{{"imagePushedAt": {time}}}"#)).join(", ");
    let response = describe_images(&format!(r#"{{"imageDetails": [{images}]}}"#)).await;
    let found: Vec<_> =
        response.image_details.iter().map(|image| image.image_pushed_at.expect("a time")).collect();
    let ten = Timestamp::from_seconds(1_795_255_200);
    let micros = Timestamp::new(1_795_255_200, 123_456_000).expect("in range");
    assert_eq!(found, [micros, ten, ten, ten, ten]);
}

#[tokio::test]
async fn a_decode_error_names_the_member_and_the_kinds() {
    let server = Server::ok(r#"{"imageDetails": [{}, {"imageSizeInBytes": 1.5}]}"#);
    let request = DescribeImagesRequest::new("team/app");
    let error = Client::new(&server.config()).describe_images(&request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "DescribeImages: the response cannot be decoded: expected an integer, found a number with a \
         fraction, in imageDetails[1].imageSizeInBytes at line 1 column 46 (status 200)"
    );
}

#[tokio::test]
async fn a_login_page_is_shown_unless_the_response_could_contain_secrets() {
    let page = "<html>Sign in</html>";
    let server = Server::returning("200 OK", &[("content-type", "text/html")], page);
    let request = ListImagesRequest::new("team/app");
    let error = Client::new(&server.config()).list_images(&request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "ListImages: the response cannot be decoded: it is not JSON (content type text/html, 20 \
         bytes: <html>Sign in</html>), at line 1 column 1 (status 200)"
    );
    // The token is nested in a list of the output.
    let server = Server::returning("200 OK", &[("content-type", "text/html")], page);
    let request = GetAuthorizationTokenRequest::new();
    let error = Client::new(&server.config()).get_authorization_token(&request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetAuthorizationToken: the response cannot be decoded: it is not JSON (content type \
         text/html, 20 bytes), at line 1 column 1 (status 200)"
    );
}
