//! Completes operations once all interfaces and all types are lowered.

use super::{interface::Interface, pagination, waiter};
use crate::{
    ir,
    lower::{
        context::Context, docs, endpoint::EndpointLowering, example::Examples, jmespath::Structs,
    },
    names::Scope,
    smithy::Shape,
};

/// What an operation depends on in addition to its interface.
pub(in crate::lower) struct Surroundings<'s> {
    /// The service.
    pub(in crate::lower) service: &'s Shape,
    /// The id of the service in the public API reference.
    pub(in crate::lower) documentation_id: &'s str,
    /// The values that operations have for the endpoint rules.
    pub(in crate::lower) endpoints: &'s EndpointLowering,
    /// Every type that does not belong to a single operation.
    pub(in crate::lower) types: &'s ir::TypeDefinitions,
    /// Makes examples.
    pub(in crate::lower) examples: &'s Examples<'s>,
}

/// Completes the operations, and sorts them by name; `methods` are the client's so far.
pub(in crate::lower) fn complete(
    context: &mut Context<'_>,
    interfaces: Vec<Interface<'_>>,
    surroundings: &Surroundings<'_>,
    mut methods: Scope,
) -> Vec<ir::Operation> {
    // Paths into structures cannot be checked if a member could not be lowered.
    let structs = context
        .is_sound()
        .then(|| Structs::of(&surroundings.types.structs, &surroundings.types.unions));
    let mut operations: Vec<_> = interfaces
        .into_iter()
        .map(|interface| {
            let (pages, waiters) = match &structs {
                Some(structs) => {
                    let service = surroundings.service;
                    let pages =
                        pagination::lower(context, service, &interface, structs, &mut methods);
                    (pages, waiter::lower(context, &interface, structs, &mut methods))
                }
                None => (None, Vec::new()),
            };
            let (shape, id) = (interface.shape, interface.id);
            let unusable = |reason| context.warn(shape, id, reason);
            let example = surroundings.examples.request(&interface, unusable);
            operation(interface, surroundings, Additions { pages, waiters, example })
        })
        .collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    operations
}

/// The parts of an operation that affect no request.
struct Additions {
    pages: Option<ir::Pages>,
    waiters: Vec<ir::Waiter>,
    example: Option<ir::value::StructureValue>,
}

fn operation(
    interface: Interface<'_>,
    surroundings: &Surroundings<'_>,
    Additions { pages, waiters, example }: Additions,
) -> ir::Operation {
    let Interface { shape, facts, name, method, module, request, response, .. } = interface;
    let documentation = surroundings.documentation_id;
    let bindings = surroundings.endpoints.bindings.get(&name);
    ir::Operation {
        module,
        host_prefix: interface.host_prefix,
        http: interface.http,
        result_wrapper: interface.result_wrapper,
        signed: interface.signed,
        secret_output: interface.secret_output,
        content_md5: shape.traits.has("smithy.api#httpChecksumRequired"),
        compression: shape.traits.has("smithy.api#requestCompression"),
        request,
        takes_input: facts.input.is_some(),
        response,
        error: interface.error,
        endpoint_context: bindings.cloned().unwrap_or_default(),
        pages,
        waiters,
        example,
        reference: format!("https://docs.aws.amazon.com/goto/WebAPI/{documentation}/{name}"),
        docs: docs::named_docs(shape, &name, &method),
        method,
        name,
    }
}
