//! A client that sends requests unchanged, each over a new connection.

use std::io::Read;

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore_testing::Registry;
use serde_json::Value;

use crate::registry::fixtures::{Manifest, TestResult, Uploaded, digest_of, image, layer};
use crate::support::raw;

/// The name of the repository.
pub const NAME: &str = "team/app";

/// A registry with the repository `team/app`, and a client that has logged in to it.
pub struct Oci {
    pub registry: Registry,
    pub ecr: Client,
    authorization: String,
}

/// A response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    headers: String,
    pub body: Vec<u8>,
}

impl Oci {
    pub async fn new() -> TestResult<Self> {
        let oci = Self::empty(Registry::start()).await?;
        oci.ecr.create_repository(&CreateRepositoryRequest::new(NAME)).await?;
        Ok(oci)
    }

    /// Creates a client for a registry without repositories.
    pub async fn empty(registry: Registry) -> TestResult<Self> {
        let ecr = Client::new(&registry.config());
        let issued = ecr.get_authorization_token(&GetAuthorizationTokenRequest::new()).await?;
        let data = issued.authorization_data.into_iter().next();
        let token = data.and_then(|data| data.authorization_token).ok_or("no token")?;
        Ok(Self { registry, ecr, authorization: format!("authorization: Basic {token}") })
    }

    /// The header with the token.
    pub fn authorization(&self) -> &str {
        &self.authorization
    }

    /// Sends a request; `path` follows `/v2/`.
    pub fn send(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Response {
        let mut headers = headers.to_vec();
        headers.push(&self.authorization);
        send(self.registry.url(), &format!("{method} /v2/{path}"), &headers, body)
    }

    pub fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[], b"")
    }

    pub fn head(&self, path: &str) -> Response {
        self.send("HEAD", path, &[], b"")
    }

    pub fn delete(&self, path: &str) -> Response {
        self.send("DELETE", path, &[], b"")
    }

    /// Pushes a blob to `team/app` in one request.
    #[track_caller]
    pub fn push_blob(&self, content: &[u8]) -> Uploaded {
        let digest = digest_of(content);
        let path = format!("{NAME}/blobs/uploads/?digest={digest}");
        assert_eq!(self.send("POST", &path, &[], content).status, 201);
        Uploaded { digest, size: content.len() }
    }

    /// Pushes a manifest to `team/app` by its tag or digest.
    #[track_caller]
    pub fn push_manifest(&self, manifest: &Manifest, reference: &str) -> Response {
        let path = format!("{NAME}/manifests/{reference}");
        let response = self.send("PUT", &path, &[], manifest.text.as_bytes());
        assert_eq!(response.status, 201, "{response:?}");
        response
    }

    /// Pushes an image to `team/app`, with one layer of `seed` times 1000 bytes.
    #[track_caller]
    pub fn push_image(&self, seed: u32, reference: &str) -> Manifest {
        let (config, content) = (self.push_blob(b"{}"), self.push_blob(&layer(seed, seed * 1_000)));
        let image = image(&config, &[&content]);
        self.push_manifest(&image, reference);
        image
    }

    /// Begins an upload to `team/app` and returns its path after `/v2/`.
    #[track_caller]
    pub fn begin_upload(&self) -> String {
        let begun = self.send("POST", &format!("{NAME}/blobs/uploads/"), &[], b"");
        assert_eq!(begun.status, 202, "{begun:?}");
        begun.location()
    }
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.lines().filter_map(|line| line.split_once(": "));
        let mut values = headers.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        values.next().map(|(_, value)| value)
    }

    /// The header `Location` without `/v2/`.
    #[track_caller]
    pub fn location(&self) -> String {
        let location = self.header("location").and_then(|path| path.strip_prefix("/v2/"));
        location.unwrap_or_else(|| panic!("no location in {self:?}")).to_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The status and the code of an error, after checking that it also has a message.
    #[track_caller]
    pub fn error(&self) -> (u16, String) {
        let error = &self.json()["errors"][0];
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{error}");
        (self.status, error["code"].as_str().unwrap_or_default().to_owned())
    }

    #[track_caller]
    pub fn message(&self) -> String {
        self.json()["errors"][0]["message"].as_str().unwrap_or_default().to_owned()
    }
}

/// The status and the code of an error.
pub fn error(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// Sends a request; `start` is the method and the path.
pub fn send(url: &str, start: &str, headers: &[&str], body: &[u8]) -> Response {
    let mut head = vec![format!("{start} HTTP/1.1")];
    head.extend(headers.iter().map(|header| (*header).to_owned()));
    let head: Vec<_> = head.iter().map(String::as_str).collect();
    read(raw::write(url, &head, body))
}

/// Reads a response until the connection ends.
pub fn read(mut stream: impl Read) -> Response {
    let mut received = Vec::new();
    stream.read_to_end(&mut received).expect("a response");
    let end = received.windows(4).position(|window| window == b"\r\n\r\n").expect("headers");
    let headers = String::from_utf8_lossy(&received[..end]).into_owned();
    let status = headers.split(' ').nth(1).and_then(|status| status.parse().ok());
    Response { status: status.expect("a status"), headers, body: received[end + 4..].to_vec() }
}
