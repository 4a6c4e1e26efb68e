//! What the places for credentials have and answer, and how a call shows that it found them.

use std::fs;

use tempfile::TempDir;

use super::log::Watch;
use super::server::{Captured, Reply};
use super::{SECRET, TOKEN};

pub const ENDPOINT: &str = "AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC";
pub const FAR: &str = "2096-10-02T07:00:00Z";

pub fn credentials_json() -> String {
    format!(
        r#"{{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}",
        "Token":"{TOKEN}","Expiration":"{FAR}","LastUpdated":"2020-10-02T07:00:00Z"}}"#
    )
}

/// What STS answers to `action`.
pub fn role(action: &str) -> Reply {
    let credentials = format!(
        "<Credentials><AccessKeyId>FOUND</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey>\
         <SessionToken>{TOKEN}</SessionToken><Expiration>{FAR}</Expiration></Credentials>"
    );
    let user = "<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn>\
                <AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>";
    let body = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>\
         {user}{credentials}</{action}Result><ResponseMetadata><RequestId>1</RequestId>\
         </ResponseMetadata></{action}Response>"
    );
    Reply::new(200, &[("content-type", "text/xml")], body)
}

pub fn assert_found(request: &Captured, region: &str) {
    let signature = request.header("authorization");
    assert!(signature.contains("Credential=FOUND/"), "{signature}");
    assert!(signature.contains(&format!("/{region}/registry/")), "{signature}");
    assert_eq!(request.header("x-amz-security-token"), TOKEN);
}

pub fn home(config: &str) -> TempDir {
    let home = TempDir::new().expect("a folder");
    fs::create_dir(home.path().join(".aws")).expect("a folder");
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    home
}

/// Asserts that nothing that was logged has a secret in it, and that aws-config has logged something.
pub fn assert_silent(log: &Watch) {
    let text = log.text();
    assert!(text.contains(" aws_"), "{text}");
    for line in text.lines() {
        for secret in [SECRET, TOKEN, "base-secret", "instance-token", "a.web.identity"] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}
