//! The compression of long bodies, for operations whose model asks for it.
//!
//! Once a call, before anything is signed: every attempt sends, and signs, the same bytes.

use bytes::Bytes;

use crate::{Config, ConfigError};

/// An encoding by which bodies are made smaller. There is none without the feature `compression`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// gzip
    #[cfg(feature = "compression")]
    Gzip,
}

/// The [`Compression`] that generated code asks for, `compression!(Gzip)`. Where the runtime was built
/// without it, that says what to do.
#[cfg(feature = "compression")]
#[macro_export]
macro_rules! compression {
    ($encoding:ident) => {
        ::core::option::Option::Some($crate::Compression::$encoding)
    };
}

/// The [`Compression`] that generated code asks for. The runtime was built without it, and this says
/// what to do.
#[cfg(not(feature = "compression"))]
#[macro_export]
macro_rules! compression {
    ($encoding:ident) => {{
        ::core::compile_error!(
            "an operation of this model compresses its requests, for which longshore-runtime needs \
             the feature `compression`: add `features = [\"compression\"]` to that dependency in \
             Cargo.toml, or leave the operation out"
        );
        ::core::option::Option::None
    }};
}

/// A body as it is sent, and the name of its encoding where it has one.
pub(crate) type Encoded = (Bytes, Option<&'static str>);

/// Compresses a body as its operation asks for it, where it is long enough.
pub(crate) fn compress(
    body: Bytes,
    how: Option<Compression>,
    config: &Config,
) -> Result<Encoded, ConfigError> {
    let Some(how) = how else { return Ok((body, None)) };
    let from = config.compressed_from()?;
    if from.is_none_or(|from| body.len() < from) {
        return Ok((body, None));
    }
    Ok(how.encode(body))
}

#[cfg(feature = "compression")]
impl Compression {
    fn encode(self, body: Bytes) -> Encoded {
        match self {
            // Writing into memory does not fail; if it did, nothing would be wrong with the body.
            Self::Gzip => match gzip(&body) {
                Ok(smaller) => (smaller.into(), Some("gzip")),
                Err(_) => (body, None),
            },
        }
    }
}

#[cfg(not(feature = "compression"))]
impl Compression {
    fn encode(self, _: Bytes) -> Encoded {
        match self {}
    }
}

/// The same bytes for the same body: there is no time in it.
#[cfg(feature = "compression")]
fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Write;

    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(body)?;
    writer.finish()
}
