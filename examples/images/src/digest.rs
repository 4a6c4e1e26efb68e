//! What names a blob: the SHA-256 of its content.
//!
//! A [`Digest`] is made by hashing or by reading its text, and its text is always 64 digits after
//! `sha256:`. So it can be part of a path without a further look.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use ring::digest::{Context, SHA256};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The one algorithm: Amazon ECR knows no other.
const ALGORITHM: &str = "sha256";

/// The digest of a blob, `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of content that is in memory.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(content);
        hasher.finish()
    }

    /// The digits alone, as they are the name of a file in a layout.
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

/// Hashes content that comes piece by piece.
#[derive(Clone)]
pub struct Hasher(Context);

impl Hasher {
    /// A hasher that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest of all pieces.
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
        let refused = |known| DigestError { text: text.to_owned(), known };
        let (algorithm, hex) = text.split_once(':').ok_or_else(|| refused(true))?;
        if algorithm != ALGORITHM {
            return Err(refused(false));
        }
        bytes(hex).map(Self).ok_or_else(|| refused(true))
    }
}

/// The bytes of 64 digits. Those of the other case would be another name for the same content.
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

/// A text that is no digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestError {
    text: String,
    /// Whether the algorithm is the one there is, so that the digits are to blame.
    known: bool,
}

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        if self.known {
            write!(f, "{text:?} is no digest: write sha256: and 64 digits of 0-9 and a-f")
        } else {
            write!(f, "{text:?} is a digest that Amazon ECR does not know: only sha256 will do")
        }
    }
}

impl std::error::Error for DigestError {}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn content_has_its_digest_however_it_is_cut() {
        assert_eq!(Digest::of(b"").to_string(), EMPTY);
        let mut hasher = Hasher::new();
        hasher.update(b"long");
        hasher.update(b"shore");
        assert_eq!(hasher.finish(), Digest::of(b"longshore"));
    }

    #[test]
    fn a_digest_is_read_as_it_is_written() {
        let digest = Digest::of(b"longshore");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!(digest.hex().len(), 64);
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let upper = EMPTY.to_uppercase().replace("SHA256", "sha256");
        let long = format!("{EMPTY}0");
        let dots = format!("sha256:{}", "../".repeat(22).get(..64).unwrap_or_default());
        let short = "sha256:e3b0";
        for text in ["", "sha256", "sha256:", short, &upper, &long, &dots, "sha256:é"] {
            let error = text.parse::<Digest>().map_err(|error| error.to_string());
            let said = format!("{text:?} is no digest: write sha256: and 64 digits of 0-9 and a-f");
            assert_eq!(error, Err(said));
        }
    }

    #[test]
    fn another_algorithm_is_named_as_the_reason() {
        let error = "sha512:ab".parse::<Digest>().map_err(|error| error.to_string());
        let said = "\"sha512:ab\" is a digest that Amazon ECR does not know: only sha256 will do";
        assert_eq!(error, Err(said.to_owned()));
    }
}
