//! Query strings and their percent-encoding.

use super::error::DistributionError;

/// The parameters of a query string, decoded.
#[derive(Debug, PartialEq)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn parse(text: &str) -> Result<Self, DistributionError> {
        let parameters = text.split('&').filter(|parameter| !parameter.is_empty());
        let mut decoded = Vec::new();
        for parameter in parameters {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            decoded.push((percent_decoded(name)?, percent_decoded(value)?));
        }
        Ok(Self(decoded))
    }

    /// The first value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Decodes percent-encoding. A `+` is not decoded to a space, because media types contain it.
pub(super) fn percent_decoded(text: &str) -> Result<String, DistributionError> {
    let mut pieces = text.split('%');
    let mut decoded = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let byte = piece.get(..2).filter(|digits| digits.bytes().all(|c| c.is_ascii_hexdigit()));
        let byte = byte.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.ok_or_else(DistributionError::invalid_encoding)?);
        decoded.extend_from_slice(piece.get(2..).unwrap_or_default().as_bytes());
    }
    String::from_utf8(decoded).map_err(|_| DistributionError::invalid_encoding())
}

#[cfg(test)]
mod tests {
    use super::{Query, percent_decoded};

    #[test]
    fn parameters_are_decoded() {
        let query = Query::parse("mount=sha256%3Aab&from=team/app&n&from=b&");
        let get = |name| query.as_ref().ok().and_then(|query| query.get(name));
        assert_eq!(get("mount"), Some("sha256:ab"));
        assert_eq!(get("from"), Some("team/app"));
        assert_eq!(get("n"), Some(""));
        assert_eq!(get("last"), None);
    }

    #[test]
    fn invalid_encodings_are_rejected() {
        for (text, decoded) in [
            ("a+b%2Bc", Some("a+b+c")),
            ("%c3%A4", Some("ä")),
            ("ä", Some("ä")),
            ("%", None),
            ("%4", None),
            ("%+4", None),
            ("%ä", None),
            ("%ff", None),
        ] {
            assert_eq!(percent_decoded(text).ok().as_deref(), decoded, "{text}");
        }
    }
}
