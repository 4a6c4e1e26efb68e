//! Reads the bound members of a structure from a response.

use std::borrow::Cow;

use http::HeaderMap;

use crate::Structure;
use crate::protocol::decode_problem::{DecodeProblem, describe};
use crate::protocol::error::FormatError;
use crate::protocol::http_binding::element_text::{FromBytes, FromPairs, FromText, OneValue};
use crate::protocol::wire::WireResponse;
use crate::shape::binding::{Binding, Payload, Place};

/// Reads the members that are not part of a document: headers, the status, and text and binary
/// payloads.
pub(crate) fn read_bound<T: Structure>(
    response: &WireResponse<'_>,
    value: &mut T,
) -> Result<(), DecodeProblem> {
    T::BINDINGS.iter().try_for_each(|binding| {
        read(response, value, binding).map(drop).map_err(|error| problem(binding, &error))
    })
}

/// Like [`read_bound`], but members that cannot be read remain absent.
pub(crate) fn read_bound_leniently<T: Structure>(response: &WireResponse<'_>, value: &mut T) {
    for binding in T::BINDINGS {
        let _ = read(response, value, binding);
    }
}

/// Reads one member. Returns false if the message does not contain it.
pub(super) fn read<T: Structure>(
    response: &WireResponse<'_>,
    value: &mut T,
    binding: &Binding,
) -> Result<bool, FormatError> {
    let member = binding.member;
    match binding.place {
        Place::Header(name) => match header(response.headers, name) {
            Some(text) => value.read(member, &mut OneValue::new(FromText(text))),
            None => Ok(false),
        },
        Place::PrefixHeaders(prefix) => match prefixed(response.headers, prefix) {
            pairs if pairs.is_empty() => Ok(false),
            pairs => value.read(member, &mut OneValue::new(FromPairs(pairs))),
        },
        Place::Status => {
            let status = FromText(Cow::Borrowed(response.status.as_str()));
            value.read(member, &mut OneValue::new(status))
        }
        Place::Payload(Payload::Blob(_)) if !response.body.is_empty() => {
            value.read(member, &mut OneValue::new(FromBytes(response.body)))
        }
        Place::Payload(Payload::Text(_)) if !response.body.is_empty() => {
            let text = String::from_utf8_lossy(response.body);
            value.read(member, &mut OneValue::new(FromText(text)))
        }
        _ => Ok(false),
    }
}

/// Returns the value of a header. The values of a repeated header are joined with commas.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<Cow<'a, str>> {
    let mut values =
        headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let first = values.next()?;
    Some(values.fold(first, |all, value| Cow::Owned(format!("{all}, {value}"))))
}

/// Returns the headers whose names start with `prefix`, which is removed. The names are in lower
/// case.
fn prefixed(headers: &HeaderMap, prefix: &str) -> Vec<(String, String)> {
    let prefix = prefix.to_ascii_lowercase();
    let names = headers.keys().filter_map(|name| {
        let suffix = name.as_str().strip_prefix(prefix.as_str())?;
        Some((suffix.to_owned(), header(headers, name.as_str())?.into_owned()))
    });
    names.collect()
}

/// The problem of a member that cannot be read.
pub(super) fn problem(binding: &Binding, error: &FormatError) -> DecodeProblem {
    DecodeProblem::in_member(binding.member, describe(&error.to_string()))
}
