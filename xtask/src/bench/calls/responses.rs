//! Builds the server's responses, with bodies like those of the service.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Value, json};

/// The manifest that the callers send and expect back.
const MANIFEST: &str = include_str!("../../../harness/bench/calls/manifest.json");

/// The number of images, which the callers check.
const IMAGES: usize = 1000;

/// Complete responses with headers and body.
pub(crate) struct PreparedResponses {
    put_image: Arc<[u8]>,
    batch_get_image: Arc<[u8]>,
    describe_images: Arc<[u8]>,
    failure: Arc<[u8]>,
    unknown: Arc<[u8]>,
    /// Responses of BatchGetImage with a manifest of a given length. Each is created on first use,
    /// which is during the warm-up.
    sized: Mutex<BTreeMap<usize, Arc<[u8]>>>,
}

impl PreparedResponses {
    pub(crate) fn new() -> Self {
        let images: Vec<Value> = ["v1", "v2", "v3"].into_iter().map(image).collect();
        let details: Vec<Value> = (0..IMAGES).map(detail).collect();
        let error = json!({ "__type": "UnknownOperationException" });
        Self {
            put_image: answer("200 OK", &json!({ "image": image("v1") })),
            batch_get_image: answer("200 OK", &json!({ "images": images, "failures": [] })),
            describe_images: answer("200 OK", &json!({ "imageDetails": details })),
            failure: answer("500 Internal Server Error", &json!({ "__type": "ServerException" })),
            unknown: answer("400 Bad Request", &error),
            sized: Mutex::default(),
        }
    }

    /// The response of an operation. `bytes` is the size of the uploaded part or of the manifest to
    /// return; with zero, BatchGetImage returns three images.
    pub(crate) fn of(&self, operation: &str, bytes: usize) -> Arc<[u8]> {
        match (operation, bytes) {
            ("PutImage", _) => Arc::clone(&self.put_image),
            ("BatchGetImage", 0) => Arc::clone(&self.batch_get_image),
            ("BatchGetImage", length) => self.manifest(length),
            ("DescribeImages", _) => Arc::clone(&self.describe_images),
            ("UploadLayerPart", bytes) => uploaded(bytes),
            _ => Arc::clone(&self.unknown),
        }
    }

    /// An error response that clients retry.
    pub(crate) fn failure(&self) -> Arc<[u8]> {
        Arc::clone(&self.failure)
    }

    fn manifest(&self, length: usize) -> Arc<[u8]> {
        let mut sized = self.sized.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(sized.entry(length).or_insert_with(|| {
            // ASCII, so each character is a byte.
            let manifest: String = MANIFEST.chars().cycle().take(length).collect();
            let mut image = image("v1");
            image["imageManifest"] = Value::String(manifest);
            answer("200 OK", &json!({ "images": [image], "failures": [] }))
        }))
    }
}

fn uploaded(bytes: usize) -> Arc<[u8]> {
    let body = json!({
        "registryId": "012345678910",
        "repositoryName": "team/app",
        "uploadId": "5c1a4a0e-5b5c-4b5a-8f0e-0d6a4f3b2c1d",
        "lastByteReceived": bytes.saturating_sub(1),
    });
    answer("200 OK", &body)
}

fn answer(status: &str, body: &Value) -> Arc<[u8]> {
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\n\
         x-amzn-RequestId: 7d0d1f2e-3c4b-4a59-8687-96a5b4c3d2e1\r\n\
         Content-Type: application/x-amz-json-1.1\r\n\
         Content-Length: {}\r\n\
         Date: Wed, 01 Jan 2025 00:00:00 GMT\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body.into_bytes()].concat().into()
}

fn image(tag: &str) -> Value {
    json!({
        "registryId": "012345678910",
        "repositoryName": "team/app",
        "imageId": { "imageDigest": digest(1), "imageTag": tag },
        "imageManifest": MANIFEST,
        "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json",
    })
}

fn detail(number: usize) -> Value {
    let pushed = 1_700_000_000.125 + number as f64;
    json!({
        "registryId": "012345678910",
        "repositoryName": "team/app",
        "imageDigest": digest(number),
        "imageTags": [format!("v1.{number}"), format!("build-{number:06}")],
        "imageSizeInBytes": 51_234_567 + number,
        "imagePushedAt": pushed,
        "imageScanStatus": { "status": "COMPLETE", "description": "The scan was completed successfully." },
        "imageScanFindingsSummary": {
            "imageScanCompletedAt": pushed + 60.0,
            "vulnerabilitySourceUpdatedAt": pushed - 3600.0,
            "findingSeverityCounts": { "HIGH": 1, "MEDIUM": 12, "LOW": 20, "INFORMATIONAL": 3 },
        },
        "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json",
        "artifactMediaType": "application/vnd.oci.image.config.v1+json",
        "lastRecordedPullTime": pushed + 86_400.0,
        "imageStatus": "ACTIVE",
    })
}

/// A SHA-256 digest in hexadecimal, different for each number.
fn digest(number: usize) -> String {
    format!(
        "sha256:{:064x}",
        (number as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_images_have_a_realistic_size() {
        let size = PreparedResponses::new().of("DescribeImages", 0).len();
        assert!((600_000..800_000).contains(&size), "{size}");
    }

    #[test]
    fn every_response_declares_its_length() {
        let responses = PreparedResponses::new();
        let operations =
            ["PutImage", "BatchGetImage", "DescribeImages", "UploadLayerPart", "Other"];
        for (operation, bytes) in operations.iter().flat_map(|name| [(name, 0), (name, 5000)]) {
            let text = String::from_utf8(responses.of(operation, bytes).to_vec()).expect("text");
            let (head, body) = text.split_once("\r\n\r\n").expect("a head");
            assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{operation}");
            serde_json::from_str::<Value>(body).expect("JSON");
        }
    }

    #[test]
    fn a_manifest_has_the_requested_length() {
        let responses = PreparedResponses::new();
        for length in [1, 1000, 100_000] {
            let text = String::from_utf8(responses.of("BatchGetImage", length).to_vec());
            let text = text.expect("text");
            let (_, body) = text.split_once("\r\n\r\n").expect("a head");
            let body: Value = serde_json::from_str(body).expect("JSON");
            let manifest = body["images"][0]["imageManifest"].as_str().expect("a manifest");
            assert_eq!(manifest.len(), length);
        }
    }
}
