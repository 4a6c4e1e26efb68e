//! Searches strings for the bytes that JSON escapes: quotation marks, backslashes and control
//! characters.

/// The number of bytes that are searched at once.
const BLOCK: usize = 16;

/// Returns true if the byte must be escaped.
pub(super) const fn is_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

/// Returns the number of bytes before the first one that must be escaped.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks();
    let in_blocks = plain_length_in_blocks(blocks);
    in_blocks.unwrap_or_else(|| BLOCK * blocks.len() + plain_length_at_end(rest))
}

/// Like [`plain_length`], but returns `None` if no byte must be escaped.
#[inline]
pub(super) fn plain_length_in_blocks(blocks: &[[u8; BLOCK]]) -> Option<usize> {
    for (index, block) in blocks.iter().enumerate() {
        let block = u128::from_le_bytes(*block);
        let first = escaped_in_word(block as u64);
        if first != 0 {
            return Some(BLOCK * index + lowest_byte(first));
        }
        let second = escaped_in_word((block >> 64) as u64);
        if second != 0 {
            return Some(BLOCK * index + 8 + lowest_byte(second));
        }
    }
    None
}

/// Like [`plain_length`], for the last few bytes of a text. It is not inlined, so that the loops of
/// its callers need fewer registers.
#[cold]
#[inline(never)]
fn plain_length_at_end(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| is_escaped(*byte)).unwrap_or(bytes.len())
}

/// Returns the index of the lowest byte whose highest bit is set.
const fn lowest_byte(word: u64) -> usize {
    word.trailing_zeros() as usize / 8
}

/// Sets the highest bit of each byte that must be escaped. Only the lowest set bit is reliable,
/// because subtractions borrow from higher bytes.
const fn escaped_in_word(word: u64) -> u64 {
    // Maps `"`, which is 0x22, to 0x20, and control characters to control characters. No other byte
    // becomes less than 0x21.
    let low = word ^ repeat(b'"' ^ b' ');
    let is_low = low.wrapping_sub(repeat(b' ' + 1)) & !low;
    let backslash = word ^ repeat(b'\\');
    let is_backslash = backslash.wrapping_sub(repeat(1)) & !backslash;
    (is_low | is_backslash) & repeat(0x80)
}

/// Returns a word in which all bytes are `byte`.
const fn repeat(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_of_a_block_is_checked() {
        for byte in 0..=u8::MAX {
            for before in [b'a', b'!', b'#', 0x80, 0xff] {
                for index in 0..40 {
                    let mut bytes = [before; 40];
                    bytes[index] = byte;
                    let expected = bytes.iter().position(|byte| is_escaped(*byte));
                    let length = plain_length(&bytes);
                    assert_eq!(length, expected.unwrap_or(40), "{byte} after {before}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_several_bytes_is_found() {
        for (first, second) in [(0, 7), (0, 8), (7, 8), (15, 16), (16, 31), (32, 33)] {
            let mut bytes = [b'a'; 40];
            (bytes[first], bytes[second]) = (b'"', b'\\');
            assert_eq!(plain_length(&bytes), first, "{first} {second}");
        }
    }
}
