//! Reads the bound members of a structure from a response.

use std::borrow::Cow;

use http::HeaderMap;

use crate::Structure;
use crate::format::error::FormatError;
use crate::format::mismatch::mismatch;
use crate::protocol::decode_problem::{DecodeProblem, describe};
use crate::protocol::http_binding::element_text::{
    FromBytes, FromPairs, FromText, OneValue, Owned,
};
use crate::protocol::wire::WireResponse;
use crate::shape::binding::{Binding, Payload, Place};

/// Reads the members that are not part of a document: headers, the status, and text and binary
/// payloads.
pub(crate) fn read_bound<T: Structure>(
    response: &WireResponse<'_>,
    value: &mut T,
) -> Result<(), DecodeProblem> {
    // For structures without bindings, the code below is not compiled, even in debug builds.
    if const { T::BINDINGS.is_empty() } {
        return Ok(());
    }
    T::BINDINGS.iter().try_for_each(|binding| {
        read(response, value, binding).map(drop).map_err(|error| problem(binding, &error))
    })
}

/// Like [`read_bound`], but members that cannot be read remain absent.
pub(crate) fn read_bound_leniently<T: Structure>(response: &WireResponse<'_>, value: &mut T) {
    if const { T::BINDINGS.is_empty() } {
        return;
    }
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
        Place::Header(name) => match header(response.headers, name)? {
            Some(text) => value.read(member, &mut OneValue::new(FromText(text))),
            None => Ok(false),
        },
        Place::PrefixHeaders(prefix) => match prefixed(response.headers, prefix)? {
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
            let text = Cow::Borrowed(utf8(response.body)?);
            value.read(member, &mut OneValue::new(FromText(text)))
        }
        _ => Ok(false),
    }
}

/// Returns the value of a header. The values of a repeated header are joined with commas.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<Cow<'a, str>>, FormatError> {
    let mut values = headers.get_all(name).iter().map(|value| utf8(value.as_bytes()));
    let Some(first) = values.next() else { return Ok(None) };
    let joined = values
        .try_fold(Cow::Borrowed(first?), |all, value| Ok(Cow::Owned(format!("{all}, {}", value?))));
    joined.map(Some)
}

/// Converts bytes to text. Bytes that are not UTF-8 are an error, because replacing them would
/// change the value.
fn utf8(bytes: &[u8]) -> Result<&str, FormatError> {
    str::from_utf8(bytes).map_err(|_| mismatch("text", "bytes that are not UTF-8"))
}

/// Returns the headers whose names start with `prefix`, which is removed. The names are in lower
/// case.
fn prefixed(headers: &HeaderMap, prefix: &str) -> Result<Vec<(String, Owned)>, FormatError> {
    let prefix = prefix.to_ascii_lowercase();
    let mut pairs = Vec::new();
    for name in headers.keys() {
        let Some(suffix) = name.as_str().strip_prefix(prefix.as_str()) else { continue };
        let value = header(headers, name.as_str())?.unwrap_or_default();
        pairs.push((suffix.to_owned(), Owned(value.into_owned())));
    }
    Ok(pairs)
}

/// Describes the problem of a member that cannot be read.
pub(super) fn problem(binding: &Binding, error: &FormatError) -> DecodeProblem {
    let place = match binding.place {
        Place::Label(_) => "the path".to_owned(),
        Place::Query(name) => format!("the query parameter {name}"),
        Place::QueryParams => "the query".to_owned(),
        Place::Header(name) => format!("the header {name}"),
        Place::PrefixHeaders(prefix) => format!("a header that begins with {prefix}"),
        Place::Status => "the status".to_owned(),
        Place::Payload(_) => "the body".to_owned(),
    };
    DecodeProblem::in_member(binding.member, &place, describe(&error.to_string()))
}
