//! Random numbers and UUIDs from the operating system.
//!
//! No state is kept: forked processes and cloned virtual machines would share it and produce the
//! same values.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};

use crate::hex;

/// The operating system provided no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandomness;

impl fmt::Display for NoRandomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the operating system provided no random bytes")
    }
}

impl std::error::Error for NoRandomness {}

/// A UUID of version 4.
///
/// # Errors
/// Returns an error if the operating system provides no random bytes.
pub fn uuid() -> Result<String, NoRandomness> {
    let bits = u128::from_be_bytes(bytes()?) & !(0xf << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let mut id = String::with_capacity(36);
    for (index, byte) in bits.to_be_bytes().into_iter().enumerate() {
        if [4, 6, 8, 10].contains(&index) {
            id.push('-');
        }
        id.extend(hex::digits(byte).map(char::from));
    }
    Ok(id)
}

/// A number from 0 to 1, for the jitter of delays. If there are no random bytes, returns 1, which
/// means the longest delay: a call need not fail for lack of jitter.
pub(crate) fn fraction() -> f64 {
    const STEPS: f64 = (1_u64 << 53) as f64;
    bytes().map_or(1.0, |bytes| (u64::from_be_bytes(bytes) >> 11) as f64 / STEPS)
}

fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_spread_over_the_whole_range() {
        let fractions: Vec<_> = (0..500).map(|_| fraction()).collect();
        assert!(fractions.iter().all(|fraction| (0.0..=1.0).contains(fraction)));
        for tenth in 0..10 {
            let start = f64::from(tenth) / 10.0;
            assert!(fractions.iter().any(|it| (start..start + 0.1).contains(it)), "{tenth}");
        }
    }
}
