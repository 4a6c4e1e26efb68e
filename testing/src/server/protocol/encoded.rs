//! The result of encoding a response.

use std::error::Error;

use bytes::Bytes;
use http::Response;

/// Why a response cannot be encoded.
pub(in crate::server) type Unencodable = Box<dyn Error + Send + Sync>;

/// A response, or the reason why it cannot be encoded.
pub(in crate::server) type Encoded = Result<Response<Bytes>, Unencodable>;
