//! Names the places in the page that links lead to. The same change has the same anchor in every
//! report.

use std::fmt::Write;

use crate::changes::tree::Location;

/// The anchor of a service.
pub(super) fn service(name: &str) -> String {
    encode(name)
}

/// The anchor of an operation, of a shared type or of the service's own changes.
pub(super) fn entry(service: &str, location: &Location) -> String {
    let service = encode(service);
    match location {
        Location::Operation(name) => format!("{service}/operation/{}", encode(name)),
        Location::Type(name) => format!("{service}/type/{}", encode(name)),
        _ => format!("{service}/service"),
    }
}

/// Encodes all characters with a meaning in URLs or in HTML. Browsers compare the encoded fragment
/// with the id before they decode it.
fn encode(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
