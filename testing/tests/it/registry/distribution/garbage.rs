//! Invalid requests. The registry responds to all of them, keeps running, and does not report them
//! as failures of the test.

use super::client::{NAME, Oci, error};
use crate::registry::fixtures::{TestResult, digest_of};

/// A generator of pseudo-random numbers with a fixed seed, so that failures are reproducible.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }

    fn choose<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"];

const SEGMENTS: &[&str] = &[
    "team",
    "app",
    "blobs",
    "uploads",
    "manifests",
    "tags",
    "list",
    "referrers",
    "_catalog",
    "v1",
    "",
    ".",
    "..",
    "%2F",
    "%",
    "%zz",
    "%ff",
    "%00",
    "sha256:",
    "sha256:ab",
    "sha256:0000000000000000000000000000000000000000000000000000000000000000",
    ":",
    "a:b:c",
    "UPPER",
];

const PARAMETERS: &[&str] = &[
    "digest=",
    "digest=sha256:ab",
    "digest=sha256:0000000000000000000000000000000000000000000000000000000000000000",
    "digest=%",
    "mount=sha256:ab",
    "mount=sha256:0000000000000000000000000000000000000000000000000000000000000000",
    "mount=",
    "from=team/app",
    "from=",
    "n=0",
    "n=-1",
    "n=x",
    "n=99999999999999999999",
    "last=",
    "last=%ff",
    "artifactType=",
    "&",
    "=",
];

const HEADERS: &[&str] = &[
    "content-range: 0-0",
    "content-range: x",
    "content-range: -",
    "content-range: 0-99999999999999999999",
    "content-range: 9-1",
    "content-range: 0-18446744073709551615",
    "range: bytes=-",
    "range: bytes=0-0",
    "range: bytes=9-",
    "accept: ",
    "accept: x/*, */*;q=x",
    "content-type: application/vnd.oci.image.manifest.v1+json",
    "content-type: x",
    "content-encoding: gzip",
    "content-encoding: br",
    "x-amz-target: A.B",
];

const BODIES: &[&str] = &[
    "",
    "{}",
    "[",
    "null",
    "Action=x&Version=y",
    r#"{"schemaVersion":2}"#,
    r#"{"schemaVersion":2,"config":{},"layers":[null]}"#,
    r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","size":-1}]}"#,
    r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","subject":7}"#,
];

#[tokio::test]
async fn no_request_stops_the_registry() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    let (random, mut upload) = (&mut Random(7), String::new());
    for round in 0..2_000 {
        if round % 10 == 0 {
            // The previous one may be complete or canceled.
            upload = oci.begin_upload();
        }
        let (start, headers, body) = request(random, &[&image.digest, &upload]);
        let (method, path) = start.split_once(' ').ok_or("no path")?;
        let response = oci.send(method, path, &headers, body.as_bytes());
        assert!((200..500).contains(&response.status), "{start} {headers:?} {body}: {response:?}");
        if response.status >= 400 && method != "HEAD" {
            response.error();
        }
    }
    assert_eq!(oci.get("").status, 200);
    oci.registry.server().verify();
    Ok(())
}

/// Creates a request that may be valid in parts.
fn request(random: &mut Random, known: &[&str]) -> (String, Vec<&'static str>, &'static str) {
    let path = match random.below(4) {
        0 => known[1].to_owned(),
        1 => format!("{NAME}/{}/{}", random.choose(&["blobs", "manifests", "referrers"]), known[0]),
        2 => format!("{NAME}/blobs/uploads/"),
        _ => {
            let count = random.below(6);
            (0..count).map(|_| random.choose(SEGMENTS)).collect::<Vec<_>>().join("/")
        }
    };
    let count = random.below(3);
    let query = (0..count).map(|_| random.choose(PARAMETERS)).collect::<Vec<_>>().join("&");
    let count = random.below(3);
    let headers = (0..count).map(|_| random.choose(HEADERS)).collect();
    (format!("{} {path}?{query}", random.choose(METHODS)), headers, random.choose(BODIES))
}

/// Long names cause no server error.
#[tokio::test]
async fn very_long_names_are_rejected() -> TestResult {
    let oci = Oci::new().await?;
    let long = "a/".repeat(5_000);
    for path in [
        format!("{long}a/tags/list"),
        format!("{NAME}/manifests/{}", "v".repeat(10_000)),
        format!("{NAME}/blobs/sha256:{}", "a".repeat(10_000)),
        format!("{NAME}/tags/list?last={}", "v".repeat(10_000)),
    ] {
        assert!((200..500).contains(&oci.get(&path).status));
    }
    Ok(())
}

#[tokio::test]
async fn a_digest_has_lower_case_digits_and_a_fixed_length() -> TestResult {
    let oci = Oci::new().await?;
    let digest = digest_of(b"x");
    for digest in [digest.to_uppercase().replace("SHA", "sha"), digest[..70].to_owned()] {
        let found = oci.get(&format!("{NAME}/blobs/{digest}"));
        assert_eq!(found.error(), error(400, "DIGEST_INVALID"), "{digest}");
    }
    Ok(())
}
