//! Lowers operations: each gets a request and a response of its own, and an error enum.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Context,
    auth::ServiceAuth,
    collided, host,
    structure::{self, Role},
    text,
};
use crate::{
    docs, ir,
    names::{self, Ident, Scope},
    smithy::{Operation, Shape, ShapeId},
};

/// Lowers all operations, and says which methods the client has for them; `documentation` is the
/// service's id in the public API reference.
pub(super) fn lower_all(
    context: &mut Context<'_>,
    operations: &[(&ShapeId, &Operation)],
    documentation: &str,
    auth: &ServiceAuth,
) -> (Vec<ir::Operation>, Scope) {
    let mut names = Names {
        methods: Scope::new("the methods of the client"),
        types: Scope::new("the operation module"),
    };
    let model = context.model;
    let mut lowered = Vec::new();
    for (id, operation) in operations {
        let Some(shape) = model.shape(id) else { continue };
        context.check_traits(id, shape);
        let signed = auth.signs(context, id, shape);
        match lower(context, &mut names, id, shape, operation, documentation) {
            Ok(operation) => lowered.push(ir::Operation { signed, ..operation }),
            Err(collision) => context.refuse(shape, id, collided(&collision)),
        }
    }
    (lowered, names.methods)
}

/// Two operations may not share a method, nor two requests, responses or errors a name.
struct Names {
    methods: Scope,
    types: Scope,
}

fn lower(
    context: &mut Context<'_>,
    names: &mut Names,
    id: &ShapeId,
    shape: &Shape,
    operation: &Operation,
    documentation: &str,
) -> Result<ir::Operation, names::Collision> {
    let name = id.name().to_owned();
    let method = names.methods.claim(&name, names::method(&name))?;
    let request = Part { suffix: "Request", shape: operation.input.as_ref() };
    let request = request.lower(context, names, &name, Role::Input)?;
    let response = match &operation.output {
        None => None,
        Some(output) => {
            let response = Part { suffix: "Response", shape: Some(output) };
            Some(response.lower(context, names, &name, Role::Type(ir::Direction::Received))?)
        }
    };
    let error = names::operation_type(&format!("{name}Error"));
    let error = names.types.claim(&name, error)?;
    Ok(ir::Operation {
        method,
        module: names::module(&name),
        host_prefix: host::lower(context, id, shape, operation, &request),
        signed: true,
        compression: shape.traits.has("smithy.api#requestCompression"),
        request,
        takes_input: operation.input.is_some(),
        response,
        error: lower_error(context, id, shape, operation, error),
        // The endpoint rules say what they ask for, and they are lowered when all operations are.
        endpoint_context: Vec::new(),
        pages: None,
        waiters: Vec::new(),
        reference: format!("https://docs.aws.amazon.com/goto/WebAPI/{documentation}/{name}"),
        docs: text::docs(shape),
        name,
    })
}

/// The request or the response of an operation.
struct Part<'m> {
    suffix: &'static str,
    shape: Option<&'m ShapeId>,
}

impl Part<'_> {
    /// A structure that serves this operation alone keeps its name. One that also serves elsewhere
    /// (C2J models share them), and none at all, become a structure named after the operation.
    fn lower(
        &self,
        context: &mut Context<'_>,
        names: &mut Names,
        operation: &str,
        role: Role,
    ) -> Result<ir::Struct, names::Collision> {
        let own = format!("{operation}{}", self.suffix);
        let Some((id, shape)) = self.shape.and_then(|id| Some((id, context.model.shape(id)?)))
        else {
            let name = names.types.claim(&own, names::operation_type(&own))?;
            return Ok(empty(name, own));
        };
        let dedicated = context.closure.is_dedicated(id);
        let wire = if dedicated { context.shape_name(id).to_owned() } else { own };
        let name = names.types.claim(&wire, names::operation_type(&wire))?;
        let mut lowered = structure::lower(context, id, shape, name, role);
        if !dedicated {
            let (part, shared) = (self.suffix.to_lowercase(), id.name());
            lowered.docs.paragraphs.push(match lowered.docs.paragraphs.as_slice() {
                [] => format!("The {part} of `{operation}`, which the model calls `{shared}`."),
                _ => format!("The model calls it `{shared}`."),
            });
        }
        Ok(lowered)
    }
}

/// The request of an operation that takes none.
fn empty(name: Ident, wire: String) -> ir::Struct {
    ir::Struct {
        module: names::module(name.as_str()),
        name,
        wire,
        direction: ir::Direction::Sent,
        fields: Vec::new(),
        docs: ir::Docs::default(),
    }
}

fn lower_error(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    operation: &Operation,
    name: Ident,
) -> ir::OperationError {
    let mut scope = Scope::new(format!("the errors of {id}"));
    let mut variants = Vec::new();
    let mut seen = BTreeSet::new();
    let listed = operation.errors.iter().chain(context.service_errors);
    let mut codes: BTreeSet<String> = listed.map(|error| error.name().to_owned()).collect();
    for error in operation.errors.iter().chain(context.service_errors) {
        let (Some(exception), Some(facts)) = (context.types.get(error), context.model.shape(error))
        else {
            continue;
        };
        if !seen.insert(error) {
            continue;
        }
        let exception = exception.clone();
        let (retry, secret) = (retry(facts), structure::has_secret_message(context, facts));
        match scope.claim(error.as_str(), names::error_variant(error.name())) {
            Ok(name) => variants.push(ir::ErrorVariant {
                name,
                exception,
                code: error.name().to_owned(),
                aliases: aliases(facts, &mut codes),
                summary: docs::summary(&text::docs(facts).paragraphs),
                retry,
                secret,
            }),
            Err(collision) => context.refuse(shape, id, collided(&collision)),
        }
    }
    ir::OperationError { name, variants, unmodelled: names::unmodelled() }
}

/// The other code of an exception: that of the query protocol, or what a C2J model gives it. Where
/// the operation lists several of one code, the first has it, unless it is another's name.
fn aliases(exception: &Shape, codes: &mut BTreeSet<String>) -> Vec<String> {
    let facts = exception.traits.get("aws.protocols#awsQueryError");
    let code = facts.and_then(|facts| facts.get("code")?.as_str());
    code.filter(|code| codes.insert((*code).to_owned())).map(str::to_owned).into_iter().collect()
}

/// What the model says of an exception and another attempt.
fn retry(exception: &Shape) -> Option<ir::Retry> {
    let facts = exception.traits.get("smithy.api#retryable")?;
    let throttling = facts.get("throttling").and_then(Value::as_bool).unwrap_or(false);
    Some(if throttling { ir::Retry::Throttling } else { ir::Retry::Retryable })
}
