//! Lowers the host prefix of an operation, and the members of its request that are part of it.

use std::collections::BTreeSet;

use crate::{
    ir,
    lower::context::Context,
    smithy::{OperationShape, Shape, ShapeId, is_identifier},
};

const ENDPOINT: &str = "smithy.api#endpoint";
const HOST_LABEL: &str = "smithy.api#hostLabel";

/// The maximum length of a prefix with its labels. A host name has at most 253 characters.
const MAX_TEMPLATE: usize = 1024;

/// Lowers the host prefix of an operation whose request has been lowered, if it has one.
pub(in crate::lower) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    operation: &OperationShape,
    request: &ir::Struct,
) -> Option<ir::HostPrefix> {
    let template = shape.traits.get(ENDPOINT).and_then(|facts| facts.get("hostPrefix")?.as_str());
    let names = match template.map_or(Ok(BTreeSet::new()), labels) {
        Ok(names) => names,
        Err(reason) => {
            context.refuse(shape, id, format!("the trait {ENDPOINT} {reason}"));
            return None;
        }
    };
    refuse_strays(context, operation, template.is_some(), &names);
    let mut bound = Vec::new();
    for name in names {
        match label(context, operation, request, &name) {
            Ok(label) => bound.push(label),
            Err(reason) => {
                let what = format!("the label {{{name}}} of the trait {ENDPOINT} {reason}");
                context.refuse(shape, id, what);
            }
        }
    }
    template.map(|template| ir::HostPrefix { template: template.to_owned(), labels: bound })
}

/// Returns a label with its field. C2J models do not always require the member; a call without it
/// fails.
fn label(
    context: &Context<'_>,
    operation: &OperationShape,
    request: &ir::Struct,
    name: &str,
) -> Result<ir::HostLabel, &'static str> {
    let input = operation.input.as_ref().and_then(|id| context.model.shape(id));
    let member = input.and_then(|input| input.kind.member(name));
    let member = member.ok_or("is not a member of the operation's input; add it")?;
    if !member.traits.has(HOST_LABEL) {
        return Err("is a member without the trait smithy.api#hostLabel; add it");
    }
    let field = request.fields.iter().find(|field| field.member == name);
    let field = field.filter(|field| field.is_required() || field.is_option());
    let field = field.ok_or("is a member with a default value; remove the value")?;
    if field.sensitive {
        return Err("is sensitive, but hosts appear in errors and logs; remove the trait \
            smithy.api#sensitive or the label");
    }
    let (name, is_option) = (name.to_owned(), field.is_option());
    Ok(ir::HostLabel { name, field: field.name.clone(), is_option })
}

/// Rejects members with `hostLabel` that are not in the prefix. An input that several operations
/// share may belong to one without a prefix.
fn refuse_strays(
    context: &mut Context<'_>,
    operation: &OperationShape,
    has_prefix: bool,
    names: &BTreeSet<String>,
) {
    let model = context.model;
    let Some(id) =
        operation.input.as_ref().filter(|id| has_prefix || context.closure.is_dedicated(id))
    else {
        return;
    };
    let Some(input) = model.shape(id) else { return };
    for (name, member) in input.kind.members() {
        if member.traits.has(HOST_LABEL) && !names.contains(name) {
            let what = format!(
                "the trait {HOST_LABEL} has no effect here, because the operation's {ENDPOINT} \
                    has no label {{{name}}}; add the label or remove the trait"
            );
            context.refuse(input, format!("{id}${name}"), what);
        }
    }
}

/// Returns the labels of a template, such as `foo.{label}.`; the rest must be part of a host name.
fn labels(template: &str) -> Result<BTreeSet<String>, String> {
    let wrong = |what: &str| Err(format!("has the prefix {template:?}, which {what}; correct it"));
    if template.len() > MAX_TEMPLATE {
        return Err(format!(
            "has a prefix of more than {MAX_TEMPLATE} characters, which cannot start a host \
                name; correct it"
        ));
    }
    let mut names = BTreeSet::new();
    let mut rest = template;
    while let Some((text, opened)) = rest.split_once('{') {
        let Some((name, behind)) = opened.split_once('}') else {
            return wrong("has a `{` without a `}`");
        };
        if !is_identifier(name) {
            return wrong("has braces around something that is not a member name");
        }
        if !is_host_text(text) {
            return wrong("is not a valid start of a host name");
        }
        names.insert(name.to_owned());
        rest = behind;
    }
    if template.is_empty() || !is_host_text(rest) {
        return wrong("is not a valid start of a host name");
    }
    Ok(names)
}

fn is_host_text(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_host_text_and_labels() {
        let table: [(&str, Option<&[&str]>); 11] = [
            ("data.", Some(&[])),
            ("sync-", Some(&[])),
            ("{account}.", Some(&["account"])),
            ("a{x}b.{y}-c.", Some(&["x", "y"])),
            ("{x}.{x}.", Some(&["x"])),
            ("", None),
            ("{x.", None),
            ("x}.", None),
            ("{}.", None),
            ("{a-b}.", None),
            ("a/b.", None),
        ];
        for (template, wanted) in table {
            let found = labels(template).ok();
            let wanted = wanted.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
            assert_eq!(found, wanted, "{template}");
        }
    }
}
