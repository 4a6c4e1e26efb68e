//! SHA-256 digests.
//!
//! A [`Digest`] is valid by construction, so it can be used in a path without further checks.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use ring::digest::{Context, SHA256};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The only algorithm of Amazon ECR.
const ALGORITHM: &str = "sha256";

/// A digest, displayed as `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Computes the digest of content in memory.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(content);
        hasher.finish()
    }

    /// The digits without the algorithm: the name of the file in a layout.
    #[must_use]
    pub fn hex(&self) -> String {
        let mut hex = String::with_capacity(64);
        for byte in self.0 {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

/// Hashes content in chunks.
#[derive(Clone)]
pub struct Hasher(Context);

impl Hasher {
    /// Creates a hasher.
    #[must_use]
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// Adds the next chunk.
    pub fn update(&mut self, chunk: &[u8]) {
        self.0.update(chunk);
    }

    /// Returns the digest of all chunks.
    #[must_use]
    pub fn finish(self) -> Digest {
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(self.0.finish().as_ref()) {
            *to = *from;
        }
        Digest(bytes)
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").finish_non_exhaustive()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ALGORITHM}:{}", self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let invalid = |is_sha256| DigestError { text: text.to_owned(), is_sha256 };
        let (algorithm, hex) = text.split_once(':').ok_or_else(|| invalid(true))?;
        if algorithm != ALGORITHM {
            return Err(invalid(false));
        }
        bytes(hex).map(Self).ok_or_else(|| invalid(true))
    }
}

/// Decodes 64 digits. Upper case is invalid, so that each digest has one text.
fn bytes(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let pairs = hex.as_bytes().chunks_exact(2);
    if hex.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*pair.first()?)? << 4 | digit(*pair.last()?)?;
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The error of parsing a [`Digest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestError {
    text: String,
    /// Whether the algorithm is SHA-256. If so, the digits are invalid.
    is_sha256: bool,
}

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        if self.is_sha256 {
            write!(f, "{text:?} is not a digest: write sha256: and 64 digits 0-9 or a-f")
        } else {
            write!(f, "{text:?} is not supported by Amazon ECR: use a sha256 digest")
        }
    }
}

impl std::error::Error for DigestError {}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn the_digest_is_independent_of_the_chunks() {
        assert_eq!(Digest::of(b"").to_string(), EMPTY);
        let mut hasher = Hasher::new();
        hasher.update(b"long");
        hasher.update(b"shore");
        assert_eq!(hasher.finish(), Digest::of(b"longshore"));
    }

    #[test]
    fn a_displayed_digest_can_be_parsed() {
        let digest = Digest::of(b"longshore");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!(digest.hex().len(), 64);
    }

    #[test]
    fn invalid_digests_are_rejected() {
        let upper = EMPTY.to_uppercase().replace("SHA256", "sha256");
        let long = format!("{EMPTY}0");
        let dots = format!("sha256:{}", "../".repeat(22).get(..64).unwrap_or_default());
        let short = "sha256:e3b0";
        for text in ["", "sha256", "sha256:", short, &upper, &long, &dots, "sha256:é"] {
            let error = text.parse::<Digest>().map_err(|error| error.to_string());
            let expected =
                format!("{text:?} is not a digest: write sha256: and 64 digits 0-9 or a-f");
            assert_eq!(error, Err(expected));
        }
    }

    #[test]
    fn another_algorithm_is_rejected_with_a_different_message() {
        let error = "sha512:ab".parse::<Digest>().map_err(|error| error.to_string());
        let expected = "\"sha512:ab\" is not supported by Amazon ECR: use a sha256 digest";
        assert_eq!(error, Err(expected.to_owned()));
    }
}
