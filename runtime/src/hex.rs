//! Bytes in lowercase hexadecimal.

/// Returns the digits of a byte, as ASCII.
pub(crate) fn digits(byte: u8) -> [u8; 2] {
    [byte >> 4, byte & 0xf].map(|digit| b"0123456789abcdef"[usize::from(digit)])
}

/// Returns the digits of bytes.
#[cfg(feature = "credential-chain")]
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| digits(*byte)).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_two_digits() {
        let table = [(0, b"00"), (0x0f, b"0f"), (0xa9, b"a9"), (0xff, b"ff")];
        for (byte, expected) in table {
            assert_eq!(digits(byte), *expected);
        }
    }
}
