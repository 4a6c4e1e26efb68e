//! Token files for web identities and containers.

use std::fs;
use std::path::Path;
#[cfg(unix)]
use std::process::Command;

use crate::support::SECRET;
use crate::support::credential_sources::{call, home};
use crate::support::server::Server;

/// One of the two settings that name a token file.
#[derive(Clone, Copy, Debug)]
enum Setting {
    WebIdentity,
    Container,
}

/// The error of a call whose token is in `file`. No request is sent.
async fn error(setting: Setting, home: &Path, file: &Path) -> String {
    let server = Server::start([]);
    let file = file.to_str().expect("text");
    let own: &[(&str, &str)] = match setting {
        Setting::WebIdentity => &[
            ("AWS_ENDPOINT_URL_STS", &server.url),
            ("AWS_ROLE_ARN", "arn:aws:iam::1:role/r"),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", file),
        ],
        Setting::Container => &[
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &server.url),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file),
        ],
    };
    let line = call(home, own).await.expect_err("an error");
    let name = match setting {
        Setting::WebIdentity => "no credentials: a web identity: AWS_WEB_IDENTITY_TOKEN_FILE: ",
        Setting::Container => "no credentials: a container: ",
    };
    assert!(line.contains(name) && !line.contains(SECRET), "{line}");
    assert!(line.contains(&format!("{file:?}")), "{line}");
    assert_eq!(server.requests().len(), 0);
    line
}

#[tokio::test]
async fn unusable_token_files_are_errors_without_a_request() {
    let home = home("[default]\nregion = r-1\n");
    let huge = home.path().join("huge");
    fs::File::create(&huge).expect("a file").set_len(1 << 40).expect("a size");
    let binary = home.path().join("binary");
    fs::write(&binary, [SECRET.as_bytes(), b"\xff"].concat()).expect("a file");
    let missing = home.path().join("missing");
    for setting in [Setting::WebIdentity, Setting::Container] {
        for (file, expected) in [
            (huge.as_path(), "it is larger than 1048576 bytes"),
            (binary.as_path(), "it is not UTF-8"),
            (missing.as_path(), "cannot read the file"),
            (home.path(), "it is not a regular file"),
        ] {
            let line = error(setting, home.path(), file).await;
            assert!(line.contains(expected), "{setting:?}: {line}");
        }
    }
    let empty = home.path().join("empty");
    fs::write(&empty, " \n").expect("a file");
    let line = error(Setting::WebIdentity, home.path(), &empty).await;
    assert!(line.contains("contains no token"), "{line}");
}

/// Opening a named pipe would wait until another process opens it.
#[cfg(unix)]
#[tokio::test]
async fn a_named_pipe_is_not_opened() {
    let home = home("[default]\nregion = r-1\n");
    let pipe = home.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    for setting in [Setting::WebIdentity, Setting::Container] {
        let line = error(setting, home.path(), &pipe).await;
        assert!(line.contains("it is not a regular file"), "{line}");
    }
}

#[tokio::test]
async fn the_line_of_a_token_file_in_a_profile_is_named() {
    let home = home("");
    let missing = home.path().join("missing");
    let config = format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\n\
         web_identity_token_file = {}\n",
        missing.display()
    );
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    let line = call(home.path(), &[]).await.expect_err("an error");
    assert!(line.contains("web_identity_token_file in ") && line.contains("config:4"), "{line}");
}
