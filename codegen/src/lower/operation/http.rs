//! Lowers the method and the path of an operation, in protocols with HTTP bindings.

use std::collections::BTreeSet;

use crate::{
    ir::{self, Binding, Presence},
    lower::context::Context,
    smithy::{OperationShape, Shape, ShapeId, is_identifier},
};

const HTTP: &str = "smithy.api#http";

/// The methods of generated clients.
const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// The maximum length of a path with its labels.
const MAX_URI: usize = 4096;

/// Lowers the method and the path of an operation whose request has been lowered.
pub(super) fn lower(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    operation: &OperationShape,
    request: &ir::Struct,
) -> Option<ir::Http> {
    if !context.protocol.has_bindings {
        return None;
    }
    match http(shape, request) {
        Ok((http, labels)) => {
            refuse_strays(context, operation, request, &labels);
            Some(http)
        }
        Err(reason) => {
            context.refuse(shape, id, reason);
            None
        }
    }
}

/// Returns the method and the path, and the labels in the path.
fn http(shape: &Shape, request: &ir::Struct) -> Result<(ir::Http, BTreeSet<String>), String> {
    let facts = shape.traits.get(HTTP).ok_or_else(|| {
        format!("the operation has no trait {HTTP}, which its protocol requires; add it")
    })?;
    let text = |key: &str| facts.get(key).and_then(|value| value.as_str()).unwrap_or_default();
    let (method, uri) = (text("method").to_owned(), text("uri").to_owned());
    if !METHODS.contains(&method.as_str()) {
        let known = METHODS.join(", ");
        return Err(format!("the trait {HTTP} has the method {method:?}; use one of {known}"));
    }
    let labels = labels(&uri)
        .map_err(|reason| format!("the trait {HTTP} has the path {uri:?}, which {reason}"))?;
    for label in &labels {
        check_label(request, label)
            .map_err(|reason| format!("the label {{{label}}} of the trait {HTTP} {reason}"))?;
    }
    Ok((ir::Http { method, uri }, labels))
}

fn check_label(request: &ir::Struct, label: &str) -> Result<(), &'static str> {
    let field = request.fields.iter().find(|field| field.member == label);
    let field = field.ok_or("is not a member of the operation's input; add it")?;
    if field.binding != Some(Binding::Label) {
        return Err("is a member without the trait smithy.api#httpLabel; add it");
    }
    match field.presence {
        Presence::Required => Ok(()),
        _ => Err("is an optional member; add the trait smithy.api#required"),
    }
}

/// Rejects members with `httpLabel` that are not in the path. An input that several operations share
/// may have a label that is only in the paths of others.
fn refuse_strays(
    context: &mut Context<'_>,
    operation: &OperationShape,
    request: &ir::Struct,
    labels: &BTreeSet<String>,
) {
    let model = context.model;
    let Some(id) = operation.input.as_ref() else { return };
    let Some(shape) = model.shape(id) else { return };
    let bound = request.fields.iter().filter(|field| field.binding == Some(Binding::Label));
    for field in bound.filter(|field| !labels.contains(&field.member)) {
        let label = &field.member;
        let what = format!(
            "the trait smithy.api#httpLabel has no effect here, because the path of the operation \
             has no label {{{label}}}; add the label or remove the trait"
        );
        context.refuse(shape, format!("{id}${label}"), what);
    }
}

/// Returns the labels of a path, such as `/items/{id}/{key+}?list`. The error completes "the path ...,
/// which".
fn labels(uri: &str) -> Result<BTreeSet<String>, String> {
    if uri.len() > MAX_URI {
        return Err(format!("is longer than {MAX_URI} characters; shorten it"));
    }
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if !path.starts_with('/') {
        return Err("does not begin with a slash; add it".to_owned());
    }
    let is_visible = |c: char| c.is_ascii_graphic() && c != '#';
    if !uri.chars().all(is_visible) || query.contains(['{', '}']) {
        return Err("is not valid in a URL; correct it".to_owned());
    }
    let mut labels = BTreeSet::new();
    for segment in path.split('/').filter(|segment| segment.contains(['{', '}'])) {
        let label = segment.strip_prefix('{').and_then(|label| label.strip_suffix('}'));
        let label = label.map(|label| label.strip_suffix('+').unwrap_or(label));
        let label = label.filter(|label| is_identifier(label));
        let label = label.ok_or("has a label that is not a whole segment; correct it")?;
        if !labels.insert(label.to_owned()) {
            return Err(format!("has the label {{{label}}} twice; remove one of them"));
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_whole_segments_of_a_path() {
        let table: [(&str, Option<&[&str]>); 13] = [
            ("/", Some(&[])),
            ("/a/{id}/{key+}?x&y=2", Some(&["id", "key"])),
            ("/{a}/b/", Some(&["a"])),
            ("", None),
            ("a", None),
            ("/{a}{b}", None),
            ("/{a}/{a}", None),
            ("/a{b}", None),
            ("/{", None),
            ("/{a-b}", None),
            ("/a?b={c}", None),
            ("/a b", None),
            ("/a#b", None),
        ];
        for (uri, wanted) in table {
            let wanted = wanted.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
            assert_eq!(labels(uri).ok(), wanted, "{uri}");
        }
    }
}
