//! Describes the public API of a generated client as text: names, types and arguments.
//!
//! Tools use it to compare two models from a caller's point of view. It is built from the same
//! lowered model and with the same type printer as the source, so the two cannot differ.
//! Documentation, wire formats and checks are not included, because callers do not compile against
//! them.

use std::collections::BTreeMap;

use crate::{
    emit,
    error::Error,
    ir,
    lower::{self, Options},
    smithy::{Model, Protocol},
};

pub use crate::ir::Direction;

/// The API of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Api {
    /// The module, `ecr_public`.
    pub module: String,
    /// The facts of the service, with defaults filled in: `sdkId`, `targetPrefix` and the like.
    pub facts: BTreeMap<&'static str, String>,
    /// The operations, by their names in the model.
    pub operations: BTreeMap<String, ApiOperation>,
    /// The types that do not belong to a single operation, and the exceptions, by their names in
    /// the model.
    pub types: BTreeMap<String, ApiType>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiOperation {
    /// The methods of the client, by purpose: `call`, `pages` or a waiter's name.
    pub methods: BTreeMap<String, Method>,
    /// The request.
    pub request: ApiType,
    /// The response; without members if the operation returns nothing.
    pub response: ApiType,
    /// The error enum, with the exceptions as its members.
    pub error: ApiType,
}

/// A method of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Method {
    /// Its name, `put_image`.
    pub name: String,
    /// Its parameters and result, `fn(&PutImageRequest) -> PutImageResponse`.
    pub signature: String,
}

/// A type with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiType {
    /// Its name with its module, `types::Image`.
    pub name: String,
    /// The kind of type.
    pub kind: TypeKind,
    /// Fields or variants, in order.
    pub members: Vec<ApiMember>,
}

/// The kind of a Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeKind {
    /// A structure with public fields.
    Structure(Direction),
    /// An enum whose variants contain values.
    Union,
    /// An enum of names on the wire.
    Enum,
    /// An enum of numbers on the wire.
    IntEnum,
}

/// A field or a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiMember {
    /// The model's name, or the wire value of an enum variant.
    pub wire: String,
    /// The name in Rust, as in source code.
    pub name: String,
    /// The type of the field or of the variant's content; empty if there is none.
    pub ty: String,
    /// Whether it is a parameter of the structure's `new` function.
    pub argument: bool,
}

impl Api {
    /// Returns the API of the only service of a model; unknown traits are accepted.
    ///
    /// # Errors
    /// Returns everything that prevents the service from being generated.
    pub fn of(model: &Model) -> Result<Self, Error> {
        let options = Options { lenient: true, ..Options::default() };
        Ok(Self::of_service(&lower::lower_service(model, &options)?.service))
    }

    fn of_service(service: &ir::Service) -> Self {
        let operations = service.operations.iter().map(|o| (o.name.clone(), ApiOperation::of(o)));
        let structs = service.types.structs.iter().map(|s| (&s.wire, structure("types::", s)));
        let unions = service.types.unions.iter().map(|u| (&u.wire, union(u)));
        let enums = service.types.enums.iter().map(|e| (&e.wire, enumeration(e, TypeKind::Enum)));
        let numbers =
            service.types.int_enums.iter().map(|e| (&e.wire, enumeration(e, TypeKind::IntEnum)));
        let exceptions = service.types.exceptions.iter().map(|exception| {
            let shape = &exception.shape;
            (&shape.wire, structure("exception::", shape))
        });
        let types = structs.chain(unions).chain(enums).chain(numbers).chain(exceptions);
        Self {
            module: service.module.to_string(),
            facts: facts(service),
            operations: operations.collect(),
            types: types.map(|(name, ty)| (name.clone(), ty)).collect(),
        }
    }
}

fn facts(service: &ir::Service) -> BTreeMap<&'static str, String> {
    let protocol = match service.protocol {
        ir::Protocol::AwsJson10 => "awsJson1_0",
        ir::Protocol::AwsJson11 => "awsJson1_1",
        ir::Protocol::RestJson1 => "restJson1",
        ir::Protocol::AwsQuery => "awsQuery",
    };
    let query = if service.query_compatible { "yes" } else { "no" };
    let facts = [
        ("title", service.title.as_str()),
        ("version", &service.version),
        ("sdkId", &service.sdk_id),
        ("endpointPrefix", &service.endpoint_prefix),
        ("signingName", &service.signing_name),
        ("targetPrefix", service.target_prefix.as_deref().unwrap_or_default()),
        ("protocol", protocol),
        ("queryErrorCodes", query),
    ];
    facts.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
}

/// Returns true if a trait has no effect on generated clients of services that use this protocol.
#[must_use]
pub fn is_irrelevant(id: &str, protocol: Option<Protocol>) -> bool {
    lower::is_irrelevant(id, protocol)
}

impl ApiOperation {
    fn of(operation: &ir::Operation) -> Self {
        let request = structure("operation::", &operation.request);
        let response = match &operation.response {
            Some(response) => structure("operation::", response),
            None => {
                let kind = TypeKind::Structure(Direction::Received);
                ApiType { name: "()".to_owned(), kind, members: Vec::new() }
            }
        };
        let error = ApiType {
            name: format!("operation::{}", operation.error.name),
            kind: TypeKind::Union,
            members: operation.error.variants.iter().map(exception).collect(),
        };
        Self { methods: methods(operation, &request, &response), request, response, error }
    }
}

fn methods(
    operation: &ir::Operation,
    request: &ApiType,
    answer: &ApiType,
) -> BTreeMap<String, Method> {
    let argument = if operation.takes_input { format!("&{}", request.name) } else { String::new() };
    let method = |name: &dyn ToString, argument: &str, gives: &str| Method {
        name: name.to_string(),
        signature: match gives {
            "()" => format!("fn({argument})"),
            _ => format!("fn({argument}) -> {gives}"),
        },
    };
    let call = method(&operation.method, &argument, &answer.name);
    let mut methods = BTreeMap::from([("call".to_owned(), call)]);
    if let Some(pages) = &operation.pages {
        let items = pages.items.as_ref().map(|items| emit::type_text(&items.ty));
        let items =
            items.map_or_else(|| "no items".to_owned(), |items| format!("items in {items}"));
        let tokens: Vec<_> =
            pages.tokens.all().iter().map(|token| emit::type_text(&token.ty)).collect();
        let signature = format!("pages by {}, {items}", tokens.join(" and "));
        let name = pages.method.to_string();
        methods.insert("pages".to_owned(), Method { name, signature });
    }
    for waiter in &operation.waiters {
        let name = format!("waiter {}", waiter.name);
        methods.insert(name, method(&waiter.method, &request.name, &answer.name));
    }
    methods
}

fn exception(variant: &ir::ErrorVariant) -> ApiMember {
    ApiMember {
        wire: variant.code.clone(),
        name: variant.name.to_string(),
        ty: format!("exception::{}", variant.exception),
        argument: false,
    }
}

fn structure(module: &str, shape: &ir::Struct) -> ApiType {
    let fields = shape.fields.iter().map(|field| ApiMember {
        wire: field.member.clone(),
        name: field.name.to_string(),
        ty: emit::field_text(field),
        argument: field.presence == ir::Presence::Required,
    });
    let name = format!("{module}{}", shape.name);
    ApiType { name, kind: TypeKind::Structure(shape.direction), members: fields.collect() }
}

fn union(shape: &ir::Union) -> ApiType {
    let variants = shape.variants.iter().map(|variant| ApiMember {
        wire: variant.member.clone(),
        name: variant.name.to_string(),
        ty: variant.ty.as_ref().map(emit::type_text).unwrap_or_default(),
        argument: false,
    });
    let name = format!("types::{}", shape.name);
    ApiType { name, kind: TypeKind::Union, members: variants.collect() }
}

fn enumeration<V: ToString>(shape: &ir::Enum<V>, kind: TypeKind) -> ApiType {
    let variants = shape.variants.iter().map(|variant| ApiMember {
        wire: variant.wire.to_string(),
        name: variant.name.to_string(),
        ty: String::new(),
        argument: false,
    });
    ApiType { name: format!("types::{}", shape.name), kind, members: variants.collect() }
}
