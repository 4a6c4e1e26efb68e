//! Reads form-encoded text: queries and bodies of awsQuery.

use std::collections::BTreeMap;

/// The parameters, sorted by name.
#[must_use]
pub fn parse(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decode(name), decode(value))).collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                let digits = String::from_utf8_lossy(&digits).into_owned();
                u8::from_str_radix(&digits, 16).unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_decoded() {
        let parsed = parse("RoleArn=arn%3Aaws&A+b=caf%C3%A9&none");
        let expected = [("A b", "café"), ("RoleArn", "arn:aws")];
        assert_eq!(parsed, expected.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
    }
}
