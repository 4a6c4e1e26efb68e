//! Lowers the interface of an operation: a dedicated request and response, and an error enum.

use std::collections::BTreeSet;

use super::{auth::ServiceAuth, errors::lower_error, host, http};
use crate::{
    ir,
    lower::{
        context::Context,
        shapes::{Role, lower_structure},
        traits::check_traits,
    },
    names::{self, Ident, Scope},
    smithy::{OperationShape, Shape, ShapeId},
};

/// An operation from its callers' point of view, without the parts that depend on other operations
/// or on whole types.
pub(in crate::lower) struct Interface<'m> {
    pub(in crate::lower) id: &'m ShapeId,
    pub(in crate::lower) shape: &'m Shape,
    pub(in crate::lower) facts: &'m OperationShape,
    /// The model's name.
    pub(in crate::lower) name: String,
    /// The client's method.
    pub(super) method: Ident,
    /// The file and module.
    pub(super) module: Ident,
    pub(in crate::lower) request: ir::Struct,
    pub(in crate::lower) response: Option<ir::Struct>,
    pub(super) error: ir::ErrorEnum,
    pub(super) host_prefix: Option<ir::HostPrefix>,
    /// How it is sent in a REST protocol.
    pub(super) http: Option<ir::Http>,
    /// The element around the result in awsQuery.
    pub(super) result_wrapper: Option<String>,
    /// Whether requests are signed.
    pub(super) signed: bool,
    /// Whether the response has sensitive members, at any depth.
    pub(super) secret_output: bool,
}

/// Lowers the interfaces of all operations, and returns the methods the client has for them.
pub(in crate::lower) fn lower_interfaces<'m>(
    context: &mut Context<'m>,
    operations: &[(&'m ShapeId, &'m OperationShape)],
    auth: &ServiceAuth,
) -> (Vec<Interface<'m>>, Scope) {
    let mut names =
        Names { methods: Scope::words(), modules: Scope::words(), types: Scope::camel() };
    let model = context.model;
    let mut lowered = Vec::new();
    let mut seen = BTreeSet::new();
    for (id, operation) in operations {
        let Some(shape) = model.shape(id) else { continue };
        check_traits(context, id, shape);
        if !seen.insert(id.name()) {
            let what = "the service has another operation with this name, and requests contain \
                only the name; remove one of them from the service";
            context.refuse(shape, id, what);
        }
        let signed = auth.signs(context, id, shape);
        lowered.push(lower(context, &mut names, (id, shape, operation), signed));
    }
    (lowered, names.methods)
}

/// The names in use: operations have distinct methods and files, and distinct names of requests,
/// responses and errors.
struct Names {
    methods: Scope,
    modules: Scope,
    types: Scope,
}

fn lower<'m>(
    context: &mut Context<'m>,
    names: &mut Names,
    (id, shape, facts): (&'m ShapeId, &'m Shape, &'m OperationShape),
    signed: bool,
) -> Interface<'m> {
    let name = id.name().to_owned();
    let method = names.methods.claim(names::method(&name));
    let module = names.modules.claim(names::module(&name));
    let request = Side { suffix: "Request", shape: facts.input.as_ref() };
    let request = request.lower(context, names, &name, Role::Input);
    let response = facts.output.as_ref().map(|output| {
        let response = Side { suffix: "Response", shape: Some(output) };
        response.lower(context, names, &name, Role::Output)
    });
    let error = names.types.claim(names::operation_type(&format!("{name}Error")));
    let host_prefix = host::lower(context, id, shape, facts, &request);
    let http = http::lower(context, (id, shape), &request, response.as_ref());
    let error = lower_error(context, id, shape, facts, error);
    Interface {
        id,
        shape,
        facts,
        name,
        method,
        module,
        request,
        response,
        error,
        host_prefix,
        http,
        result_wrapper: context.protocol.result_wrapper(id, shape),
        signed,
        secret_output: facts.output.as_ref().is_some_and(|id| context.contains_sensitive(id)),
    }
}

/// The request or the response of an operation.
struct Side<'m> {
    suffix: &'static str,
    shape: Option<&'m ShapeId>,
}

impl Side<'_> {
    /// A structure that belongs to this operation only keeps its name. A shared one (as in C2J
    /// models) and a missing one become a structure named after the operation.
    fn lower(
        &self,
        context: &mut Context<'_>,
        names: &mut Names,
        operation: &str,
        role: Role,
    ) -> ir::Struct {
        let own = format!("{operation}{}", self.suffix);
        let Some((id, shape)) = self.shape.and_then(|id| Some((id, context.model.shape(id)?)))
        else {
            let name = names.types.claim(names::operation_type(&own));
            return empty(name, own);
        };
        let dedicated = context.closure.is_dedicated(id);
        let wire = if dedicated { context.shape_name(id).to_owned() } else { own };
        let name = names.types.claim(names::operation_type(&wire));
        let mut lowered = lower_structure(context, id, shape, name, role);
        let shared = context.shape_name(id);
        if lowered.docs.paragraphs.is_empty() && names::is_renamed(shared, &lowered.name) {
            let part = self.suffix.to_lowercase();
            let what = format!("The {part} of `{operation}`, which the model calls `{shared}`.");
            lowered.docs.paragraphs.push(what);
        }
        lowered
    }
}

/// The request of an operation without input.
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
