//! Lowers the error enums of operations and of the service.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    docs, ir,
    lower::{
        context::Context, docs as item_docs, protocol::query_error_code, shapes::has_secret_message,
    },
    names::{self, Ident, Scope},
    smithy::{OperationShape, Shape, ShapeId},
};

pub(super) fn lower_error<'m>(
    context: &mut Context<'m>,
    id: &ShapeId,
    shape: &Shape,
    operation: &'m OperationShape,
    name: Ident,
) -> ir::ErrorEnum {
    let mut scope = Scope::camel();
    let mut variants = Vec::new();
    let mut seen = BTreeSet::new();
    let mut known = BTreeSet::new();
    let count = operation.errors.len() + context.service_errors.len();
    if !context.may_generate(shape, id, count) {
        return ir::ErrorEnum { name, variants, unmodeled: names::unmodeled() };
    }
    let listed = operation.errors.iter().chain(context.service_errors);
    let code_of =
        |error: &ShapeId, facts: &Shape| context.protocol.error_code(error, facts).to_owned();
    let listed = listed.filter_map(|error| Some(code_of(error, context.model.shape(error)?)));
    let mut codes: BTreeSet<String> = listed.collect();
    for error in operation.errors.iter().chain(context.service_errors) {
        let exception = context.names.get(error).cloned();
        let (Some(exception), Some(facts)) = (exception, context.model.shape(error)) else {
            continue;
        };
        if !seen.insert(error) {
            continue;
        }
        let code = context.protocol.error_code(error, facts);
        if !known.insert(code) {
            let what = format!(
                "it lists another error with the name {code}, and responses contain only the \
                    name; remove one of them"
            );
            context.refuse(shape, id, what);
            continue;
        }
        let name = scope.claim(names::error_variant(context.shape_name(error)));
        variants.push(ir::ErrorVariant {
            exception,
            code: code.to_owned(),
            aliases: aliases(facts, &mut codes),
            summary: summary(context, error, &name),
            retry: retry(facts),
            secret: has_secret_message(context, facts),
            name,
        });
    }
    ir::ErrorEnum { name, variants, unmodeled: names::unmodeled() }
}

/// Lowers the error enum of the service, with each exception of its operations once.
pub(in crate::lower) fn lower_service_error(
    module: &Ident,
    operations: &[ir::Operation],
) -> ir::ErrorEnum {
    let all = operations.iter().flat_map(|operation| &operation.error.variants);
    let exceptions: BTreeMap<_, _> = all.map(|variant| (&variant.exception, variant)).collect();
    let mut scope = Scope::camel();
    let variant = |variant: &ir::ErrorVariant| {
        let name = scope.claim(names::error_variant(variant.exception.as_str()));
        ir::ErrorVariant { name, ..variant.clone() }
    };
    let variants = exceptions.into_values().map(variant).collect();
    ir::ErrorEnum { name: names::service_error(module), variants, unmodeled: names::unmodeled() }
}

/// Returns the first sentence of the exception's documentation, and the model's name of the
/// exception if the variant has a different one.
fn summary<'m>(context: &mut Context<'m>, id: &'m ShapeId, variant: &Ident) -> String {
    let model = context.model;
    let summary = context.summaries.entry(id).or_insert_with(|| {
        let docs = model.shape(id).map(item_docs::docs).unwrap_or_default();
        docs::summary(&docs.paragraphs)
    });
    match !summary.is_empty() && names::is_renamed(id.name(), variant) {
        true => format!("{summary} {}", item_docs::model_name_sentence(id.name())),
        false => summary.clone(),
    }
}

/// Returns the alternative code of an exception, from the query protocol or from a C2J model. If
/// several errors have the same one, the first one gets it, unless it is the name of another error.
fn aliases(exception: &Shape, codes: &mut BTreeSet<String>) -> Vec<String> {
    let code = query_error_code(exception);
    code.filter(|code| codes.insert((*code).to_owned())).map(str::to_owned).into_iter().collect()
}

/// Returns whether the model allows a retry after an exception.
fn retry(exception: &Shape) -> Option<ir::Retry> {
    let facts = exception.traits.get("smithy.api#retryable")?;
    let throttling = facts.get("throttling").and_then(Value::as_bool).unwrap_or(false);
    Some(if throttling { ir::Retry::Throttling } else { ir::Retry::Retryable })
}
