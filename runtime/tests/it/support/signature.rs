//! The signature of a request, computed from the received bytes.

use percent_encoding::percent_decode_str;
use ring::{digest, hmac};

use super::SECRET;
use super::server::ReceivedRequest;

/// The `Authorization` header that the SigV4 specification requires for a request.
pub fn expected_authorization(sent: &ReceivedRequest, path: &str) -> String {
    let mut signed: Vec<_> = sent.headers.iter().collect();
    signed.retain(|(name, _)| !["authorization", "user-agent"].contains(&name.as_str()));
    signed.sort();
    let names = signed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    let lines: String = signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let payload = payload_hash(&sent.body);
    let query = canonical_query(target(sent), |_| true);
    let method = method(sent);
    let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{payload}");

    let time = sent.header("x-amz-date");
    let scope = format!("{}/eu-west-1/registry/aws4_request", &time[..8]);
    let signature = signature(time, &scope, &canonical);
    format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders={names}, \
         Signature={signature}"
    )
}

/// The parameters of a presigned URL, decoded.
pub struct SignedUrl(Vec<(String, String)>);

impl SignedUrl {
    pub fn of(sent: &ReceivedRequest) -> Self {
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (_, query) = target(sent).split_once('?').expect("a query");
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self(pairs.map(|(name, value)| (decode(name), decode(value))).collect())
    }

    /// The value of a parameter.
    pub fn value(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(other, _)| other == name)?;
        Some(value)
    }

    /// The signature that the SigV4 specification requires for the received request.
    pub fn expected_signature(&self, sent: &ReceivedRequest, path: &str, payload: &str) -> String {
        let value = |name| self.value(name).unwrap_or_else(|| panic!("no parameter {name}"));
        let names = value("X-Amz-SignedHeaders");
        let line = |name: &str| {
            let words: Vec<_> = sent.header(name).split_whitespace().collect();
            format!("{name}:{}\n", words.join(" "))
        };
        let lines: String = names.split(';').map(line).collect();
        let query = canonical_query(target(sent), |name| name != "X-Amz-Signature");
        let method = method(sent);
        let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{payload}");
        let (_, scope) = value("X-Amz-Credential").split_once('/').expect("a scope");
        signature(value("X-Amz-Date"), scope, &canonical)
    }
}

/// The hash of a body, in hexadecimal.
pub fn payload_hash(body: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, body).as_ref())
}

fn method(sent: &ReceivedRequest) -> &str {
    sent.line.split(' ').next().expect("a method")
}

/// The path and the query.
fn target(sent: &ReceivedRequest) -> &str {
    sent.line.split(' ').nth(1).expect("a target")
}

fn signature(time: &str, scope: &str, canonical: &str) -> String {
    let hash = payload_hash(canonical.as_bytes());
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{hash}");
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for part in scope.split('/') {
        key = mac(&key, part);
    }
    hex(&mac(&key, &to_sign))
}

/// The parameters of an encoded query whose names satisfy the condition, sorted.
fn canonical_query(target: &str, is_signed: impl Fn(&str) -> bool) -> String {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    pairs.retain(|(name, _)| is_signed(name));
    pairs.sort_unstable();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
