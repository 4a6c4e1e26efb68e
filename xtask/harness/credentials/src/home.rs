//! The home folder of a run: profile files, token files and the SSO cache.

use std::fs;
use std::io;
use std::path::Path;

use crate::combination::Combination;

/// Files that every home folder contains, and that combinations may name.
const FILES: [(&str, &str); 10] = [
    ("web-token", "web-identity-token"),
    ("container-token", "container-authorization"),
    (
        "process.json",
        r#"{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s","SessionToken":"process-token","Expiration":"2099-01-01T00:00:00Z"}"#,
    ),
    ("process-keys.json", r#"{"Version":1,"AccessKeyId":"AKIAPROCKEYS","SecretAccessKey":"s"}"#),
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

/// Empties the folder and writes all files.
pub fn write(home: &Path, combination: &Combination, server: &str) -> io::Result<()> {
    match fs::remove_dir_all(home) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => fs::create_dir_all(home.join(".aws/sso/cache"))?,
    }
    for (name, text) in FILES {
        fs::write(home.join(name), text)?;
    }
    let [config, credentials] = combination.files(server, home);
    fs::write(home.join(".aws/config"), config)?;
    fs::write(home.join(".aws/credentials"), credentials)
}
