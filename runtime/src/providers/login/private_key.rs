//! Reads the private key of a session: a PEM text with a key on the curve P-256, in the format of
//! SEC 1 (RFC 5915) or PKCS #8 (RFC 5958).

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const SEQUENCE: u8 = 0x30;
const CURVE: u8 = 0xa0;
const PUBLIC_KEY: u8 = 0xa1;

/// Reads a key; `None` if it has another format or belongs to another curve.
pub(super) fn read(pem: &str) -> Option<EcdsaKeyPair> {
    let lines = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    let base64: String = lines.collect();
    let der = base64_simd::STANDARD.decode_to_vec(base64).ok()?;
    let (private, public) = keys(&der)?;
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, private, public, &random).ok()
}

/// Returns the private key and the point of the public key.
fn keys(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut outer = der;
    let mut key = take(&mut outer, SEQUENCE)?;
    match take(&mut key, INTEGER)? {
        [1] => keys_of_sec1(key),
        // PKCS #8 contains the identifier of the curve and a key in the format of SEC 1.
        [0] => {
            take(&mut key, SEQUENCE)?;
            let mut inner = take(&mut key, OCTET_STRING)?;
            let mut inner = take(&mut inner, SEQUENCE)?;
            (take(&mut inner, INTEGER)? == [1]).then(|| keys_of_sec1(inner))?
        }
        _ => None,
    }
}

/// Returns both keys from the elements that follow the version.
fn keys_of_sec1(mut rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let private = take(&mut rest, OCTET_STRING)?;
    // The curve is optional, and the key pair checks it.
    let _ = take(&mut rest, CURVE);
    let mut public = take(&mut rest, PUBLIC_KEY)?;
    // The first byte is the number of unused bits.
    let public = take(&mut public, BIT_STRING)?.strip_prefix(&[0])?;
    Some((private, public))
}

/// Takes an element with this tag from the beginning of `rest`, and returns its contents.
fn take<'a>(rest: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    let (head, after) = rest.split_first_chunk::<2>()?;
    let (length, after) = match *head {
        [found, _] if found != tag => return None,
        [_, length @ 0..=0x7f] => (length, after),
        // A length over 127 is in a byte of its own. No key is longer than 255 bytes.
        [_, 0x81] => after.split_first().map(|(length, after)| (*length, after))?,
        _ => return None,
    };
    let (contents, after) = after.split_at_checked(length.into())?;
    *rest = after;
    Some(contents)
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, KeyPair};

    use super::*;

    fn pem(der: &[u8]) -> String {
        let base64 = base64_simd::STANDARD.encode_to_string(der);
        let (first, rest) = base64.split_at(64);
        format!("-----BEGIN PRIVATE KEY-----\r\n{first}\r\n{rest}\n-----END PRIVATE KEY-----\n")
    }

    /// A new key in the format of PKCS #8.
    fn pkcs8() -> Vec<u8> {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
        key.expect("a key").as_ref().to_owned()
    }

    #[test]
    fn both_formats_are_read() {
        let der = pkcs8();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let expected = EcdsaKeyPair::from_pkcs8(algorithm, &der, &SystemRandom::new());
        let expected = expected.expect("a key");
        let (private, public) = keys(&der).expect("keys");
        let curve: &[u8] = &[0xa0, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
        for curve in [curve, &[]] {
            let contents =
                [&[2, 1, 1, 4, 32], private, curve, &[0xa1, 68, 3, 66, 0], public].concat();
            let length = u8::try_from(contents.len()).expect("a length");
            let sec1 = [&[0x30, length], contents.as_slice()].concat();
            for der in [&der, &sec1] {
                let read = read(&pem(der)).expect("a key");
                assert_eq!(read.public_key().as_ref(), expected.public_key().as_ref());
            }
        }
    }

    #[test]
    fn no_other_text_is_a_key() {
        let der = pkcs8();
        for length in 0..der.len() {
            assert!(keys(&der[..length]).is_none(), "{length}");
        }
        // Flip a bit of the private key, so that the public key does not match.
        let mut other = der.clone();
        other[40] ^= 1;
        assert!(read(&pem(&other)).is_none());
        let algorithm = &ECDSA_P384_SHA384_FIXED_SIGNING;
        let p384 = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).expect("a key");
        assert!(read(&pem(p384.as_ref())).is_none());
        for text in ["", "-----BEGIN PRIVATE KEY-----", "!", "MIGH"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
