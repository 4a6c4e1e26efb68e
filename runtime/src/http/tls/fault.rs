//! What went wrong with TLS, and what to do about it.
//!
//! The error texts of rustls are not used, because they contain names of its types.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use rustls::{AlertDescription, Error as RustlsError, InvalidMessage};

use crate::http::box_error::BoxError;
use crate::http::causes::{find_cause, has_cause, io_kind};
use crate::http::tls::certificate_fault;

/// A failure of TLS.
#[derive(Debug)]
pub(crate) struct TlsFault {
    peer: Peer,
    problem: Problem,
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    Server,
    Proxy,
}

#[derive(Debug)]
enum Problem {
    /// rustls reported an error.
    Tls(RustlsError),
    /// The peer closed the connection before the end of the handshake.
    Closed,
    /// The peer responded with TLS to a request without TLS.
    Unexpected,
}

impl TlsFault {
    /// The fault of a peer that responds with TLS to a request without TLS.
    pub(crate) fn unexpected(peer: Peer) -> Self {
        Self { peer, problem: Problem::Unexpected }
    }

    /// Finds the fault among the causes of an error.
    fn find(error: &(dyn StdError + 'static), peer: Peer) -> Option<Self> {
        let tls = find_cause(error, |error| error.downcast_ref::<RustlsError>());
        tls.map(|tls| Self { peer, problem: Problem::Tls(tls.clone()) })
    }

    /// Returns true if another attempt would fail the same way.
    pub(crate) fn is_permanent(&self) -> bool {
        match self.problem {
            Problem::Tls(_) | Problem::Unexpected => true,
            Problem::Closed => false,
        }
    }
}

/// Replaces an error that was caused by TLS with one that explains it.
pub(crate) fn explain(error: impl Into<BoxError>, peer: Peer) -> BoxError {
    let error = error.into();
    let explained = find_cause(&*error, |error| error.downcast_ref::<TlsFault>()).is_some();
    if explained {
        return error;
    }
    match TlsFault::find(&*error, peer) {
        Some(fault) => fault.into(),
        None => error,
    }
}

/// Like [`explain`], for the error of a TLS handshake. If the connection ended without a TLS error,
/// the peer may not use TLS.
pub(crate) fn explain_handshake(error: impl Into<BoxError>, peer: Peer) -> BoxError {
    let error = explain(error, peer);
    let ended =
        |error: &(dyn StdError + 'static)| io_kind(error) == Some(io::ErrorKind::UnexpectedEof);
    // A `ProxyError` does not come from the handshake that follows.
    if error.is::<io::Error>() && has_cause(&*error, ended) {
        return TlsFault { peer, problem: Problem::Closed }.into();
    }
    error
}

impl fmt::Display for TlsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let peer = self.peer;
        match &self.problem {
            Problem::Tls(error) => fmt_rustls(f, error, peer),
            Problem::Closed => write!(
                f,
                "{peer} closed the connection during the TLS handshake: check that it uses TLS at \
                 this port"
            ),
            Problem::Unexpected => {
                write!(f, "{peer} uses TLS at this port: {}", peer.change_scheme("https"))
            }
        }
    }
}

/// The text is complete, so that reports do not add the text of rustls.
impl StdError for TlsFault {}

impl Peer {
    /// Returns the advice to use the other scheme.
    fn change_scheme(self, scheme: &str) -> String {
        match self {
            Self::Server => format!("use an {scheme}:// URL, or another port"),
            Self::Proxy => format!("use {scheme}:// in the URL of the proxy, or another port"),
        }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Server => "the server",
            Self::Proxy => "the proxy",
        })
    }
}

fn fmt_rustls(f: &mut fmt::Formatter<'_>, error: &RustlsError, peer: Peer) -> fmt::Result {
    match error {
        RustlsError::InvalidCertificate(error) => certificate_fault::fmt(f, error, peer),
        // The first byte is that of another protocol.
        RustlsError::InvalidMessage(InvalidMessage::InvalidContentType) => {
            write!(f, "{peer} does not use TLS at this port: {}", peer.change_scheme("http"))
        }
        RustlsError::InvalidMessage(_) => write!(f, "{peer} sent an invalid TLS message"),
        RustlsError::NoCertificatesPresented => write!(f, "{peer} sent no certificate"),
        RustlsError::PeerIncompatible(_) => {
            write!(f, "{peer} supports no TLS version and cipher suite that the client supports")
        }
        RustlsError::AlertReceived(alert) => fmt_alert(f, *alert, peer),
        RustlsError::InappropriateMessage { .. }
        | RustlsError::InappropriateHandshakeMessage { .. }
        | RustlsError::PeerMisbehaved(_)
        | RustlsError::DecryptError
        | RustlsError::PeerSentOversizedRecord => write!(f, "{peer} violated the TLS protocol"),
        _ => write!(f, "the TLS connection to {peer} failed"),
    }
}

fn fmt_alert(f: &mut fmt::Formatter<'_>, alert: AlertDescription, peer: Peer) -> fmt::Result {
    match alert {
        AlertDescription::ProtocolVersion => {
            write!(f, "{peer} supports neither TLS 1.2 nor TLS 1.3")
        }
        AlertDescription::CertificateRequired => {
            write!(f, "{peer} requires a client certificate, which is not supported")
        }
        AlertDescription::UnrecognisedName => {
            write!(f, "{peer} has no certificate for the host name of the URL")
        }
        alert => match alert.as_str() {
            Some(name) => write!(f, "{peer} ended TLS with the alert \"{}\"", words(name)),
            None => write!(f, "{peer} ended TLS with alert number {}", u8::from(alert)),
        },
    }
}

/// Returns `handshake failure` for `HandshakeFailure`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        let after_lowercase = words.ends_with(|before: char| before.is_ascii_lowercase());
        if letter.is_ascii_uppercase() && after_lowercase {
            words.push(' ');
        }
        words.push(letter);
    }
    words.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use rustls::{CertificateError, PeerIncompatible, PeerMisbehaved};

    use super::*;

    #[test]
    fn texts_name_the_peer_and_no_type_of_rustls() {
        for (error, text) in [
            (
                InvalidMessage::InvalidContentType.into(),
                "the server does not use TLS at this port: use an http:// URL, or another port",
            ),
            (InvalidMessage::MessageTooLarge.into(), "the server sent an invalid TLS message"),
            (RustlsError::NoCertificatesPresented, "the server sent no certificate"),
            (
                PeerIncompatible::NoCipherSuitesInCommon.into(),
                "the server supports no TLS version and cipher suite that the client supports",
            ),
            (
                PeerMisbehaved::TooMuchEarlyDataReceived.into(),
                "the server violated the TLS protocol",
            ),
            (
                RustlsError::AlertReceived(AlertDescription::HandshakeFailure),
                "the server ended TLS with the alert \"handshake failure\"",
            ),
            (
                RustlsError::AlertReceived(AlertDescription::UnknownCA),
                "the server ended TLS with the alert \"unknown ca\"",
            ),
            (
                RustlsError::AlertReceived(AlertDescription::Unknown(200)),
                "the server ended TLS with alert number 200",
            ),
            (
                RustlsError::AlertReceived(AlertDescription::CertificateRequired),
                "the server requires a client certificate, which is not supported",
            ),
            (
                RustlsError::AlertReceived(AlertDescription::ProtocolVersion),
                "the server supports neither TLS 1.2 nor TLS 1.3",
            ),
            (RustlsError::HandshakeNotComplete, "the TLS connection to the server failed"),
            (CertificateError::Revoked.into(), "the certificate of the server was revoked"),
        ] {
            let nested = io::Error::other(io::Error::other(error));
            let explained = explain(nested, Peer::Server);
            assert_eq!(explained.to_string(), text);
            assert!(explained.source().is_none());
            // An explanation is not replaced by another one.
            assert_eq!(explain(explained, Peer::Proxy).to_string(), text);
        }
    }

    #[test]
    fn only_an_end_during_the_handshake_is_a_fault_of_tls() {
        let end = || io::Error::new(io::ErrorKind::UnexpectedEof, "tls handshake eof");
        let text = explain_handshake(end(), Peer::Proxy).to_string();
        assert!(text.starts_with("the proxy closed the connection during the TLS"), "{text}");
        assert_eq!(explain(end(), Peer::Proxy).to_string(), "tls handshake eof");
        let reset = io::Error::from(io::ErrorKind::ConnectionReset);
        let text = reset.to_string();
        assert_eq!(explain_handshake(reset, Peer::Server).to_string(), text);
    }

    #[test]
    fn the_advice_fits_the_peer() {
        assert_eq!(
            TlsFault::unexpected(Peer::Server).to_string(),
            "the server uses TLS at this port: use an https:// URL, or another port"
        );
        assert_eq!(
            TlsFault::unexpected(Peer::Proxy).to_string(),
            "the proxy uses TLS at this port: use https:// in the URL of the proxy, or another port"
        );
    }
}
