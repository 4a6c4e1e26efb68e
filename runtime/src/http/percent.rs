//! The characters that are percent-encoded in paths, queries and forms.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// All characters except the unreserved ones of RFC 3986 (section 2.3).
pub(crate) const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, but slashes are not encoded.
pub(crate) const ENCODED_IN_PATH: &AsciiSet = &ENCODED.remove(b'/');
