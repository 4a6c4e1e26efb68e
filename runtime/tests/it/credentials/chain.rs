//! The order of the chain, and the errors of a chain without credentials.

use crate::support::credential_sources::{call, home};
use crate::support::server::Server;

#[tokio::test]
async fn the_error_without_credentials_lists_all_sources() {
    let home = home("[default]\nregion = r-1\n");
    let line = call(home.path(), &[]).await.expect_err("an error");
    let file = home.path().join(".aws");
    let expected = format!(
        "Ping: no credentials: tried the environment (the \
         variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set), the profile default \
         (has no credentials in {0}/config and {0}/credentials), a web identity \
         (AWS_WEB_IDENTITY_TOKEN_FILE is not set), a container (neither \
         AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set), the \
         metadata of the instance (AWS_EC2_METADATA_DISABLED is true)",
        file.display()
    );
    assert_eq!(line, expected);
}

/// Calls `Ping` in an environment that configures a container. Returns the signature of the request
/// or the error message, and whether the container was used.
async fn call_beside_container(config: &str, profile: &str) -> (Result<String, String>, bool) {
    let container = Server::start([]);
    let home = home(config);
    let url = format!("{}/keys", container.url);
    let variables =
        [("AWS_PROFILE", profile), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str())];
    let sent = call(home.path(), &variables).await;
    let signature = sent.map(|request| request.header("authorization").to_owned());
    (signature, !container.requests().is_empty())
}

#[tokio::test]
async fn an_odd_profile_file_does_not_lead_to_another_identity() {
    let keys = "aws_access_key_id = BASE\naws_secret_access_key = base\n";
    let table = [
        ("dev", format!("[profile dev]\n  region = r-1\n  {}", keys.replace('\n', "\n  "))),
        ("dev's laptop", format!("[profile 'dev'\"'\"'s laptop']\nregion = r-1\n{keys}")),
        ("team/app", format!("[profile \"team/app\"]\nregion = r-1\n{keys}")),
        ("default", format!("[default]\nregion = r-1\nsso_region = us-east-1\n{keys}")),
        ("a", format!("[profile a]\nrole_arn = arn:a\n[profile  a]\nregion = r-1\n{keys}")),
    ];
    for (profile, config) in table {
        let (sent, used) = call_beside_container(&config, profile).await;
        assert!(sent.as_ref().is_ok_and(|sent| sent.contains("Credential=BASE/")), "{sent:?}");
        assert!(!used);
    }
    let missing = format!(
        "[profile prod]\nregion = r-1\nrole_arn = arn:r\nsource_profile = bse\n[profile base]\n{keys}"
    );
    let (error, used) = call_beside_container(&missing, "prod").await;
    let error = error.expect_err("no such profile");
    assert!(
        error.contains("the profile prod: ") && error.contains("config:4 is \"bse\""),
        "{error}"
    );
    assert!(!used);
}
