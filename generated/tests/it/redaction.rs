//! The best-known secrets of the three services, in everything that prints.

use longshore::lightsail::types::Container;
use longshore::{ecr, ecr_public, lightsail};
use serde_json::{Value, json};

const SECRET: &str = "hunter2";

/// Reads a structure with a secret in it and prints it.
macro_rules! hides {
    ($name:ty, $wire:expr $(,)?) => {{
        let wire: Value = $wire;
        assert!(wire.to_string().contains(SECRET));
        let value: $name = serde_json::from_value(wire).unwrap();
        for shown in [format!("{value:?}"), format!("{value:#?}")] {
            assert!(shown.contains("[redacted]") && !shown.contains(SECRET), "{shown}");
        }
    }};
}

#[test]
fn tokens_and_links_do_not_print() {
    let token =
        json!({"authorizationData": [{"authorizationToken": SECRET, "proxyEndpoint": "p"}]});
    hides!(ecr::operation::GetAuthorizationTokenResponse, token);
    let token = json!({"authorizationData": {"authorizationToken": SECRET}});
    hides!(ecr_public::operation::GetAuthorizationTokenResponse, token);
    let link = json!({"downloadUrl": format!("https://example.com/?signature={SECRET}")});
    hides!(ecr::operation::GetDownloadUrlForLayerResponse, link);
}

#[test]
fn keys_do_not_print() {
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
fn passwords_do_not_print() {
    use lightsail::operation::{
        CreateRelationalDatabaseRequest, GetRelationalDatabaseMasterUserPasswordResult,
        UpdateRelationalDatabaseRequest,
    };
    use lightsail::types::{ContainerServiceRegistryLogin, InstanceAccessDetails};
    let request = CreateRelationalDatabaseRequest::new("db", "b", "b", "n", "u");
    let shown = format!("{:?}", request.master_user_password(SECRET));
    assert!(shown.contains("[redacted]") && !shown.contains(SECRET), "{shown}");
    let wire = json!({"relationalDatabaseName": "db", "masterUserPassword": SECRET});
    hides!(UpdateRelationalDatabaseRequest, wire);
    let wire = json!({"masterUserPassword": SECRET});
    hides!(GetRelationalDatabaseMasterUserPasswordResult, wire);
    hides!(ContainerServiceRegistryLogin, json!({"username": "u", "password": SECRET}));
    hides!(InstanceAccessDetails, json!({"password": SECRET}));
}

#[test]
fn what_programs_are_given_to_start_with_does_not_print() {
    use lightsail::operation::CreateInstancesRequest;
    hides!(Container, json!({"image": "i", "environment": {SECRET: SECRET}}));
    let wire = json!({"instanceNames": ["i"], "availabilityZone": "z", "blueprintId": "b",
        "bundleId": "b", "userData": SECRET});
    hides!(CreateInstancesRequest, wire);
}
