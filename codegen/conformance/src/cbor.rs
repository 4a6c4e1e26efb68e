//! Compares CBOR by its values.

use crate::differences::clipped;

/// The maximum nesting of values.
const MAX_DEPTH: usize = 64;

/// The additional information that marks an indefinite length (RFC 8949, section 3.2).
const INDEFINITE: u8 = 31;

/// Describes the difference between two values. The encoding of lengths and the widths of numbers
/// do not matter, and keys may be in any order.
pub(crate) fn differences(expected: &[u8], found: &[u8]) -> Vec<String> {
    match (canonical(expected), canonical(found)) {
        (Some(expected), Some(found)) if expected == found => Vec::new(),
        (Some(expected), Some(found)) => {
            vec![format!("body: expected {}, found {}", clipped(&expected), clipped(&found))]
        }
        (None, _) => vec!["body: the expected CBOR is wrong".to_owned()],
        (_, None) => vec![format!("body: expected CBOR, found {} other bytes", found.len())],
    }
}

/// Returns a text that is equal for equal values: the diagnostic notation with sorted keys. `None`
/// if the bytes are not exactly one value.
fn canonical(bytes: &[u8]) -> Option<String> {
    let mut bytes = Bytes(bytes);
    let text = bytes.value(MAX_DEPTH)?;
    bytes.0.is_empty().then_some(text)
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take(&mut self, count: u64) -> Option<&[u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Reads the number in the additional information of a value and the bytes after it.
    fn number(&mut self, information: u8) -> Option<u64> {
        let width = match information {
            0..=23 => return Some(information.into()),
            24..=27 => 1_u64 << (information - 24),
            _ => return None,
        };
        Some(self.take(width)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn value(&mut self, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let first = self.byte()?;
        let (major, information) = (first >> 5, first & 0x1f);
        Some(match major {
            0 => self.number(information)?.to_string(),
            1 => (-1 - i128::from(self.number(information)?)).to_string(),
            2 => format!("h'{}'", hex(&self.chunks(2, information)?)),
            3 => format!("{:?}", String::from_utf8(self.chunks(3, information)?).ok()?),
            4 => format!("[{}]", self.elements(information, |b| b.value(depth))?.join(",")),
            5 => {
                let entry = |b: &mut Self| Some(format!("{}:{}", b.value(depth)?, b.value(depth)?));
                let mut entries = self.elements(information, entry)?;
                entries.sort();
                format!("{{{}}}", entries.join(","))
            }
            6 => format!("{}({})", self.number(information)?, self.value(depth)?),
            _ => self.simple(information)?,
        })
    }

    /// Reads a text or byte string, which may be split into chunks.
    fn chunks(&mut self, major: u8, information: u8) -> Option<Vec<u8>> {
        if information != INDEFINITE {
            let length = self.number(information)?;
            return Some(self.take(length)?.to_vec());
        }
        let mut bytes = Vec::new();
        while !self.ends() {
            let first = self.byte().filter(|first| first >> 5 == major)?;
            let length = self.number(first & 0x1f)?;
            bytes.extend_from_slice(self.take(length)?);
        }
        Some(bytes)
    }

    fn elements(
        &mut self,
        information: u8,
        mut read: impl FnMut(&mut Self) -> Option<String>,
    ) -> Option<Vec<String>> {
        let mut elements = Vec::new();
        if information == INDEFINITE {
            while !self.ends() {
                elements.push(read(self)?);
            }
            return Some(elements);
        }
        for _ in 0..self.number(information)? {
            elements.push(read(self)?);
        }
        Some(elements)
    }

    /// Consumes the end marker of an indefinite length if it is next, and returns whether it was.
    fn ends(&mut self) -> bool {
        let rest = self.0.strip_prefix(&[0xff]);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn simple(&mut self, information: u8) -> Option<String> {
        let number = self.number(information)?;
        Some(match information {
            20 => "false".to_owned(),
            21 => "true".to_owned(),
            22 => "null".to_owned(),
            25 => float(half(number)),
            26 => float(f32::from_bits(u32::try_from(number).ok()?).into()),
            27 => float(f64::from_bits(number)),
            _ => format!("simple({number})"),
        })
    }
}

/// Formats the number so that it never equals the text of an integer.
fn float(number: f64) -> String {
    format!("{number:?}")
}

fn half(bits: u64) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, mantissa) = (bits >> 10 & 0x1f, bits & 0x3ff);
    let fraction = f64::from(u16::try_from(mantissa).unwrap_or_default()) / 1024.0;
    let exponent = i32::try_from(exponent).unwrap_or_default();
    sign * match exponent {
        0 => fraction * 2_f64.powi(-14),
        31 if mantissa == 0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1.0 + fraction) * 2_f64.powi(exponent - 15),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
