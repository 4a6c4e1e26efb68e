//! Signs requests with Signature Version 4, for services that have no generated client.
//!
//! Generated clients sign their own requests. These functions are for requests that a program
//! builds itself, for example to an OpenSearch domain, and for URLs that can be used without
//! credentials until they expire. [`sign`] adds headers to a request, and [`presign`] returns a
//! URL.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//!
//! use longshore_runtime::sigv4::{Keys, PayloadHash, Scope, SigningOptions, presign, sign};
//! use longshore_runtime::transport::http::Request;
//!
//! let keys = Keys {
//!     access_key_id: "AKIDEXAMPLE",
//!     secret_access_key: "a secret key",
//!     session_token: None,
//! };
//! let options = SigningOptions::new();
//!
//! // A search in an OpenSearch domain.
//! let body = r#"{"query": {"match_all": {}}}"#;
//! let mut search = Request::post("https://logs.eu-west-1.es.amazonaws.com/_search")
//!     .header("content-type", "application/json")
//!     .body(body)?;
//! let scope = Scope { region: "eu-west-1", service: "es", time: SystemTime::now() };
//! sign(&mut search, &PayloadHash::of(body.as_bytes()), &keys, &scope, &options)?;
//! assert!(search.headers().contains_key("authorization"));
//!
//! // The URL in a token for an EKS cluster.
//! let url = "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15";
//! let identity = Request::get(url).header("x-k8s-aws-id", "my-cluster").body(())?;
//! let scope = Scope { service: "sts", ..scope };
//! let minute = Duration::from_secs(60);
//! let url = presign(&identity, &PayloadHash::of(b""), &keys, &scope, minute, &options)?;
//! assert!(url.query().unwrap_or_default().contains("&X-Amz-Signature="));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The path and the query of a request must already be percent-encoded. The order of its query
//! parameters and headers does not matter. These functions do not read a clock, and they log
//! nothing.
// This module may import `endpoint` and the modules below it.

mod canonical_request;
mod credential_scope;
mod error;
mod headers;
mod hex_hash;
mod keys;
mod options;
mod path;
mod payload_hash;
mod presign;
mod query;
mod scope_text;
mod sign;
mod signer;
mod signing_key;
mod signing_key_cache;

pub use error::SigningError;
pub use keys::{Keys, Scope};
pub use options::SigningOptions;
pub use payload_hash::{ParsePayloadHashError, PayloadHash};
pub use presign::presign;
pub use scope_text::ParseScopeError;
pub use sign::sign;
pub(crate) use sign::sign_with_cache;
pub(crate) use signing_key_cache::SigningKeyCache;
