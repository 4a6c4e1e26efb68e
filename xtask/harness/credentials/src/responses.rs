//! Generates the responses of the scripted server. It does not check requests; the access key ID in
//! a response consists of the credentials and parameters of the request.

use serde_json::{Value, json};

use crate::request::{Kind, Request, parameters};

/// A time after the end of every run.
const EXPIRATION: &str = "2099-01-01T00:00:00Z";
/// [`EXPIRATION`] in milliseconds since 1970.
const EXPIRATION_MILLISECONDS: u64 = 4_070_908_800_000;

/// A response.
#[derive(Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// Returns the response to a request.
#[must_use]
pub fn respond(request: &Request) -> Response {
    match request.kind() {
        Kind::Connect => text_response(403, "text/plain", String::new()),
        Kind::Instance => instance(request),
        Kind::Container => container(request),
        Kind::Sso => sso(request),
        Kind::Oidc => {
            let token =
                json!({"accessToken": "sso-refreshed", "expiresIn": 3600, "tokenType": "Bearer"});
            json_response(&token)
        }
        Kind::SignIn => {
            let keys = json!({"accessKeyId": "AKIALOGIN", "secretAccessKey": "secret",
                "sessionToken": "login-token"});
            let token = json!({"accessToken": keys, "tokenType": "aws_sigv4", "expiresIn": 900,
                "refreshToken": "another-refresh"});
            json_response(&token)
        }
        Kind::Call => {
            let body = json!({"repositories": []}).to_string();
            text_response(200, "application/x-amz-json-1.1", body)
        }
        Kind::Sts => sts(request),
    }
}

fn text_response(status: u16, content_type: &'static str, body: String) -> Response {
    Response { status, content_type, body }
}

fn json_response(body: &Value) -> Response {
    text_response(200, "application/json", body.to_string())
}

fn container(request: &Request) -> Response {
    let mut keys = keys(&format!("AKIACONTAINER{}", letters(request.path())));
    keys["AccountId"] = "444444444444".into();
    json_response(&keys)
}

/// The credentials of a container or an instance.
fn keys(access_key_id: &str) -> Value {
    json!({
        "Code": "Success",
        "Type": "AWS-HMAC",
        "LastUpdated": "2001-01-01T00:00:00Z",
        "AccessKeyId": access_key_id,
        "SecretAccessKey": "secret",
        "Token": "metadata-token",
        "Expiration": EXPIRATION,
    })
}

fn instance(request: &Request) -> Response {
    let path = request.path();
    if path.ends_with("/api/token") {
        return text_response(200, "text/plain", "imds-token".to_owned());
    }
    if path.ends_with("/meta-data/iam/security-credentials/") {
        return text_response(200, "text/plain", "instance-role".to_owned());
    }
    if path.ends_with("/meta-data/iam/security-credentials/instance-role") {
        // Without an account ID, because botocore ignores it in this response.
        return json_response(&keys("AKIAINSTANCE"));
    }
    text_response(404, "text/plain", String::new())
}

fn sso(request: &Request) -> Response {
    let query = parameters(request.target.split('?').nth(1).unwrap_or_default());
    let value = |name: &str| letters(query.get(name).map_or("", String::as_str));
    let token = letters(request.header("x-amz-sso_bearer_token"));
    let id = format!("AKIASSO{}{}{token}", value("account_id"), value("role_name"));
    let keys = json!({"roleCredentials": {
        "accessKeyId": id,
        "secretAccessKey": "secret",
        "sessionToken": "sso-token",
        "expiration": EXPIRATION_MILLISECONDS,
    }});
    json_response(&keys)
}

fn sts(request: &Request) -> Response {
    let form = parameters(&request.body);
    let value = |name: &str| form.get(name).map_or("", String::as_str);
    let caller = request.signature().map_or_else(|| "WEB".to_owned(), |by| by.access_key_id);
    let role = letters(value("RoleArn").rsplit('/').next().unwrap_or_default());
    let action = value("Action");
    let body = format!(
        "<{action}Response><{action}Result><Credentials><AccessKeyId>{role}BY{caller}</AccessKeyId>\
         <SecretAccessKey>secret</SecretAccessKey><SessionToken>token-of-{role}</SessionToken>\
         <Expiration>{EXPIRATION}</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>id:n\
         </AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/{role}/n</Arn>\
         </AssumedRoleUser></{action}Result></{action}Response>"
    );
    text_response(200, "text/xml", body)
}

/// The letters and digits of a text. Other characters could have a special meaning in an
/// `Authorization` header.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}
