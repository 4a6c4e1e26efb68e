//! The canonical request: the form of a request that both the client and the service compute and
//! hash.
//!
//! It is hashed piece by piece, so it is never in memory as a whole.

use http::Method;
use ring::digest::{self, Digest};

use crate::sigv4::headers::SignedHeaders;
use crate::sigv4::options::SigningOptions;
use crate::sigv4::path::{encode_again, normalize};
use crate::sigv4::payload_hash::PayloadHash;
use crate::sigv4::query::sorted_parameters;

/// The parts of a request that its signature covers.
pub(super) struct CanonicalRequest<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a SignedHeaders<'a>,
    pub(super) payload: &'a PayloadHash,
}

impl CanonicalRequest<'_> {
    /// Returns the SHA-256 hash of the canonical request.
    pub(super) fn hash(&self, options: &SigningOptions) -> Digest {
        let mut hash = RequestHash(digest::Context::new(&digest::SHA256));
        hash.add(self.method.as_str());
        hash.add("\n");
        self.add_path(&mut hash, options);
        hash.add("\n");
        self.add_query(&mut hash);
        hash.add("\n");
        self.headers.write_lines(|bytes| hash.0.update(bytes));
        hash.add("\n");
        self.headers.write_names(|text| hash.add(text));
        hash.add("\n");
        hash.add(self.payload.as_str());
        hash.0.finish()
    }

    fn add_path(&self, hash: &mut RequestHash, options: &SigningOptions) {
        let normalized;
        let mut path = self.path;
        if options.normalize_path {
            normalized = normalize(path);
            path = &normalized;
        }
        if options.double_encode_path {
            encode_again(path).for_each(|piece| hash.add(piece));
        } else {
            hash.add(path);
        }
    }

    fn add_query(&self, hash: &mut RequestHash) {
        for (index, (name, value)) in sorted_parameters(self.query).iter().enumerate() {
            if index > 0 {
                hash.add("&");
            }
            hash.add(name);
            hash.add("=");
            hash.add(value);
        }
    }
}

struct RequestHash(digest::Context);

impl RequestHash {
    fn add(&mut self, text: &str) {
        self.0.update(text.as_bytes());
    }
}
