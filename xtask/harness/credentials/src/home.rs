//! The home folder of a run: profile files, token files, and the caches of SSO and login sessions.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

use crate::combination::Combination;

/// Files that every home folder contains, and that combinations may name.
const FILES: [(&str, &str); 10] = [
    ("web-token", "web-identity-token"),
    ("container-token", "container-authorization"),
    (
        "process.json",
        r#"{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s","SessionToken":"process-token","Expiration":"2099-01-01T00:00:00Z"}"#,
    ),
    (
        "process-keys.json",
        r#"{"Version":1,"AccessKeyId":"AKIAPROCKEYS","SecretAccessKey":"s","AccountId":"333333333333"}"#,
    ),
    (
        "process-expired.json",
        r#"{"Version":1,"AccessKeyId":"AKIAEXPIRED","SecretAccessKey":"s","SessionToken":"t","Expiration":"2001-01-01T00:00:00Z"}"#,
    ),
    ("process-half.json", r#"{"Version":1,"AccessKeyId":"AKIAHALF"}"#),
    // The names of these are SHA-1 hashes of a session name or a start URL.
    (
        // SHA-1 of `corp`.
        ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        CORP_TOKEN,
    ),
    (
        // SHA-1 of `my corp`.
        ".aws/sso/cache/2603e49e9877a1061664a5a7f900ffb84f872d49.json",
        MY_CORP_TOKEN,
    ),
    (
        // SHA-1 of `stale`.
        ".aws/sso/cache/a4e976a3d3fc6d0b40453de216fbbe2e9aaecdc4.json",
        STALE_TOKEN,
    ),
    (
        // SHA-1 of `https://legacy.example/start`.
        ".aws/sso/cache/44f131d851233caf8935977bab57d47642050afc.json",
        LEGACY_TOKEN,
    ),
];

const CORP_TOKEN: &str = r#"{"startUrl":"https://corp.example/start","region":"eu-west-1","accessToken":"sso-corp","expiresAt":"2099-01-01T00:00:00Z"}"#;
const MY_CORP_TOKEN: &str = r#"{"startUrl":"https://corp.example/start","region":"eu-west-1","accessToken":"sso-my-corp","expiresAt":"2099-01-01T00:00:00Z"}"#;
const STALE_TOKEN: &str = r#"{"startUrl":"https://corp.example/start","region":"eu-west-1","accessToken":"sso-stale","expiresAt":"2001-01-01T00:00:00Z","refreshToken":"refresh","clientId":"client","clientSecret":"secret","registrationExpiresAt":"2099-01-01T00:00:00Z"}"#;
const LEGACY_TOKEN: &str = r#"{"startUrl":"https://legacy.example/start","region":"eu-west-1","accessToken":"sso-legacy","expiresAt":"2099-01-01T00:00:00Z"}"#;

/// Login sessions with the names of their files: SHA-256 hashes of
/// `arn:aws:iam::123456789012:user/` followed by the name of the user.
const LOGIN_SESSIONS: [(&str, Session); 3] = [
    // The user `active`.
    (
        "b2c60b9aead073c6b931bb0d039ccda96c8740b2213d3ce010debe74f274fbad",
        Session { expires_at: "2099-01-01T00:00:00Z", refresh_token: Some("refresh") },
    ),
    // The user `stale`.
    (
        "50addfd55476567d651d1b0a1b9eab971ec1c54395ae5b98fe76fa71be0d4e05",
        Session { expires_at: "2001-01-01T00:00:00Z", refresh_token: Some("refresh") },
    ),
    // The user `half`.
    (
        "caab03ec3987704fdb19cf5442740c0a72a25c566dc91a0a1b90a871ef5e1986",
        Session { expires_at: "2099-01-01T00:00:00Z", refresh_token: None },
    ),
];

struct Session {
    expires_at: &'static str,
    refresh_token: Option<&'static str>,
}

/// The example key of RFC 7515, appendix A.3.
const EXAMPLE_KEY: &str = "-----BEGIN EC PRIVATE KEY-----\n\
    MHcCAQEEII6bEJ5xkJi/mASH3x9dd+nLKWBuvtImO19XwhPfhPSyoAoGCCqGSM49\n\
    AwEHoUQDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72b\n\
    focs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n-----END EC PRIVATE KEY-----\n";

impl Session {
    fn file(&self) -> String {
        let mut file = json!({
            "accessToken": {"accessKeyId": "AKIASESSION", "secretAccessKey": "secret",
                "sessionToken": "session-token", "accountId": "123456789012",
                "expiresAt": self.expires_at},
            "tokenType": "aws_sigv4",
            "clientId": "arn:aws:signin:::devtools/same-device",
            "refreshToken": self.refresh_token,
            "signInRegion": "eu-west-1",
            "dpopKey": EXAMPLE_KEY,
        });
        if let (None, Some(members)) = (self.refresh_token, file.as_object_mut()) {
            members.remove("refreshToken");
        }
        file.to_string()
    }
}

/// Empties the folder and writes all files.
pub fn write(home: &Path, combination: &Combination, server: &str) -> io::Result<()> {
    match fs::remove_dir_all(home) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => fs::create_dir_all(home.join(".aws/sso/cache"))?,
    }
    for (name, text) in FILES {
        fs::write(home.join(name), text)?;
    }
    let sessions = home.join(".aws/login/cache");
    fs::create_dir_all(&sessions)?;
    for (name, session) in LOGIN_SESSIONS {
        fs::write(sessions.join(name).with_extension("json"), session.file())?;
    }
    let [config, credentials] = combination.files(server, home);
    fs::write(home.join(".aws/config"), config)?;
    fs::write(home.join(".aws/credentials"), credentials)
}
