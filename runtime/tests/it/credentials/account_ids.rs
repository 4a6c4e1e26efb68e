//! The account ID of the credentials from each source, as it appears in the endpoint.

use std::path::Path;

use crate::support::account_service::SignedRequest;
use crate::support::credential_sources::{call_operation, credentials_json, home};
use crate::support::profiles::KEYS;
use crate::support::server::{CannedResponse, Server};
use crate::support::stopped_clock::StoppedClock;
use longshore_runtime::Config;

/// The path of a call, which is the account ID if the credentials have one.
async fn account_path(home: &Path, variables: &[(&str, &str)]) -> String {
    let builder = Config::builder().region("r-1");
    let request = call_operation(builder, home, variables, &SignedRequest).await;
    let line = request.expect("a request").line;
    line.split(' ').nth(1).expect("a path").to_owned()
}

#[tokio::test]
async fn access_keys_have_the_account_id_that_is_set_in_the_same_place() {
    let keys = [("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "s")];
    let id = ("AWS_ACCOUNT_ID", "111111111111");
    let of_profile = format!("[default]\n{KEYS}aws_account_id = 222222222222\n");
    let without = format!("[default]\n{KEYS}");
    let table = [
        ("", vec![keys[0], keys[1], id], "/111111111111/"),
        ("", vec![keys[0], keys[1]], "/"),
        (&of_profile, vec![keys[0], keys[1]], "/"),
        (&of_profile, vec![id], "/222222222222/"),
        (&without, vec![id], "/"),
    ];
    for (config, variables, expected) in table {
        let home = home(config);
        assert_eq!(account_path(home.path(), &variables).await, expected, "{config} {variables:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_prints_the_account_id_or_the_profile_has_it() {
    let keys = r#""Version":1,"AccessKeyId":"A","SecretAccessKey":"s""#;
    let table = [
        (format!(r#"{{{keys},"AccountId":"333333333333"}}"#), "", "/333333333333/"),
        (format!(r#"{{{keys}}}"#), "aws_account_id = 222222222222\n", "/222222222222/"),
        (
            format!(r#"{{{keys},"AccountId":"333333333333"}}"#),
            "aws_account_id = 222222222222\n",
            "/333333333333/",
        ),
        (format!(r#"{{{keys}}}"#), "", "/"),
    ];
    for (printed, property, expected) in table {
        let config = format!("[default]\ncredential_process = echo '{printed}'\n{property}");
        assert_eq!(account_path(home(&config).path(), &[]).await, expected, "{config}");
    }
}

#[tokio::test]
async fn a_container_and_an_instance_report_the_account_id() {
    let _clock = StoppedClock::start();
    let json = credentials_json().replacen('{', r#"{"AccountId":"444444444444","#, 1);
    let container = Server::start([CannedResponse::ok(&json)]);
    let variables = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url.as_str())];
    assert_eq!(account_path(home("").path(), &variables).await, "/444444444444/");
    let ttl = [("x-aws-ec2-metadata-token-ttl-seconds", "21600")];
    let responses = ["instance-token", "my-role", &json];
    let instance =
        Server::start(responses.map(|response| CannedResponse::new(200, &ttl, response)));
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.url.as_str()),
    ];
    assert_eq!(account_path(home("").path(), &variables).await, "/444444444444/");
}

#[cfg(feature = "credential-chain")]
mod of_services {
    use serde_json::json;

    use super::*;
    use crate::credentials::{login, sso};
    use crate::support::credential_sources::{
        BASE, EXPIRATION, assume_role_response, home_with_file,
    };

    #[tokio::test]
    async fn a_role_has_the_account_id_of_its_session() {
        let sts = Server::start([assume_role_response("AssumeRole")]);
        let config = format!(
            "[default]\nrole_arn = arn:aws:iam::9:role/r\nsource_profile = base\n\
             {BASE}aws_account_id = 222222222222\n"
        );
        let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
        assert_eq!(account_path(home(&config).path(), &variables).await, "/1/");
        let sts = Server::start([assume_role_response("AssumeRoleWithWebIdentity")]);
        let file = |home: &Path| home.join("token");
        let home = home_with_file("", file, "a.web.identity");
        let token = file(home.path());
        let variables = [
            ("AWS_WEB_IDENTITY_TOKEN_FILE", token.to_str().expect("text")),
            ("AWS_ROLE_ARN", "arn:aws:iam::9:role/r"),
            ("AWS_ENDPOINT_URL_STS", &sts.url),
        ];
        assert_eq!(account_path(home.path(), &variables).await, "/1/");
    }

    #[tokio::test]
    async fn an_sso_role_and_a_login_session_have_the_account_id_of_their_settings() {
        let keys = json!({"accessKeyId": "A", "secretAccessKey": "s", "sessionToken": "t",
            "expiration": 4_000_000_000_000_u64});
        let server =
            Server::start([CannedResponse::ok(json!({"roleCredentials": keys}).to_string())]);
        let config = "[default]\nsso_session = s\nsso_account_id = 555555555555\n\
                      sso_role_name = r\n\
                      [sso-session s]\nsso_region = r-9\nsso_start_url = https://start\n";
        let token = json!({"accessToken": "sso-token", "expiresAt": EXPIRATION}).to_string();
        let home = home_with_file(config, sso::token_file, &token);
        let variables = [("AWS_ENDPOINT_URL_SSO", server.url.as_str())];
        assert_eq!(account_path(home.path(), &variables).await, "/555555555555/");
        let session = json!({
            "accessToken": {"accessKeyId": "A", "secretAccessKey": "s", "sessionToken": "t",
                "accountId": "666666666666", "expiresAt": EXPIRATION},
            "clientId": "client",
            "refreshToken": "refresh-token",
            "dpopKey": "a key that is not used",
        });
        let config = "[default]\nlogin_session = arn:aws:iam::123456789012:user/me\n";
        let home = home_with_file(config, login::token_file, &session.to_string());
        assert_eq!(account_path(home.path(), &[]).await, "/666666666666/");
    }
}
