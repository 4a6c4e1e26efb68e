//! Responses and files of credential sources, and checks that a call used their credentials.

#[cfg(feature = "credential-chain")]
use std::fs;
use std::path::Path;
#[cfg(feature = "credential-chain")]
use std::path::PathBuf;

use longshore_runtime::{Client, Config, ConfigBuilder, Environment, Operation};
use tempfile::TempDir;

use super::log_collector::ThreadLog;
use super::profiles;
use super::server::{CannedResponse, ReceivedRequest, Server};
use super::service::PingRequest;
use super::{NO_INSTANCE_METADATA, SECRET, TOKEN};

pub const ENDPOINT_VARIABLE: &str = "AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC";
pub const EXPIRATION: &str = "2096-10-02T07:00:00Z";

/// The profile with the keys that roles need.
#[cfg(feature = "credential-chain")]
pub const BASE: &str =
    "[profile base]\naws_access_key_id = BASE\naws_secret_access_key = base-secret\n";

/// A home folder with a config file and a token file.
#[cfg(feature = "credential-chain")]
pub fn home_with_file(config: &str, file: impl FnOnce(&Path) -> PathBuf, text: &str) -> TempDir {
    let home = home(config);
    let file = file(home.path());
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
    home
}

/// Makes a server move a folder away before it responds, so that nothing can be saved there. A
/// read-only folder is not enough, because it does not restrict the superuser.
#[cfg(feature = "credential-chain")]
pub fn hide_before_response(server: &Server, folder: &Path) {
    let (folder, hidden) = (folder.to_owned(), folder.with_extension("hidden"));
    server.before_response(move || fs::rename(&folder, &hidden).expect("moved"));
}

/// Undoes [`hide_before_response`].
#[cfg(feature = "credential-chain")]
pub fn show(folder: &Path) {
    fs::rename(folder.with_extension("hidden"), folder).expect("moved");
}

/// The refresh tokens in the requests to a server.
#[cfg(feature = "credential-chain")]
pub fn refresh_tokens(server: &Server) -> Vec<String> {
    let token = |request: &ReceivedRequest| {
        let body: serde_json::Value = serde_json::from_str(request.text()).expect("JSON");
        body["refreshToken"].as_str().expect("a token").to_owned()
    };
    server.requests().iter().map(token).collect()
}

pub fn credentials_json() -> String {
    format!(
        r#"{{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}",
        "Token":"{TOKEN}","Expiration":"{EXPIRATION}","LastUpdated":"2020-10-02T07:00:00Z"}}"#
    )
}

/// The response of STS to `action`.
#[cfg(feature = "credential-chain")]
pub fn assume_role_response(action: &str) -> CannedResponse {
    let credentials = format!(
        "<Credentials><AccessKeyId>FOUND</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey>\
         <SessionToken>{TOKEN}</SessionToken><Expiration>{EXPIRATION}</Expiration></Credentials>"
    );
    let user = "<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn>\
                <AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>";
    let body = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>\
         {user}{credentials}</{action}Result><ResponseMetadata><RequestId>1</RequestId>\
         </ResponseMetadata></{action}Response>"
    );
    CannedResponse::new(200, &[("content-type", "text/xml")], body)
}

/// Asserts that a request was signed with the credentials of these sources.
pub fn assert_signed(request: &ReceivedRequest, region: &str) {
    let signature = request.header("authorization");
    assert!(signature.contains("Credential=FOUND/"), "{signature}");
    assert!(signature.contains(&format!("/{region}/registry/")), "{signature}");
    assert_eq!(request.header("x-amz-security-token"), TOKEN);
}

/// A home directory with this config file.
pub fn home(config: &str) -> TempDir {
    profiles::home(config, "")
}

/// Asserts that the log contains lines of the call and no secret.
pub fn assert_no_secret_logged(log: &ThreadLog) {
    let text = log.text();
    assert!(text.contains("longshore"), "{text}");
    for line in text.lines() {
        for secret in [SECRET, TOKEN, "base-secret", "instance-token", "a.web.identity"] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

/// Calls `Ping` with the files of `home` and returns the request or the error message.
pub async fn call(home: &Path, variables: &[(&str, &str)]) -> Result<ReceivedRequest, String> {
    call_with(Config::builder(), home, variables).await
}

/// Calls `Ping` with the settings of `builder` and the files of `home`.
pub async fn call_with(
    builder: ConfigBuilder,
    home: &Path,
    variables: &[(&str, &str)],
) -> Result<ReceivedRequest, String> {
    call_operation(builder, home, variables, &PingRequest).await
}

/// Calls an operation with the settings of `builder` and the files of `home`.
pub async fn call_operation<O: Operation>(
    builder: ConfigBuilder,
    home: &Path,
    variables: &[(&str, &str)],
    operation: &O,
) -> Result<ReceivedRequest, String> {
    let service = Server::start([CannedResponse::ok("{}")]);
    let mut all = vec![("HOME", home.to_str().expect("text")), (ENDPOINT_VARIABLE, &service.url)];
    all.extend(
        NO_INSTANCE_METADATA.iter().filter(|(name, _)| !variables.iter().any(|v| v.0 == *name)),
    );
    all.extend(variables);
    let environment: Environment = all.into_iter().collect();
    let config = builder.load(&environment).await.map_err(|error| error.to_string())?;
    let called = Client::new(&config).call(operation).await;
    called.map_err(|error| error.to_string())?;
    Ok(service.request())
}
