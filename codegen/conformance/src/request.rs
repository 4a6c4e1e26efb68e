//! Compares the captured request with the expected one.

use http::HeaderMap;
use longshore_runtime::{Operation, Validation};

use crate::{
    Request, body, capture,
    capture::{Capture, Sent},
    differences::clipped,
    form,
};

/// The idempotency token for cases that do not state one.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Sends the request and describes the differences.
pub(crate) fn check<O: Operation>(
    request: &O,
    expected: &Request,
    validation: Option<Validation>,
) -> Vec<String> {
    let filled = request.with_idempotency_token(|| TOKEN.to_owned());
    let request = filled.as_ref().unwrap_or(request);
    let capture = Capture::responding(200, &[], b"{}");
    let config = capture::config(&capture, expected.endpoint);
    let config = match validation {
        Some(validation) => config.validation(validation),
        None => config,
    };
    let result = capture::call(config, |client| async move { client.call(request).await });
    let sent = match result {
        Ok(result) => capture.sent().ok_or_else(|| match result {
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
    let uri = sent.uri().path_and_query().map_or("/", |path| path.as_str());
    unequal("method", expected.method, sent.method().as_str(), &mut failures);
    match expected.query {
        None => unequal("uri", expected.uri, uri, &mut failures),
        Some(pairs) => {
            let path = |uri: &'static str| uri.split('?').next().unwrap_or_default();
            unequal("path", expected.uri.map(path), sent.uri().path(), &mut failures);
            let expected = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into()));
            let found = form::pairs(sent.uri().query().unwrap_or_default());
            failures.extend(form::differences("query", expected.collect(), found));
        }
    }
    failures.extend(expected.host.and_then(|host| host_differs(host, sent)));
    failures.extend(headers(sent.headers(), expected));
    failures.extend(body::body_differences(sent, expected));
    failures
}

pub(crate) fn unequal(what: &str, expected: Option<&str>, found: &str, failures: &mut Vec<String>) {
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
pub(crate) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter();
    let values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    (!values.is_empty()).then(|| values.join(", "))
}
