//! Lowers a service: runs the steps in order, and lowers the facts of the service itself.

use serde_json::Value;

use super::{
    closure::Closure,
    context::{Context, ShapeFacts},
    coverage, docs as item_docs, endpoint,
    example::Examples,
    naming::TypeNames,
    operation::{self, ServiceAuth, Surroundings},
    options::{Lowered, Options},
    selection, shapes,
    traits::check_traits,
};
use crate::{
    docs,
    error::Error,
    ir, names,
    smithy::{Kind, Model, OperationShape, QUERY_COMPATIBLE, ServiceShape, Shape, ShapeId},
};

/// Lowers the one service of a model, or the one that the options name.
pub(crate) fn lower_service(model: &Model, options: &Options) -> Result<Lowered, Error> {
    let (id, shape, facts) = selection::find(model, options.service.as_ref())?;
    let protocol = selection::protocol(id, shape)?;
    let operations = selection::operations(model, id, shape, facts, options)?;
    let operation::WithoutStreams { operations, streaming, warnings } =
        operation::leave_out_streams(model, (id, shape), operations, options)?;
    let shape_facts = shape_facts(model, facts, &operations);
    let mut context = Context::new(model, (facts, protocol), shape_facts, options, warnings);
    shapes::refuse_impossible(&mut context);
    check_traits(&mut context, id, shape);
    operation::warn_of_discovery(&mut context, (id, shape), &operations);
    shapes::warn_of_unchecked_patterns(&mut context, (id, shape));
    let service = lower(&mut context, (id, shape), &operations, options);
    let coverage = coverage::count(model, (id, shape), &operations, &context.closure);
    context.finish(service, coverage, streaming)
}

fn shape_facts(
    model: &Model,
    service: &ServiceShape,
    operations: &[(&ShapeId, &OperationShape)],
) -> ShapeFacts {
    let shapes = operations.iter().map(|(_, operation)| *operation);
    let closure = Closure::of(model, shapes, &service.errors);
    ShapeFacts {
        boxed: shapes::recursive_members(model, &closure),
        ruled: shapes::ruled_shapes(model, &closure),
        names: TypeNames::claim(model, &closure, service),
        closure,
    }
}

/// Lowers the service and everything it uses.
fn lower<'m>(
    context: &mut Context<'m>,
    (id, shape): (&ShapeId, &Shape),
    operations: &[(&'m ShapeId, &'m OperationShape)],
    options: &Options,
) -> ir::Service {
    let facts = ServiceNames::of(id, shape);
    let auth = ServiceAuth::of(context, (id, shape), operations);
    let (interfaces, methods) = operation::lower_interfaces(context, operations, &auth);
    let types = shapes::lower_types(context);
    let endpoints =
        endpoint::lower(context, (id, shape), &interfaces, &types, options.endpoint_tests);
    let surroundings = Surroundings {
        service: shape,
        documentation_id: &facts.documentation_id(shape),
        endpoints: &endpoints,
        types: &types,
        examples: &Examples::of(context.model, &types, &facts.sdk_id, &facts.signing_name),
    };
    let operations = operation::complete(context, interfaces, &surroundings, methods);
    let module = names::service(&facts.sdk_id);
    ir::Service {
        docs: docs_of(shape, &facts.sdk_id, &module),
        title: docs::line(shape.traits.text("smithy.api#title").unwrap_or(&facts.sdk_id)),
        version: version(shape),
        target_prefix: context.protocol.target_prefix(id, shape).map(str::to_owned),
        protocol: context.protocol.protocol,
        query_compatible: context.protocol.honors(QUERY_COMPATIBLE)
            && shape.traits.has(QUERY_COMPATIBLE),
        endpoint_rules: endpoints.rules,
        error: operation::lower_service_error(&module, &operations),
        operations,
        module,
        types,
        sdk_id: facts.sdk_id,
        endpoint_prefix: facts.endpoint_prefix,
        signing_name: facts.signing_name,
    }
}

/// Returns the documentation of the service, and its SDK id if the module has a different name.
fn docs_of(shape: &Shape, sdk_id: &str, module: &names::Ident) -> ir::Docs {
    let mut docs = item_docs::docs(shape);
    if names::is_renamed(&sdk_id.replace([' ', '-'], "_"), module) {
        docs.paragraphs.push(format!("Its SDK id is {}.", docs::code(sdk_id)));
    }
    docs
}

fn version(shape: &Shape) -> String {
    match &shape.kind {
        Kind::Service(service) => service.version.clone(),
        _ => String::new(),
    }
}

/// The names of a service, with the defaults of the Smithy specification ("AWS service trait",
/// "sigv4 trait").
struct ServiceNames {
    sdk_id: String,
    endpoint_prefix: String,
    signing_name: String,
}

impl ServiceNames {
    fn of(id: &ShapeId, shape: &Shape) -> Self {
        let service = shape.traits.get("aws.api#service");
        let sdk_id = string(service, "sdkId").unwrap_or(id.name()).to_owned();
        let arn_namespace = match string(service, "arnNamespace") {
            Some(namespace) => namespace.to_owned(),
            None => id.name().to_ascii_lowercase(),
        };
        let endpoint_prefix =
            string(service, "endpointPrefix").unwrap_or(&arn_namespace).to_owned();
        let signing_name = string(shape.traits.get("aws.auth#sigv4"), "name");
        let signing_name = signing_name.unwrap_or(&arn_namespace).to_owned();
        Self { sdk_id, endpoint_prefix, signing_name }
    }

    /// Returns the id of the service in the public documentation: `docId`, or the default that the
    /// Smithy specification derives from the SDK id and the version.
    fn documentation_id(&self, shape: &Shape) -> String {
        let service = shape.traits.get("aws.api#service");
        string(service, "docId")
            .map_or_else(
                || format!("{}-{}", self.sdk_id.to_lowercase().replace(' ', "-"), version(shape)),
                str::to_owned,
            )
            .replace(|c: char| !c.is_ascii_alphanumeric() && !"-._".contains(c), "-")
    }
}

fn string<'v>(value: Option<&'v Value>, key: &str) -> Option<&'v str> {
    value?.get(key)?.as_str()
}
