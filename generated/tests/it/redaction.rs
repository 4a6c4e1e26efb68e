//! Secrets of the three services must not appear in `Debug` output.

use longshore::lightsail::types::Container;
use longshore::{ecr, ecr_public, lightsail};
use serde_json::{Value, json};

const SECRET: &str = "hunter2";

/// Decodes a structure that contains the secret, and checks its `Debug` output.
macro_rules! hides {
    ($name:ty, $wire:expr $(,)?) => {{
        let wire: Value = $wire;
        assert!(wire.to_string().contains(SECRET));
        let value: $name = serde_json::from_value(wire).unwrap();
        for debug in [format!("{value:?}"), format!("{value:#?}")] {
            assert!(debug.contains("[redacted]") && !debug.contains(SECRET), "{debug}");
        }
    }};
}

#[test]
fn tokens_and_presigned_urls_are_redacted() {
    let token =
        json!({"authorizationData": [{"authorizationToken": SECRET, "proxyEndpoint": "p"}]});
    hides!(ecr::operation::GetAuthorizationTokenResponse, token);
    let token = json!({"authorizationData": {"authorizationToken": SECRET}});
    hides!(ecr_public::operation::GetAuthorizationTokenResponse, token);
    let link = json!({"downloadUrl": format!("https://example.com/?signature={SECRET}")});
    hides!(ecr::operation::GetDownloadUrlForLayerResponse, link);
}

#[test]
fn keys_are_redacted() {
    use lightsail::operation::{CreateKeyPairResult, DownloadDefaultKeyPairResult};
    use lightsail::types::{AccessKey, InstanceAccessDetails};
    hides!(CreateKeyPairResult, json!({"privateKeyBase64": SECRET, "publicKeyBase64": "p"}));
    hides!(DownloadDefaultKeyPairResult, json!({"privateKeyBase64": SECRET}));
    hides!(AccessKey, json!({"accessKeyId": SECRET, "secretAccessKey": SECRET}));
    hides!(
        InstanceAccessDetails,
        json!({"privateKey": SECRET, "passwordData": {"ciphertext": SECRET}}),
    );
}

#[test]
fn passwords_are_redacted() {
    use lightsail::operation::{
        CreateRelationalDatabaseRequest, GetRelationalDatabaseMasterUserPasswordResult,
        UpdateRelationalDatabaseRequest,
    };
    use lightsail::types::{ContainerServiceRegistryLogin, InstanceAccessDetails};
    let request = CreateRelationalDatabaseRequest::new("db", "b", "b", "n", "u");
    let debug = format!("{:?}", request.master_user_password(SECRET));
    assert!(debug.contains("[redacted]") && !debug.contains(SECRET), "{debug}");
    let wire = json!({"relationalDatabaseName": "db", "masterUserPassword": SECRET});
    hides!(UpdateRelationalDatabaseRequest, wire);
    let wire = json!({"masterUserPassword": SECRET});
    hides!(GetRelationalDatabaseMasterUserPasswordResult, wire);
    hides!(ContainerServiceRegistryLogin, json!({"username": "u", "password": SECRET}));
    hides!(InstanceAccessDetails, json!({"password": SECRET}));
}

#[test]
fn environments_and_launch_scripts_are_redacted() {
    use lightsail::operation::CreateInstancesRequest;
    hides!(Container, json!({"image": "i", "environment": {SECRET: SECRET}}));
    let wire = json!({"instanceNames": ["i"], "availabilityZone": "z", "blueprintId": "b",
        "bundleId": "b", "userData": SECRET});
    hides!(CreateInstancesRequest, wire);
}
