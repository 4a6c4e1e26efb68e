//! Base64, as models write bytes.

/// The bytes, or nothing where `text` is no base64. The padding may be missing.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if text.len() - digits.len() > 2 || digits.len() % 4 == 1 {
        return None;
    }
    let (mut bytes, mut bits, mut kept) = (Vec::new(), 0u32, 0);
    for digit in digits.bytes() {
        bits = bits << 6 | value(digit)?;
        kept += 6;
        if kept >= 8 {
            kept -= 8;
            bytes.push((bits >> kept) as u8);
            bits &= (1 << kept) - 1;
        }
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        let table: [(&str, Option<&[u8]>); 9] = [
            ("", Some(b"")),
            ("YQ==", Some(b"a")),
            ("YWI=", Some(b"ab")),
            ("YWJj", Some(b"abc")),
            ("YWI", Some(b"ab")),
            ("AP+/", Some(&[0, 255, 191])),
            ("Y", None),
            ("YW Jj", None),
            ("YQ===", None),
        ];
        for (text, wanted) in table {
            assert_eq!(decode(text).as_deref(), wanted, "{text:?}");
        }
    }
}
