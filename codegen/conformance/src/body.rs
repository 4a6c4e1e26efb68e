//! Compares the body of the captured request with the expected one.

use std::io::Read;

use serde_json::Value;

use crate::{
    Request,
    capture::Sent,
    cbor,
    differences::{self, clipped},
    expected::Body,
    form,
    request::{text, unequal},
    xml,
};

/// Describes the differences between the body of a request and the expected one.
#[must_use]
pub fn body_differences(sent: &http::Request<bytes::Bytes>, expected: &Request) -> Vec<String> {
    if matches!(expected.body, Body::Any) {
        return Vec::new();
    }
    let bytes = match plain(sent) {
        Ok(bytes) => bytes,
        Err(reason) => return vec![reason],
    };
    if let Body::Cbor(expected) = expected.body {
        return cbor::differences(expected, &bytes);
    }
    let Ok(found) = String::from_utf8(bytes) else {
        return vec!["body: expected text, found bytes that are not UTF-8".to_owned()];
    };
    let any_order = expected.any_map_order;
    match expected.body {
        Body::Json(expected) => json(expected, &found),
        Body::Form(expected) if any_order => {
            let pairs = |text| form::without_indexes(form::pairs(text));
            form::differences("body", pairs(expected), pairs(&found))
        }
        Body::Form(expected) => {
            form::differences("body", form::pairs(expected), form::pairs(&found))
        }
        Body::Xml(expected) => xml::differences(expected, &found, any_order),
        Body::Text(expected) => same_text(expected, &found),
        Body::Any | Body::Cbor(_) => Vec::new(),
    }
}

/// Compares JSON by its values. If the expected text is not JSON, the texts must be equal.
fn json(expected: &str, found: &str) -> Vec<String> {
    let Ok(expected) = serde_json::from_str::<Value>(expected) else {
        return same_text(expected, found);
    };
    match serde_json::from_str(found) {
        Ok(found) => differences::differences("body", &expected, Some(&found)),
        Err(_) => vec![format!("body: expected JSON, found {:?}", clipped(found))],
    }
}

fn same_text(expected: &str, found: &str) -> Vec<String> {
    let mut failures = Vec::new();
    unequal("body", Some(expected), found, &mut failures);
    failures
}

/// The body before compression.
fn plain(sent: &Sent) -> Result<Vec<u8>, String> {
    if text(sent.headers(), "content-encoding").as_deref() != Some("gzip") {
        return Ok(sent.body().to_vec());
    }
    let mut bytes = Vec::new();
    let read = flate2::read::GzDecoder::new(&sent.body()[..]).read_to_end(&mut bytes);
    read.map_err(|error| format!("body: cannot be decompressed: {error}"))?;
    Ok(bytes)
}
