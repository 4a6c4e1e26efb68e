//! The signature of a request, computed from the received bytes.

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
    let payload = hex(digest::digest(&digest::SHA256, &sent.body).as_ref());
    let mut words = sent.line.split(' ');
    let (method, target) = (words.next().expect("a method"), words.next().expect("a target"));
    let query = canonical_query(target);
    let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{payload}");

    let time = sent.header("x-amz-date");
    let scope = format!("{}/eu-west-1/registry/aws4_request", &time[..8]);
    let hash = hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{hash}");
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for part in scope.split('/') {
        key = mac(&key, part);
    }
    let signature = hex(&mac(&key, &to_sign));
    format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders={names}, \
         Signature={signature}"
    )
}

/// Returns the parameters of an encoded query, sorted.
fn canonical_query(target: &str) -> String {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
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
