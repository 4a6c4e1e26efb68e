//! Generated types: serde, open enums, optional members, secrets.

use longshore::{
    Timestamp,
    ecr::{
        operation::{DescribeImagesResponse, PutImageRequest},
        types::{AuthorizationData, Image, ImageDetail, ImageIdentifier, TagStatus},
    },
    lightsail::{
        operation::{CreateRelationalDatabaseRequest, GetInstancesResult},
        types::{AccessKey, InstanceAccessDetails, RegionName},
    },
};
use serde_json::json;

#[test]
fn a_request_is_serialized_in_its_wire_form() {
    let wire = json!({"repositoryName": "team/app", "imageManifest": "{}", "imageTag": "v1"});
    let request: PutImageRequest = serde_json::from_value(wire.clone()).unwrap();
    assert_eq!(request, PutImageRequest::new("team/app", "{}").image_tag("v1"));
    assert_eq!(serde_json::to_value(&request).unwrap(), wire);
}

#[test]
fn a_request_without_a_required_member_cannot_be_decoded() {
    for wire in
        [json!({"imageManifest": "{}"}), json!({"imageManifest": "{}", "repositoryName": null})]
    {
        let error = serde_json::from_value::<PutImageRequest>(wire).unwrap_err().to_string();
        assert!(error.contains("repositoryName") || error.contains("null"), "{error}");
    }
}

#[test]
fn missing_members_are_empty_and_unknown_members_are_skipped() {
    let wire = r#"{"nextToken": null, "later": {"a": [1, 2]}}"#;
    let response: DescribeImagesResponse = serde_json::from_str(wire).unwrap();
    assert!(response.image_details.is_empty());
    assert_eq!(response, DescribeImagesResponse::new());
}

#[test]
fn a_response_can_be_built_in_a_test() {
    let id = ImageIdentifier::new().image_tag("v1");
    let image = Image::new().repository_name("team/app").image_id(id);
    assert_eq!(image.image_id.unwrap().image_tag.as_deref(), Some("v1"));
    let tags = ImageDetail::new().image_tags(["a", "b"]);
    assert_eq!(serde_json::to_value(&tags).unwrap()["imageTags"], json!(["a", "b"]));
}

#[test]
fn timestamps_keep_fractional_seconds() {
    let wire = r#"{"imagePushedAt": 1605000000.25}"#;
    let detail: ImageDetail = serde_json::from_str(wire).unwrap();
    let pushed: Timestamp = detail.image_pushed_at.unwrap();
    assert_eq!(pushed.to_string(), "2020-11-10T09:20:00.25Z");
    assert_eq!(serde_json::to_string(&pushed).unwrap(), "1605000000.25");
}

#[test]
fn an_enum_keeps_unknown_values() {
    assert_eq!(TagStatus::from("TAGGED"), TagStatus::Tagged);
    let later = TagStatus::from("HIDDEN");
    assert_eq!(later.as_str(), "HIDDEN");
    assert_eq!(serde_json::to_string(&later).unwrap(), r#""HIDDEN""#);
    assert_eq!(RegionName::from("us-east-1"), RegionName::UsEast1);
}

#[test]
fn secrets_are_redacted() {
    let token = AuthorizationData::new().authorization_token("QVdTOnNlY3JldA==");
    let login = InstanceAccessDetails::new().password("hunter2").private_key("-----BEGIN");
    let key = AccessKey::new().secret_access_key("wJalrXUtnFEMI");
    let database = CreateRelationalDatabaseRequest::new("db", "mysql_8_0", "micro", "main", "root")
        .master_user_password("correct horse");
    let debug = format!("{token:?} {login:?} {key:?} {database:#?}");
    for secret in ["QVdTOnNlY3JldA", "hunter2", "BEGIN", "wJalrXUtnFEMI", "correct horse"] {
        assert!(!debug.contains(secret), "{secret} is in {debug}");
    }
    assert_eq!(debug.matches("[redacted]").count(), 5, "{debug}");
    assert!(debug.contains("root"), "values that are not secret are printed: {debug}");
    // Serde produces the wire form, which contains the secret.
    assert!(serde_json::to_string(&token).unwrap().contains("QVdTOnNlY3JldA=="));
}

#[test]
fn a_missing_list_in_a_response_is_empty() {
    let result: GetInstancesResult = serde_json::from_str("{}").unwrap();
    assert!(result.instances.is_empty());
}
