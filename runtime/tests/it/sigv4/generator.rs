//! Generates random requests from a seed, with parts that signers treat differently.

use std::time::{Duration, SystemTime};

use longshore_runtime::sigv4::SigningOptions;

/// A pseudorandom number generator (xorshift64*), so that the same seed always produces the same
/// request.
pub struct Generator(u64);

/// A request and how to sign it.
#[derive(Debug)]
pub struct Case {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub unsigned_payload: bool,
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: Option<String>,
    pub region: &'static str,
    pub service: &'static str,
    pub time: SystemTime,
    pub options: [bool; 3],
    /// The lifetime of a presigned URL; `None` to sign with headers.
    pub expires_in: Option<Duration>,
}

const METHODS: [&str; 9] =
    ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "PURGE", "get"];

const HOSTS: [&str; 8] = [
    "https://a.example",
    "https://a.example:443",
    "https://a.example:8443",
    "http://a.example:80",
    "http://a.example:443",
    "http://127.0.0.1:5000",
    "http://[::1]:5000",
    "https://A.Example",
];

const PATH_PIECES: [&str; 34] = [
    "/", "/", "/", "/", "/", "/.", "/..", "//", "/./", "/../", "a", "b", "Z9", "-", ".", "_", "~",
    "%", "%20", "%2F", "%2f", "%25", "%2525", "%zz", "%7e", "+", "@", ":", "=&", "*'()!", ";,$",
    "{|}\"", "é", "ሴ",
];

const QUERY_PIECES: [&str; 36] = [
    "&",
    "&",
    "&",
    "&",
    "&&",
    "=",
    "=",
    "=",
    "==",
    "?",
    "a",
    "a",
    "b",
    "A",
    "Z9",
    "-",
    ".",
    "_",
    "~",
    "/",
    "%.",
    "%&",
    "%=",
    "%20",
    "%2F",
    "%2f",
    "%25",
    "%3D",
    "%26",
    "%zz",
    "%7e",
    "+",
    "%2B",
    ":@!$'()*,;",
    "é",
    "%C3%A9",
];

const HEADER_NAMES: [&str; 24] = [
    "accept",
    "content-type",
    "content-length",
    "x-amz-target",
    "x-amz-user-agent",
    "x-a",
    "x-b",
    "x-a-b",
    "x_a",
    "zz",
    "date",
    "range",
    "cache-control",
    "cookie",
    "x-amz-checksum-mode",
    "x-amz-meta-name",
    "user-agent",
    "connection",
    "expect",
    "te",
    "transfer-encoding",
    "x-amzn-trace-id",
    "authorization",
    "proxy-authorization",
];

const VALUE_PIECES: [&str; 16] = [
    " ",
    " ",
    "  ",
    "   ",
    "\t",
    "a",
    "b",
    "Z9",
    ",",
    ";",
    "=",
    "\"",
    "\"a   b\"",
    "é",
    "%20",
    "+",
];

const KEY_PIECES: [&str; 8] = ["A", "KIA", "EXAMPLE", "9", "/", "+", "=", "w"];

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) % end
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len() as u64) as usize]
    }

    fn text(&mut self, pieces: &[&'static str], max: u64) -> String {
        (0..self.below(max + 1)).map(|_| self.pick(pieces)).collect()
    }

    fn url(&mut self) -> String {
        let mut url = self.pick(&HOSTS).to_owned();
        if !self.one_in(10) {
            url.push('/');
            url.push_str(&self.text(&PATH_PIECES, 12));
        }
        if self.one_in(2) {
            url.push('?');
            url.push_str(&self.text(&QUERY_PIECES, 25));
        }
        url
    }

    fn headers(&mut self) -> Vec<(&'static str, String)> {
        let count = self.below(9);
        let mut headers: Vec<_> =
            (0..count).map(|_| (self.pick(&HEADER_NAMES), self.text(&VALUE_PIECES, 8))).collect();
        if self.one_in(8) {
            headers.push(("host", "other.example:1234".to_owned()));
        }
        headers
    }

    fn body(&mut self) -> Vec<u8> {
        let length = match self.below(100) {
            0 => 40_000 + self.below(40_000),
            1..40 => self.below(200),
            _ => 0,
        };
        (0..length).map(|_| self.below(256) as u8).collect()
    }

    pub fn case(&mut self) -> Case {
        let time = Duration::new(self.below(253_402_300_800), self.below(1_000_000_000) as u32);
        Case {
            method: self.pick(&METHODS),
            url: self.url(),
            headers: self.headers(),
            body: self.body(),
            unsigned_payload: self.one_in(5),
            access_key_id: format!("A{}", self.text(&KEY_PIECES, 6)),
            secret_access_key: self.text(&KEY_PIECES, 30),
            session_token: self.one_in(2).then(|| self.text(&KEY_PIECES, 100)),
            region: self.pick(&["us-east-1", "eu-west-1", "ap-southeast-3", "x"]),
            service: self.pick(&["ecr", "s3", "execute-api", "es"]),
            time: SystemTime::UNIX_EPOCH + time,
            options: [self.one_in(2), self.one_in(2), self.one_in(2)],
            expires_in: self.one_in(2).then(|| Duration::from_secs(1 + self.below(604_800))),
        }
    }
}

impl Case {
    pub fn options(&self) -> SigningOptions {
        let [double_encode, normalize, content_sha256] = self.options;
        SigningOptions::new()
            .double_encode_path(double_encode)
            .normalize_path(normalize)
            .content_sha256_header(content_sha256)
    }
}
