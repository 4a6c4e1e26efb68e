//! Builds the server's responses once, with bodies like those of the service.

use serde_json::{Value, json};

/// The manifest that the callers send and expect back.
const MANIFEST: &str = include_str!("../../../harness/bench/calls/manifest.json");

/// The number of images and the largest part of a layer, which the callers check.
const IMAGES: usize = 1000;
const PART: u64 = 20 * 1024 * 1024;

/// Complete responses with headers and body.
pub(crate) struct PreparedResponses {
    put_image: Vec<u8>,
    batch_get_image: Vec<u8>,
    describe_images: Vec<u8>,
    upload_layer_part: Vec<u8>,
    unknown: Vec<u8>,
}

impl PreparedResponses {
    pub(crate) fn new() -> Self {
        let images: Vec<Value> = ["v1", "v2", "v3"].into_iter().map(image).collect();
        let details: Vec<Value> = (0..IMAGES).map(detail).collect();
        let part = json!({
            "registryId": "012345678910",
            "repositoryName": "team/app",
            "uploadId": "5c1a4a0e-5b5c-4b5a-8f0e-0d6a4f3b2c1d",
            "lastByteReceived": PART - 1,
        });
        Self {
            put_image: answer("200 OK", &json!({ "image": image("v1") })),
            batch_get_image: answer("200 OK", &json!({ "images": images, "failures": [] })),
            describe_images: answer("200 OK", &json!({ "imageDetails": details })),
            upload_layer_part: answer("200 OK", &part),
            unknown: answer("400 Bad Request", &json!({ "__type": "UnknownOperationException" })),
        }
    }

    /// The response of an operation.
    pub(crate) fn of(&self, operation: &str) -> &[u8] {
        match operation {
            "PutImage" => &self.put_image,
            "BatchGetImage" => &self.batch_get_image,
            "DescribeImages" => &self.describe_images,
            "UploadLayerPart" => &self.upload_layer_part,
            _ => &self.unknown,
        }
    }
}

fn answer(status: &str, body: &Value) -> Vec<u8> {
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\n\
         x-amzn-RequestId: 7d0d1f2e-3c4b-4a59-8687-96a5b4c3d2e1\r\n\
         Content-Type: application/x-amz-json-1.1\r\n\
         Content-Length: {}\r\n\
         Date: Wed, 01 Jan 2025 00:00:00 GMT\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body.into_bytes()].concat()
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
        let size = PreparedResponses::new().of("DescribeImages").len();
        assert!((600_000..800_000).contains(&size), "{size}");
    }

    #[test]
    fn every_response_declares_its_length() {
        let responses = PreparedResponses::new();
        for operation in ["PutImage", "BatchGetImage", "DescribeImages", "UploadLayerPart", "Other"]
        {
            let text = String::from_utf8(responses.of(operation).to_vec()).expect("text");
            let (head, body) = text.split_once("\r\n\r\n").expect("a head");
            assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{operation}");
            serde_json::from_str::<Value>(body).expect("JSON");
        }
    }
}
