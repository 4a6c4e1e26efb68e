//! Lowers how an operation of a REST protocol is sent: its method and URI.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    ir::{self, HttpLocation},
    lower::context::Context,
    smithy::{Kind, Model, OperationShape, Shape, ShapeId},
};

const LABEL: &str = "smithy.api#httpLabel";

/// The methods that the runtime can send.
const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// Lowers the trait `http` of an operation; `None` if the protocol has no HTTP bindings.
pub(super) fn lower(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    request: &ir::Struct,
    response: Option<&ir::Struct>,
) -> Option<ir::Http> {
    if !context.protocol.binds_http() {
        return None;
    }
    let http = shape.traits.get("smithy.api#http");
    let text = |key| http.and_then(|http| http.get(key)).and_then(Value::as_str);
    let (Some(method), Some(uri)) = (text("method"), text("uri")) else {
        // A trait with another schema has already been rejected.
        if http.is_none() {
            let what = "the trait smithy.api#http, which states its method and path, is missing; \
                add it, or list only the other operations with --operations";
            context.refuse(shape, id, what);
        }
        return None;
    };
    let members = label_members(context.model, shape);
    let checked = check_method(method)
        .and_then(|()| check_uri(uri))
        .and_then(|labels| check_labels(uri, &labels, &members));
    if let Err(what) = checked {
        context.refuse(shape, id, what);
    }
    Some(ir::Http {
        method: method.to_owned(),
        uri: uri.to_owned(),
        request_body: has_document(request),
        response_body: response.is_some_and(has_document),
    })
}

fn check_method(method: &str) -> Result<(), String> {
    match METHODS.contains(&method) {
        true => Ok(()),
        false => Err(format!("its HTTP method is {method}; use one of {}", METHODS.join(", "))),
    }
}

/// Checks the path and the literal query. Returns the names of the labels in the path, such as
/// `Name` in `/functions/{Name}` and `Key` in `/{Key+}`.
fn check_uri(uri: &str) -> Result<BTreeSet<&str>, String> {
    let wrong = |(what, advice): (&str, &str)| format!("its path {uri} {what}; {advice}");
    if !uri.starts_with('/') {
        return Err(wrong(("does not begin with `/`", "add it")));
    }
    if let Some(c) = uri.chars().find(|c| !c.is_ascii_graphic() || *c == '#') {
        return Err(wrong((&format!("contains {c:?}"), "remove it or percent-encode it")));
    }
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if query.contains(['{', '}']) {
        let what = "has a label in its query";
        return Err(wrong((what, "use the trait smithy.api#httpQuery instead")));
    }
    let mut labels = BTreeSet::new();
    let mut greedy = None;
    for segment in path.split('/') {
        let Some(label) = label(segment).map_err(wrong)? else { continue };
        if let Some(greedy) = greedy {
            let what = format!("has the greedy label {greedy} before another label");
            return Err(wrong((&what, "remove its `+`")));
        }
        let name = label.strip_suffix('+').unwrap_or(label);
        if name.is_empty() {
            return Err(wrong(("has a label without a name", "add the name of a member")));
        }
        if !labels.insert(name) {
            let what = format!("has the label {name} twice");
            return Err(wrong((&what, "remove or rename one of them")));
        }
        greedy = label.ends_with('+').then_some(name);
    }
    Ok(labels)
}

/// Returns the text between the braces of a segment of the path; `None` if it has no braces. The
/// error says what is wrong with the path, and what to do.
fn label(segment: &str) -> Result<Option<&str>, (&'static str, &'static str)> {
    let inner = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    match inner {
        Some(label) if !label.contains(['{', '}']) => Ok(Some(label)),
        _ if !segment.contains(['{', '}']) => Ok(None),
        _ if !segment.contains('}') => {
            Err(("has a label without an end", "add `}` after its name"))
        }
        _ if !segment.contains('{') => {
            Err(("has `}` without `{`", "remove it or percent-encode it"))
        }
        _ => Err((
            "has a label that is not a whole segment",
            "separate it from other text with `/`, or percent-encode literal braces",
        )),
    }
}

/// Returns the members of the input that have the trait `httpLabel`.
fn label_members<'m>(model: &'m Model, operation: &Shape) -> BTreeSet<&'m str> {
    let Kind::Operation(OperationShape { input: Some(input), .. }) = &operation.kind else {
        return BTreeSet::new();
    };
    let members = model.shape(input).map(|shape| shape.kind.members()).unwrap_or_default();
    let members = members.into_iter().filter(|(_, member)| member.traits.has(LABEL));
    members.map(|(name, _)| name).collect()
}

/// Checks that each label has a member, and that each member with the trait has a label.
fn check_labels(
    uri: &str,
    labels: &BTreeSet<&str>,
    members: &BTreeSet<&str>,
) -> Result<(), String> {
    if let Some(label) = labels.difference(members).next() {
        return Err(format!(
            "its path {uri} has the label {label}, but its input has no such member with the trait \
                {LABEL}; add the member or the trait"
        ));
    }
    if let Some(member) = members.difference(labels).next() {
        return Err(format!(
            "its path {uri} has no label for the member {member} of its input, which has the trait \
                {LABEL}; add `{{{member}}}` to the path, or remove the trait"
        ));
    }
    Ok(())
}

/// Returns true if the body contains a document with members of the structure.
fn has_document(part: &ir::Struct) -> bool {
    let mut locations = part.fields.iter().map(|field| &field.location);
    locations.clone().any(Option::is_none)
        && !locations.any(|location| matches!(location, Some(HttpLocation::Payload(_))))
}
