//! Credentials of an `aws login` session, whose token the AWS CLI saves in a file.

use std::fs;
use std::path::{Path, PathBuf};

use base64_simd::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, UnparsedPublicKey,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::credential_sources::{
    EXPIRATION, assert_no_secret_logged, assert_signed, call, hide_before_response, home_with_file,
    refresh_tokens, show,
};
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, Server};
use crate::support::{SECRET, TOKEN};

const PAST: &str = "2016-10-02T07:00:00Z";
const REFRESH_TOKEN: &str = "a-refresh-token";
const ENDPOINT: &str = "AWS_ENDPOINT_URL_SIGNIN";
const PROFILE: &str =
    "[default]\nregion = r-1\nlogin_session = arn:aws:iam::123456789012:user/me\n";

/// The token file of the session.
pub(super) fn token_file(home: &Path) -> PathBuf {
    home.join(".aws/login/cache")
        .join("286187707741fc2ccb93cf9e56dbd0ee0a16208feed5fbc8ae1baa86d44c283f.json")
}

/// A new private key.
fn private_key() -> String {
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let key = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).expect("a key");
    let base64 = STANDARD.encode_to_string(key.as_ref());
    format!("-----BEGIN PRIVATE KEY-----\n{base64}\n-----END PRIVATE KEY-----\n")
}

fn token(key_id: &str, expires_at: &str) -> Value {
    json!({
        "accessToken": {"accessKeyId": key_id, "secretAccessKey": SECRET, "sessionToken": TOKEN,
            "accountId": "123456789012", "expiresAt": expires_at},
        "clientId": "arn:aws:signin:::devtools/same-device",
        "refreshToken": REFRESH_TOKEN,
        "idToken": "an-id-token",
        "dpopKey": private_key(),
    })
}

fn home_with_token(token: &str) -> TempDir {
    home_with_file(PROFILE, token_file, token)
}

/// A response with credentials that are valid for `seconds`.
fn refreshed(seconds: i32) -> CannedResponse {
    let credentials =
        json!({"accessKeyId": "FOUND", "secretAccessKey": SECRET, "sessionToken": TOKEN});
    let body = json!({"accessToken": credentials, "tokenType": "urn:aws:params:oauth:token-type",
        "expiresIn": seconds, "refreshToken": "new-refresh-token", "idToken": "another"});
    CannedResponse::ok(body.to_string())
}

async fn error(home: &Path, variables: &[(&str, &str)]) -> String {
    let line = call(home, variables).await.expect_err("an error");
    let origin = format!("login_session in {}/.aws/config:3: ", home.display());
    assert!(line.contains(&format!("no credentials: the profile default: {origin}")), "{line}");
    for secret in [SECRET, TOKEN, REFRESH_TOKEN, "OLD", "PRIVATE KEY"] {
        assert!(!line.contains(secret), "{line}");
    }
    line
}

#[tokio::test]
async fn the_credentials_of_a_session_are_used() {
    let log = ThreadLog::start();
    let home = home_with_token(&token("FOUND", EXPIRATION).to_string());
    let signin = Server::start([]);
    let variables = [(ENDPOINT, signin.url.as_str())];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    assert_eq!(signin.requests().len(), 0);
    assert_no_secret_logged(&log);
    // A variable can name another folder.
    let other = home.path().join("cache");
    fs::rename(home.path().join(".aws/login/cache"), &other).expect("moved");
    let variables = [("AWS_LOGIN_CACHE_DIRECTORY", "~/cache")];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
}

#[tokio::test]
async fn an_expired_session_is_refreshed_and_saved_as_the_aws_cli_does() {
    let log = ThreadLog::start();
    let signin = Server::start([refreshed(900)]);
    let old = token("OLD", PAST);
    let home = home_with_token(&old.to_string());
    let variables = [(ENDPOINT, signin.url.as_str())];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    let request = signin.request();
    assert_eq!(request.line, "POST /v1/token HTTP/1.1");
    assert!(request.headers.iter().all(|(name, _)| name != "authorization"));
    let sent: Value = serde_json::from_str(request.text()).expect("JSON");
    let expected = json!({"clientId": "arn:aws:signin:::devtools/same-device",
        "grantType": "refresh_token", "refreshToken": REFRESH_TOKEN});
    assert_eq!(sent, expected);
    let saved = fs::read(token_file(home.path())).expect("a file");
    let mut saved: Value = serde_json::from_slice(&saved).expect("JSON");
    let expires_at = saved["accessToken"]["expiresAt"].take();
    let expires_at = expires_at.as_str().expect("text");
    assert!(expires_at.len() == PAST.len() && expires_at > PAST, "{expires_at}");
    let mut expected = old;
    expected["accessToken"]["accessKeyId"] = "FOUND".into();
    expected["accessToken"]["expiresAt"] = Value::Null;
    expected["refreshToken"] = "new-refresh-token".into();
    assert_eq!(saved, expected);
    let folder = token_file(home.path());
    let folder = folder.parent().expect("a folder");
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(token_file(home.path())).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_no_secret_logged(&log);
}

/// A refresh token can be used only once, so the new one must not be lost if it cannot be saved.
#[tokio::test]
async fn a_session_that_cannot_be_saved_is_used_for_the_next_refresh() {
    let signin = Server::start([refreshed(60), refreshed(60)]);
    let old = token("OLD", PAST).to_string();
    let home = home_with_token(&old);
    let path = token_file(home.path());
    let folder = path.parent().expect("a folder");
    hide_before_response(&signin, folder);
    let variables = [(ENDPOINT, signin.url.as_str())];
    for _ in 0..2 {
        assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
        show(folder);
        assert_eq!(fs::read_to_string(&path).expect("a file"), old);
    }
    let sent = refresh_tokens(&signin);
    assert_eq!(sent, [REFRESH_TOKEN, "new-refresh-token"]);
}

/// Each attempt has its own signed proof, which names the URL of the request.
#[tokio::test]
async fn a_refresh_proves_the_possession_of_the_key() {
    let signin = Server::start([CannedResponse::new(503, &[], "{}"), refreshed(900)]);
    let home = home_with_token(&token("OLD", PAST).to_string());
    let variables = [(ENDPOINT, signin.url.as_str())];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    let requests = signin.requests();
    let ids = requests.iter().map(|request| {
        let (signed, signature) = request.header("dpop").rsplit_once('.').expect("a signature");
        let decode = |text: &str| URL_SAFE_NO_PAD.decode_to_vec(text).expect("base64");
        let (header, claims) = signed.split_once('.').expect("claims");
        let [header, claims]: [Value; 2] =
            [header, claims].map(|json| serde_json::from_slice(&decode(json)).expect("JSON"));
        assert_eq!((&header["typ"], &header["alg"]), (&json!("dpop+jwt"), &json!("ES256")));
        assert_eq!((&header["jwk"]["kty"], &header["jwk"]["crv"]), (&json!("EC"), &json!("P-256")));
        let [x, y] = ["x", "y"].map(|name| decode(header["jwk"][name].as_str().expect("text")));
        let point = [vec![4], x, y].concat();
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        key.verify(signed.as_bytes(), &decode(signature)).expect("a valid signature");
        assert_eq!(claims["htm"], "POST");
        assert_eq!(claims["htu"], format!("{}/v1/token", signin.url));
        assert!(claims["iat"].as_i64().is_some_and(|seconds| seconds > 1_700_000_000));
        claims["jti"].as_str().expect("text").to_owned()
    });
    let ids: Vec<_> = ids.collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}

/// A token that cannot be used is an error that names the file and the command to run. The file is
/// not changed, and no other source is tried.
#[tokio::test]
async fn unusable_tokens_are_errors() {
    let container = Server::start([]);
    let without = |name: &str| {
        let mut token = token("OLD", EXPIRATION);
        let members = [&mut token["accessToken"]].map(|it| it.as_object_mut().expect("members"));
        let [members] = members;
        if members.remove(name).is_none() {
            token.as_object_mut().expect("members").remove(name);
        }
        token.to_string()
    };
    let mut other_key = token("OLD", PAST);
    other_key["dpopKey"] = "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----".into();
    let mut half = token("OLD", EXPIRATION).to_string();
    half.truncate(200);
    for (token, expected) in [
        (half, "is not a JSON object"),
        (String::new(), "is not a JSON object"),
        ("[]".to_owned(), "is not a JSON object"),
        (without("accessToken"), "has no valid accessToken"),
        (without("secretAccessKey"), "has no valid secretAccessKey"),
        (without("expiresAt"), "has no valid expiresAt"),
        (without("refreshToken"), "has no valid refreshToken"),
        (without("dpopKey"), "has no valid dpopKey"),
        (without("clientId"), "has no valid clientId"),
        (token("OLD", "tomorrow").to_string(), "has no valid expiresAt"),
        (other_key.to_string(), "its dpopKey is not a private key on the curve P-256"),
    ] {
        let home = home_with_token(&token);
        let variables = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url.as_str())];
        let line = error(home.path(), &variables).await;
        assert!(line.contains(expected), "{line}");
        assert!(line.ends_with("; run `aws login`"), "{line}");
        assert!(line.contains(token_file(home.path()).to_str().expect("text")), "{line}");
        assert_eq!(fs::read_to_string(token_file(home.path())).expect("a file"), token);
    }
    // Each session has its own token file.
    let home = home_with_token(&token("OLD", EXPIRATION).to_string());
    let config = PROFILE.replace("user/me", "user/you");
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    let line = error(home.path(), &[]).await;
    assert!(line.contains("cannot read the token in "), "{line}");
    assert!(!line.contains(token_file(home.path()).to_str().expect("text")), "{line}");
    fs::remove_dir_all(home.path().join(".aws/login")).expect("removed");
    fs::write(home.path().join(".aws/config"), PROFILE).expect("a file");
    fs::create_dir_all(token_file(home.path())).expect("a folder");
    let line = error(home.path(), &[]).await;
    assert!(line.contains("it is not a regular file"), "{line}");
    assert_eq!(container.requests().len(), 0);
}

#[tokio::test]
async fn a_refused_refresh_keeps_the_file() {
    let denied = |error: &str| {
        let header = [("x-amzn-errortype", "AccessDeniedException")];
        let body = format!(r#"{{"error":"{error}","message":"no"}}"#);
        CannedResponse::new(403, &header, body)
    };
    for (refusal, expected) in [
        (denied("TOKEN_EXPIRED"), "the session has expired ("),
        (denied("USER_CREDENTIALS_CHANGED"), "the credentials of the user have changed ("),
        (denied("INSUFFICIENT_PERMISSIONS"), "the permission signin:CreateOAuth2Token ("),
        (denied("OTHER"), "AccessDeniedException"),
        (CannedResponse::new(400, &[], "<html>no</html>"), "400"),
        (CannedResponse::ok("{}"), "the response has no "),
        (refreshed(0), "the credentials in the response have expired"),
        (refreshed(-1), "the credentials in the response have expired"),
    ] {
        let signin = Server::start([refusal]);
        let token = token("OLD", PAST).to_string();
        let home = home_with_token(&token);
        let line = error(home.path(), &[(ENDPOINT, signin.url.as_str())]).await;
        assert!(line.contains("has expired and cannot be refreshed: "), "{line}");
        assert!(line.contains(expected) && line.ends_with("; run `aws login`"), "{line}");
        assert_eq!(fs::read_to_string(token_file(home.path())).expect("a file"), token);
        assert_eq!(signin.requests().len(), 1);
    }
}

/// The region of the session takes precedence over the region of the call.
#[tokio::test]
async fn the_region_of_the_session_is_used() {
    let proxy = Server::start([CannedResponse::new(403, &[], "")]);
    let mut token = token("OLD", PAST);
    token["signInRegion"] = "eu-west-2".into();
    let home = home_with_token(&token.to_string());
    let variables = [("HTTPS_PROXY", proxy.url.as_str()), ("AWS_MAX_ATTEMPTS", "1")];
    error(home.path(), &variables).await;
    let expected = "CONNECT eu-west-2.signin.aws.amazon.com:443 HTTP/1.1";
    assert_eq!(proxy.request().line, expected);
}
