//! The header `Content-MD5`, for operations whose model requires a checksum of the body.
//!
//! The checksum detects damage in transit. It protects nothing from attackers; the signature does.

use http::{HeaderName, HeaderValue};

pub(crate) const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// The value of the header for a body.
pub(crate) fn value_of(body: &[u8]) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    base64_simd::STANDARD.encode_to_string(md5(body)).try_into()
}

/// The amounts of the rotations, four for each round (RFC 1321, section 3.4).
const ROTATIONS: [[u32; 4]; 4] =
    [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

/// The MD5 digest (RFC 1321).
fn md5(data: &[u8]) -> [u8; 16] {
    let bits = (data.len() as u64).wrapping_mul(8);
    let (blocks, rest) = data.as_chunks::<64>();
    // The last block or the last two: the rest, a one bit, zeros, and the length.
    let mut last = [0; 128];
    last[..rest.len()].copy_from_slice(rest);
    last[rest.len()] = 0x80;
    let end = if rest.len() < 56 { 64 } else { 128 };
    last[end - 8..end].copy_from_slice(&bits.to_le_bytes());
    let constants = constants();
    let mut state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in blocks.iter().chain(last[..end].as_chunks().0) {
        add_block(&mut state, block, &constants);
    }
    let mut digest = [0; 16];
    for (bytes, word) in digest.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = word.to_le_bytes();
    }
    digest
}

/// The integer parts of the sine of 1 to 64 radians, times 2^32.
fn constants() -> [u32; 64] {
    std::array::from_fn(|index| (((index + 1) as f64).sin().abs() * 4_294_967_296.0) as u32)
}

fn add_block(state: &mut [u32; 4], block: &[u8; 64], constants: &[u32; 64]) {
    let words = block.as_chunks::<4>().0;
    let [mut a, mut b, mut c, mut d] = *state;
    for (index, constant) in constants.iter().enumerate() {
        let (mixed, word) = match index / 16 {
            0 => ((b & c) | (!b & d), index),
            1 => ((d & b) | (!d & c), 5 * index + 1),
            2 => (b ^ c ^ d, 3 * index + 5),
            _ => (c ^ (b | !d), 7 * index),
        };
        let word = u32::from_le_bytes(words[word % 16]);
        let sum = a.wrapping_add(mixed).wrapping_add(*constant).wrapping_add(word);
        let rotated = sum.rotate_left(ROTATIONS[index / 16][index % 4]);
        (a, d, c, b) = (d, c, b, b.wrapping_add(rotated));
    }
    for (word, added) in state.iter_mut().zip([a, b, c, d]) {
        *word = word.wrapping_add(added);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of RFC 1321, and those around the lengths at which a block is added.
    #[test]
    fn digests() {
        let digits = "1234567890".repeat(8);
        let table = [
            ("", "d41d8cd98f00b204e9800998ecf8427e"),
            ("a", "0cc175b9c0f1b6a831c399e269772661"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
            (digits.as_str(), "57edf4a22be3c955ac49da2e2107b67a"),
            (&digits[..55], "c9ccf168914a1bcfc3229f1948e67da0"),
            (&digits[..56], "49f193adce178490e34d1b3a4ec0064c"),
            (&digits[..64], "eb6c4179c0a7c82cc2828c1e6338e165"),
        ];
        for (text, expected) in table {
            let digest: String = md5(text.as_bytes()).map(|byte| format!("{byte:02x}")).concat();
            assert_eq!(digest, expected, "{text}");
        }
    }

    #[test]
    fn the_header_has_the_digest_in_base64() {
        assert_eq!(value_of(b"{\"a\":1}").expect("a value"), "u2y1xo30ZSlByvZSo2by2A==");
    }
}
