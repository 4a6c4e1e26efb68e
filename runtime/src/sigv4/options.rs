//! The signing options that differ between services.

/// How the canonical form of a request is computed. The defaults are right for all services except
/// S3; see [`s3`](Self::s3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SigningOptions {
    pub(super) double_encode_path: bool,
    pub(super) normalize_path: bool,
    pub(super) content_sha256_header: bool,
}

impl SigningOptions {
    /// Returns the options for all services except S3: the path is normalized and encoded twice,
    /// and no header contains the hash of the body.
    #[must_use]
    pub const fn new() -> Self {
        Self { double_encode_path: true, normalize_path: true, content_sha256_header: false }
    }

    /// Returns the options for S3: the path is used as it is, and the header `x-amz-content-sha256`
    /// contains the hash of the body.
    #[must_use]
    pub const fn s3() -> Self {
        Self { double_encode_path: false, normalize_path: false, content_sha256_header: true }
    }

    /// Sets whether the path, which is already percent-encoded, is encoded a second time.
    #[must_use]
    pub const fn double_encode_path(mut self, enabled: bool) -> Self {
        self.double_encode_path = enabled;
        self
    }

    /// Sets whether the path is normalized: empty segments are removed, and the segments `.` and
    /// `..` are resolved. This affects only the signature, not the path that is sent.
    #[must_use]
    pub const fn normalize_path(mut self, enabled: bool) -> Self {
        self.normalize_path = enabled;
        self
    }

    /// Sets whether [`sign`](super::sign) adds the header `x-amz-content-sha256`.
    /// [`presign`](super::presign) never adds it.
    #[must_use]
    pub const fn content_sha256_header(mut self, enabled: bool) -> Self {
        self.content_sha256_header = enabled;
        self
    }
}

impl Default for SigningOptions {
    fn default() -> Self {
        Self::new()
    }
}
