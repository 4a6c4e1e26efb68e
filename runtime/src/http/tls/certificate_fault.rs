//! Why a certificate is rejected, and what to do about it.

use std::fmt;

use rustls::CertificateError;
use rustls::pki_types::UnixTime;

use crate::Timestamp;
use crate::http::tls::fault::Peer;
use crate::shape::timestamp::format::Format;

/// The maximum number of names of a certificate in an error. Some certificates have a hundred.
const MAX_NAMES: usize = 3;

/// Formats what is wrong with the certificate of `peer`.
pub(super) fn fmt(f: &mut fmt::Formatter<'_>, error: &CertificateError, peer: Peer) -> fmt::Result {
    write!(f, "the certificate of {peer} ")?;
    match error {
        CertificateError::UnknownIssuer => f.write_str(
            "was issued by an unknown authority: to trust that authority, set AWS_CA_BUNDLE to a \
             file with its certificate, or add the certificate to root_certificates in the \
             configuration",
        ),
        CertificateError::ExpiredContext { time, not_after } => write!(
            f,
            "expired at {}, and the local time is {}: renew the certificate, or correct the clock",
            date(*not_after),
            date(*time)
        ),
        CertificateError::Expired => {
            f.write_str("expired: renew the certificate, or correct the local clock")
        }
        CertificateError::NotValidYetContext { time, not_before } => write!(
            f,
            "is valid from {}, and the local time is {}: correct the clock",
            date(*not_before),
            date(*time)
        ),
        CertificateError::NotValidYet => f.write_str("is not valid yet: correct the local clock"),
        CertificateError::NotValidForNameContext { expected, presented } => {
            write!(f, "is not valid for {:?}, ", expected.to_str())?;
            fmt_names(f, presented)
        }
        CertificateError::NotValidForName => f.write_str("is not valid for the host of the URL"),
        CertificateError::Revoked => f.write_str("was revoked"),
        CertificateError::BadEncoding => f.write_str("is malformed"),
        CertificateError::BadSignature => f.write_str("has an invalid signature"),
        CertificateError::UnhandledCriticalExtension => {
            f.write_str("has a critical extension that is not supported")
        }
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            f.write_str("is signed with an algorithm that is not supported")
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            f.write_str("is not a certificate for servers")
        }
        // The error is in a crate that rustls does not export.
        CertificateError::Other(error) if error.to_string() == "CaUsedAsEndEntity" => f.write_str(
            "is the certificate of an authority: issue a separate certificate for the server",
        ),
        _ => f.write_str("cannot be verified"),
    }
}

fn date(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let text = Timestamp::from_seconds(seconds).format(Format::DateTime);
    text.unwrap_or_else(|| format!("{seconds} seconds after 1970"))
}

/// Formats the names for which the certificate is valid.
fn fmt_names(f: &mut fmt::Formatter<'_>, names: &[String]) -> fmt::Result {
    if names.is_empty() {
        return f.write_str("and it names no host");
    }
    f.write_str("only for ")?;
    for (index, name) in names.iter().take(MAX_NAMES).enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(f, "{separator}{}", without_type(name))?;
    }
    match names.len().saturating_sub(MAX_NAMES) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

/// Returns `"a.example"` for `DnsName("a.example")`.
fn without_type(name: &str) -> &str {
    let value = name.split_once('(').and_then(|(_, value)| value.strip_suffix(')'));
    value.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rustls::pki_types::ServerName;
    use rustls::{Error, OtherError};

    use super::*;
    use crate::http::tls::fault::explain;

    fn text(error: CertificateError) -> String {
        let text = explain(Error::from(error), Peer::Server).to_string();
        text.strip_prefix("the certificate of the server ").expect("the subject").to_owned()
    }

    fn at(seconds: u64) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(seconds))
    }

    #[test]
    fn an_unknown_authority_can_be_added() {
        let text = text(CertificateError::UnknownIssuer);
        assert!(text.contains("AWS_CA_BUNDLE") && text.contains("root_certificates"), "{text}");
    }

    #[test]
    fn dates_are_shown_with_the_local_time() {
        let expired = CertificateError::ExpiredContext { time: at(86_400), not_after: at(0) };
        assert_eq!(
            text(expired),
            "expired at 1970-01-01T00:00:00Z, and the local time is 1970-01-02T00:00:00Z: renew \
             the certificate, or correct the clock"
        );
        let early = CertificateError::NotValidYetContext { time: at(0), not_before: at(u64::MAX) };
        assert_eq!(
            text(early),
            "is valid from 9223372036854775807 seconds after 1970, and the local time is \
             1970-01-01T00:00:00Z: correct the clock"
        );
    }

    #[test]
    fn the_names_of_the_certificate_are_shown() {
        let wrong = |presented: &[&str]| CertificateError::NotValidForNameContext {
            expected: ServerName::try_from("b.example").expect("a name"),
            presented: presented.iter().map(|name| (*name).to_owned()).collect(),
        };
        assert_eq!(text(wrong(&[])), "is not valid for \"b.example\", and it names no host");
        assert_eq!(
            text(wrong(&["DnsName(\"a.example\")", "IpAddress(10.0.0.1)"])),
            "is not valid for \"b.example\", only for \"a.example\", 10.0.0.1"
        );
        assert_eq!(
            text(wrong(&["a", "b", "c", "d", "e"])),
            "is not valid for \"b.example\", only for a, b, c and 2 more"
        );
    }

    #[test]
    fn the_certificate_of_an_authority_is_not_one_for_a_server() {
        let other = |text: &str| OtherError(std::sync::Arc::new(std::io::Error::other(text)));
        let error = CertificateError::Other(other("CaUsedAsEndEntity"));
        assert_eq!(
            text(error),
            "is the certificate of an authority: issue a separate certificate for the server"
        );
        assert_eq!(text(CertificateError::Other(other("Hidden"))), "cannot be verified");
    }
}
