//! Compares the captured request with the expected one.

use std::io::Read;

use http::HeaderMap;
use longshore_runtime::Operation;
use serde_json::Value;

use crate::{
    Request, capture,
    capture::{Capture, Sent},
    differences::{clipped, differences},
    expected::Body,
};

/// The idempotency token for cases that do not state one.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Sends the request and describes the differences.
pub(crate) fn check<O: Operation>(request: &O, expected: &Request) -> Vec<String> {
    let filled = request.with_idempotency_token(|| TOKEN.to_owned());
    let request = filled.as_ref().unwrap_or(request);
    let capture = Capture::answering(200, &[], "{}");
    let config = capture::config(&capture, expected.endpoint);
    let answer = capture::call(config, |client| async move { client.call(request).await });
    let sent = match answer {
        Ok(answer) => capture.sent().ok_or_else(|| match answer {
            Ok(_) => "nothing was sent".to_owned(),
            Err(error) => format!("no request was sent: {error}"),
        }),
        Err(reason) => Err(reason),
    };
    match sent {
        Ok(sent) => compare(&sent, expected),
        Err(reason) => vec![reason],
    }
}

fn compare(sent: &Sent, expected: &Request) -> Vec<String> {
    let mut failures = Vec::new();
    let path = sent.uri().path_and_query().map_or("/", |path| path.as_str());
    unequal("method", expected.method, sent.method().as_str(), &mut failures);
    unequal("uri", expected.uri, path, &mut failures);
    failures.extend(expected.host.and_then(|host| host_differs(host, sent)));
    failures.extend(headers(sent.headers(), expected));
    failures.extend(body(sent, &expected.body));
    failures
}

fn unequal(what: &str, expected: Option<&str>, found: &str, failures: &mut Vec<String>) {
    if let Some(expected) = expected.filter(|expected| *expected != found) {
        failures.push(format!("{what}: expected {expected}, found {}", clipped(found)));
    }
}

/// The expected host may include a path: that of the endpoint, which the request's path starts
/// with.
fn host_differs(expected: &str, sent: &Sent) -> Option<String> {
    let (host, path) = expected.split_at(expected.find('/').unwrap_or(expected.len()));
    let authority = sent.uri().authority().map(|authority| authority.as_str());
    let found = text(sent.headers(), "host").or_else(|| authority.map(str::to_owned));
    let found = found.unwrap_or_default();
    let begins = sent.uri().path().strip_prefix(path.trim_end_matches('/'));
    if found == host && begins.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
        // The URL must name the same host as the header.
        let other = authority.filter(|authority| *authority != host)?;
        return Some(format!("host: expected {host}, but the URL leads to {other}"));
    }
    Some(format!("host: expected {expected}, found {found}{}", sent.uri().path()))
}

fn headers(sent: &HeaderMap, expected: &Request) -> Vec<String> {
    let mut failures = Vec::new();
    for (name, value) in &expected.headers {
        match text(sent, name) {
            Some(found) if found == *value => {}
            Some(found) => {
                failures.push(format!("header {name}: expected {value}, found {}", clipped(&found)))
            }
            None => failures.push(format!("header {name}: expected {value}, found nothing")),
        }
    }
    let missing = expected.required.iter().filter(|name| !sent.contains_key(**name));
    failures.extend(missing.map(|name| format!("header {name}: expected any, found nothing")));
    for name in &expected.forbidden {
        if let Some(found) = text(sent, name) {
            failures.push(format!("header {name}: expected nothing, found {}", clipped(&found)));
        }
    }
    failures
}

/// The values of a header, joined into one.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter();
    let values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn body(sent: &Sent, expected: &Body) -> Vec<String> {
    let (Body::Json(expected_text) | Body::Text(expected_text)) = expected else {
        return Vec::new();
    };
    let found = match plain(sent) {
        Ok(found) => found,
        Err(reason) => return vec![reason],
    };
    let parsed = match expected {
        Body::Json(expected) => serde_json::from_str::<Value>(expected).ok(),
        _ => None,
    };
    let Some(expected) = parsed else {
        let mut failures = Vec::new();
        unequal("body", Some(expected_text), &found, &mut failures);
        return failures;
    };
    match serde_json::from_str(&found) {
        Ok(found) => differences("body", &expected, Some(&found)),
        Err(_) => vec![format!("body: expected JSON, found {:?}", clipped(&found))],
    }
}

/// The body before compression.
fn plain(sent: &Sent) -> Result<String, String> {
    let bytes = match text(sent.headers(), "content-encoding").as_deref() {
        Some("gzip") => {
            let mut bytes = Vec::new();
            let read = flate2::read::GzDecoder::new(&sent.body()[..]).read_to_end(&mut bytes);
            read.map_err(|error| format!("body: cannot be decompressed: {error}"))?;
            bytes
        }
        _ => sent.body().to_vec(),
    };
    String::from_utf8(bytes)
        .map_err(|_| "body: expected text, found bytes that are not UTF-8".to_owned())
}
