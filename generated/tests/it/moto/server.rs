//! The server's side doors: its state, its signature checks and its users, none of which the clients speak.
//!
//! Plain HTTP over a socket is enough for a server on this machine, and needs no other client.

use std::env;
use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Where the server is: `cargo xtask e2e` starts one and says so.
pub(crate) fn endpoint() -> Result<String, Box<dyn Error>> {
    env::var("LONGSHORE_E2E_ENDPOINT")
        .map_err(|_| "LONGSHORE_E2E_ENDPOINT is not set: run `cargo xtask e2e`".into())
}

/// An access key of a user who may do anything in ECR.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// Forgets everything, and accepts any signature from now on.
pub(crate) fn reset() -> Result<(), Box<dyn Error>> {
    post("/moto-api/reset", "text/plain", "")?;
    check_after("inf")
}

/// Makes the server check the signature of every call from now on.
pub(crate) fn check_signatures() -> Result<(), Box<dyn Error>> {
    check_after("0")
}

/// How many calls may pass before signatures are checked, `inf` for all of them.
fn check_after(calls: &str) -> Result<(), Box<dyn Error>> {
    post("/moto-api/reset-auth", "text/plain", calls).map(drop)
}

/// Makes a user with a key. IAM speaks the query protocol, which is not awsJson.
pub(crate) fn user_with_key() -> Result<Key, Box<dyn Error>> {
    // {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}
    let policy = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C\
                  %22Action%22%3A%22ecr%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D";
    iam("CreateUser", "")?;
    iam("PutUserPolicy", &format!("&PolicyName=ecr&PolicyDocument={policy}"))?;
    let answer = iam("CreateAccessKey", "")?;
    let id = element(&answer, "AccessKeyId").ok_or("no access key in the answer")?;
    let secret = element(&answer, "SecretAccessKey").ok_or("no secret in the answer")?;
    Ok(Key { id: id.to_owned(), secret: secret.to_owned() })
}

fn iam(action: &str, parameters: &str) -> Result<String, Box<dyn Error>> {
    let form = format!("Action={action}&Version=2010-05-08&UserName=pusher{parameters}");
    post("/", "application/x-www-form-urlencoded", &form)
}

/// Posts and returns the answer's body. The signature only tells the server which service is meant.
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
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200 ") => Ok(body.to_owned()),
        _ => Err(format!("POST {path} was answered with: {answer}").into()),
    }
}

fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}
