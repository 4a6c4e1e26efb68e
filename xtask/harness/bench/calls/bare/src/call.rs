//! A hand-written call: encode, sign, send, decode. It has no retries, no request ids and only
//! simple errors.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use http::{HeaderValue, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::measure::Failure;

pub struct Client {
    http: hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>,
    url: Uri,
    identity: Identity,
}

impl Client {
    pub fn new(url: &str) -> Result<Self, Failure> {
        let mut tcp = HttpConnector::new();
        tcp.set_nodelay(true);
        Ok(Self {
            http: hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build(tcp),
            url: url.parse()?,
            identity: Credentials::new("AKIDEXAMPLE", "not-so-secret", None, None, "bench").into(),
        })
    }

    pub async fn call<O: DeserializeOwned>(
        &self,
        operation: &str,
        input: &(impl Serialize + Sync),
    ) -> Result<O, Failure> {
        let body = Bytes::from(serde_json::to_vec(input)?);
        let request = self.signed(operation, body)?;
        let answer = self.http.request(request).await?;
        let (head, body) = answer.into_parts();
        let body = body.collect().await?.to_bytes();
        if !head.status.is_success() {
            return Err(format!("{}: {}", head.status, String::from_utf8_lossy(&body)).into());
        }
        Ok(serde_json::from_slice(&body)?)
    }

    fn signed(&self, operation: &str, body: Bytes) -> Result<Request<Full<Bytes>>, Failure> {
        let target = format!("AmazonEC2ContainerRegistry_V20150921.{operation}");
        let mut request = Request::post(self.url.clone())
            .header("host", self.url.authority().ok_or("no host")?.as_str())
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", target)
            .body(body)?;
        let params = SigningParams::builder()
            .identity(&self.identity)
            .region("eu-west-1")
            .name("ecr")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()?
            .into();
        let headers = request.headers().iter();
        let signable = SignableRequest::new(
            "POST",
            request.uri().to_string(),
            headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default())),
            SignableBody::Bytes(request.body()),
        )?;
        let (instructions, _) = sign(signable, &params)?.into_parts();
        for header in instructions.into_parts().0 {
            let value = HeaderValue::from_str(header.value())?;
            request.headers_mut().insert(header.name(), value);
        }
        Ok(request.map(Full::new))
    }
}
