//! Digests: their syntax, and SHA-256 of content that arrives in parts.

use std::fmt;

use ring::digest::{Context, SHA256};

/// A digest: `sha256:` or `sha512:`, and the lower-case hexadecimal digits of the hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::registry) struct Digest(String);

impl Digest {
    /// Parses a digest. SHA-512 is valid, but the registry has no such content.
    pub(in crate::registry) fn parse(text: &str) -> Option<Self> {
        let (algorithm, hex) = text.split_once(':')?;
        let length = match algorithm {
            "sha256" => 64,
            "sha512" => 128,
            _ => return None,
        };
        let valid = hex.len() == length
            && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        valid.then(|| Self(text.to_owned()))
    }

    pub(in crate::registry) fn of(content: &[u8]) -> Self {
        let mut hash = Hash::new();
        hash.add(content);
        hash.digest()
    }

    pub(in crate::registry) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}

/// An incremental SHA-256 hash, so that a layer need not be hashed all at once.
#[derive(Clone)]
pub(in crate::registry) struct Hash(Context);

impl Hash {
    pub(in crate::registry) fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    pub(in crate::registry) fn add(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    pub(in crate::registry) fn digest(&self) -> Digest {
        Digest(format!("sha256:{}", hex(self.0.clone().finish().as_ref())))
    }
}

/// Encodes bytes as lower-case hexadecimal digits.
pub(in crate::registry) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Digest, Hash};

    #[test]
    fn the_digest_is_independent_of_the_parts() {
        let mut hash = Hash::new();
        hash.add(b"a");
        hash.add(b"bc");
        assert_eq!(hash.digest(), Digest::of(b"abc"));
        assert_eq!(
            Digest::of(b"abc").as_str(),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn the_syntax_of_digests() {
        let digest = |algorithm: &str, digit: &str, count: usize| {
            format!("{algorithm}:{}", digit.repeat(count))
        };
        for (text, valid) in [
            (digest("sha256", "a", 64), true),
            (digest("sha512", "0", 128), true),
            (digest("sha256", "a", 63), false),
            (digest("sha256", "a", 65), false),
            (digest("sha256", "a", 128), false),
            (digest("sha512", "a", 64), false),
            (digest("sha256", "A", 64), false),
            (digest("sha256", "g", 64), false),
            (digest("sha256", "\u{e9}", 32), false),
            (digest("SHA256", "a", 64), false),
            (digest("md5", "a", 32), false),
            (digest("", "a", 64), false),
            ("sha256:".to_owned(), false),
            ("sha256".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(Digest::parse(&text).is_some(), valid, "{text}");
        }
    }
}
