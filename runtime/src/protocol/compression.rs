//! Request compression, for operations whose model requests it.
//!
//! A body is compressed once per call, before signing, so all attempts send and sign the same
//! bytes.

use crate::RequestBody;
use crate::protocol::operation::Compression;

/// The [`Compression`] of an operation in generated code, for example `compression!(Gzip)`. Without
/// the feature `compression`, it is a compile error that explains how to enable it.
#[cfg(feature = "compression")]
#[macro_export]
macro_rules! compression {
    ($encoding:ident) => {
        ::core::option::Option::Some($crate::Compression::$encoding)
    };
}

/// The [`Compression`] of an operation in generated code. Without the feature `compression`, it is
/// a compile error that explains how to enable it.
#[cfg(not(feature = "compression"))]
#[macro_export]
macro_rules! compression {
    ($encoding:ident) => {{
        ::core::compile_error!(
            "an operation of this model compresses its requests, which requires the feature \
             `compression` of longshore-runtime: add `features = [\"compression\"]` to that \
             dependency in Cargo.toml, or leave the operation out"
        );
        ::core::option::Option::None
    }};
}

/// A body, and the name of its content encoding if it was compressed.
pub(crate) type EncodedBody = (RequestBody, Option<&'static str>);

/// Compresses a body of at least `threshold` bytes. With `None`, no body is compressed.
pub(crate) fn compress(
    body: RequestBody,
    compression: Option<Compression>,
    threshold: Option<usize>,
) -> EncodedBody {
    match (compression, threshold) {
        (Some(compression), Some(threshold)) if body.len() >= threshold as u64 => {
            compression.encode(body)
        }
        _ => (body, None),
    }
}

#[cfg(feature = "compression")]
impl Compression {
    fn encode(self, body: RequestBody) -> EncodedBody {
        match self {
            // Writing to memory does not fail. If it did, the uncompressed body would still be
            // correct.
            Self::Gzip => match gzip(&body) {
                Ok(compressed) => (compressed.into(), Some("gzip")),
                Err(_) => (body, None),
            },
        }
    }
}

#[cfg(not(feature = "compression"))]
impl Compression {
    fn encode(self, _: RequestBody) -> EncodedBody {
        match self {}
    }
}

/// Compresses a body. The output is deterministic, because the header contains no time.
#[cfg(feature = "compression")]
fn gzip(body: &RequestBody) -> std::io::Result<Vec<u8>> {
    use std::io::Write;

    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    body.chunks().try_for_each(|chunk| writer.write_all(&chunk))?;
    writer.finish()
}
