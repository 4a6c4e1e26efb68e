//! Lowers how an operation of a REST protocol is sent: its method and URI.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    ir::{self, Place},
    lower::context::Context,
    smithy::{Shape, ShapeId},
};

/// The methods that the runtime can send.
const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// Lowers the trait `http` of an operation; `None` if the protocol has no HTTP bindings.
pub(super) fn lower(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    request: &ir::Struct,
    response: Option<&ir::Struct>,
) -> Option<ir::Http> {
    if !context.protocol.binds_http {
        return None;
    }
    let http = shape.traits.get("smithy.api#http");
    let text = |key| http.and_then(|http| http.get(key)).and_then(Value::as_str);
    let (Some(method), Some(uri)) = (text("method"), text("uri")) else {
        let what = "the trait smithy.api#http is missing, which states its method and path";
        context.refuse(shape, id, what);
        return None;
    };
    if let Err(what) = check(method, uri, request) {
        context.refuse(shape, id, what);
    }
    for part in [Some(request), response].into_iter().flatten() {
        check_payload(context, (id, shape), part);
    }
    Some(ir::Http {
        method: method.to_owned(),
        uri: uri.to_owned(),
        request_body: has_document(request),
        response_body: response.is_some_and(has_document),
    })
}

fn check(method: &str, uri: &str, request: &ir::Struct) -> Result<(), String> {
    if !METHODS.contains(&method) {
        return Err(format!("its HTTP method is {method}; use one of {}", METHODS.join(", ")));
    }
    let is_valid = |c: char| c.is_ascii_graphic() && c != '#';
    if !uri.starts_with('/') || !uri.chars().all(is_valid) {
        return Err(format!("its path {uri} does not begin with / or contains invalid characters"));
    }
    let labels = labels(uri).ok_or_else(|| format!("its path {uri} has an unclosed label"))?;
    let members: BTreeSet<_> = request
        .fields
        .iter()
        .filter_map(|field| match &field.place {
            Some(Place::Label(label)) => Some(label.as_str()),
            _ => None,
        })
        .collect();
    if let Some(label) = labels.difference(&members).next() {
        return Err(format!("its path {uri} has the label {label}, which no member fills"));
    }
    if let Some(label) = members.difference(&labels).next() {
        return Err(format!("its path {uri} has no label for its member {label}"));
    }
    Ok(())
}

/// Returns the labels of a path, `Name` in `/functions/{Name}` and `Key` in `/{Key+}`.
fn labels(uri: &str) -> Option<BTreeSet<&str>> {
    let path = uri.split('?').next().unwrap_or_default();
    let parts = path.split('{').skip(1);
    parts.map(|part| Some(part.split_once('}')?.0.trim_end_matches('+'))).collect()
}

/// Checks that at most one member is the whole body, and warns about members that are not sent.
fn check_payload(context: &mut Context<'_>, (id, shape): (&ShapeId, &Shape), part: &ir::Struct) {
    let is_payload = |field: &&ir::Field| matches!(field.place, Some(Place::Payload(_)));
    let payloads = part.fields.iter().filter(is_payload).count();
    if payloads > 1 {
        let what = format!("{} has more than one member with smithy.api#httpPayload", part.wire);
        context.refuse(shape, id, what);
    } else if payloads == 1
        && let Some(field) = part.fields.iter().find(|field| field.place.is_none())
    {
        let what = format!(
            "another member of {} is the whole body, so its member {} is not transferred",
            part.wire, field.member
        );
        context.warn(shape, id, what);
    }
}

/// Returns true if members of the structure are in a document.
fn has_document(part: &ir::Struct) -> bool {
    let mut places = part.fields.iter().map(|field| &field.place);
    places.clone().any(Option::is_none)
        && !places.any(|place| matches!(place, Some(Place::Payload(_))))
}
