//! The compression of long bodies, for operations whose model asks for it.

/// An encoding by which bodies are made smaller. There is none without the feature `compression`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// gzip
    #[cfg(feature = "compression")]
    Gzip,
}
