//! The management API of moto: state, signature checks and users. Uses plain HTTP over a socket, so
//! that no other client is needed.

use std::env;
use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The URL of the server that `cargo xtask e2e` started.
pub(crate) fn endpoint() -> Result<String, Box<dyn Error>> {
    env::var("LONGSHORE_E2E_ENDPOINT")
        .map_err(|_| "LONGSHORE_E2E_ENDPOINT is not set: run `cargo xtask e2e`".into())
}

/// The access key of a user with all permissions for ECR.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// Clears the state of the server and disables signature checks.
pub(crate) fn reset() -> Result<(), Box<dyn Error>> {
    post("/moto-api/reset", "text/plain", "")?;
    check_after("inf")
}

/// Enables signature checks.
pub(crate) fn check_signatures() -> Result<(), Box<dyn Error>> {
    check_after("0")
}

/// Sets after how many calls signatures are checked; `inf` disables the check.
fn check_after(calls: &str) -> Result<(), Box<dyn Error>> {
    post("/moto-api/reset-auth", "text/plain", calls).map(drop)
}

/// Creates a user with an access key. IAM uses the query protocol.
pub(crate) fn user_with_key() -> Result<Key, Box<dyn Error>> {
    // {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}
    let policy = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C\
                  %22Action%22%3A%22ecr%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D";
    iam("CreateUser", "")?;
    iam("PutUserPolicy", &format!("&PolicyName=ecr&PolicyDocument={policy}"))?;
    let response = iam("CreateAccessKey", "")?;
    let id = element(&response, "AccessKeyId").ok_or("no access key in the response")?;
    let secret = element(&response, "SecretAccessKey").ok_or("no secret in the response")?;
    Ok(Key { id: id.to_owned(), secret: secret.to_owned() })
}

fn iam(action: &str, parameters: &str) -> Result<String, Box<dyn Error>> {
    let form = format!("Action={action}&Version=2010-05-08&UserName=pusher{parameters}");
    post("/", "application/x-www-form-urlencoded", &form)
}

/// Sends a POST request and returns the body. The server reads only the service name from the
/// signature.
fn post(path: &str, content_type: &str, body: &str) -> Result<String, Box<dyn Error>> {
    let endpoint = endpoint()?;
    let host = endpoint.trim_start_matches("http://");
    let length = body.len();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: {content_type}\r\n\
         Content-Length: {length}\r\nAuthorization: AWS4-HMAC-SHA256 \
         Credential=any/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0\r\n\r\n{body}"
    )?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    match response.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200 ") => Ok(body.to_owned()),
        _ => Err(format!("the response to POST {path} was: {response}").into()),
    }
}

fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}
