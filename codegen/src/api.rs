//! What a generated client offers to those who call it: names, types and arguments, as text.
//!
//! For tools that compare two models as callers see them. It is taken from the same decisions and
//! from the same type printer as the source, so that it cannot say anything else. What is not compiled
//! against (documentation, wire forms, checks) is not here.

use std::collections::BTreeMap;

use crate::{
    emit,
    error::Error,
    ir,
    lower::{self, Options},
    smithy::Model,
};

/// The API of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// The module, `ecr_public`.
    pub module: String,
    /// What the service is known by, defaults filled in: `sdkId`, `targetPrefix` and the like.
    pub facts: BTreeMap<&'static str, String>,
    /// The operations, by the model's name.
    pub operations: BTreeMap<String, Operation>,
    /// The types that are no operation's own, and the exceptions, by the model's name.
    pub types: BTreeMap<String, Type>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The methods of the client, by what each is for, `call`, `pages` or a waiter's name.
    pub methods: BTreeMap<String, Method>,
    /// The request.
    pub request: Type,
    /// The response; one without members where the operation answers nothing.
    pub response: Type,
    /// The error enum, whose members are the exceptions.
    pub error: Type,
}

/// A method of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// Its name, `put_image`.
    pub name: String,
    /// What it takes and what it gives, `fn(&PutImageRequest) -> PutImageResponse`.
    pub signature: String,
}

/// A type with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// Its name with its module, `types::Image`.
    pub name: String,
    /// What it is.
    pub form: Form,
    /// Fields or variants, in order.
    pub members: Vec<Member>,
}

/// What a type is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A structure with public fields.
    Structure(Way),
    /// An enum whose variants hold values.
    Union,
    /// An enum of names on the wire.
    Enum,
    /// An enum of numbers on the wire.
    IntEnum,
}

/// Which way a structure goes, on which depends what may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the service.
    Sent,
    /// From the service.
    Received,
    /// Either way.
    Both,
}

/// A field or a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The model's name; of an enum, the value on the wire.
    pub wire: String,
    /// The name in Rust, as source has it.
    pub name: String,
    /// The type of the field or of what the variant holds; empty where it holds nothing.
    pub ty: String,
    /// Whether it is a parameter of the structure's `new`.
    pub argument: bool,
}

impl Api {
    /// The API of the one service of a model; unknown traits are let pass.
    ///
    /// # Errors
    /// Everything that keeps the service from being generated.
    pub fn of(model: &Model) -> Result<Self, Error> {
        let options = Options { lenient: true, ..Options::default() };
        Ok(Self::of_service(&lower::lower_service(model, &options)?.service))
    }

    fn of_service(service: &ir::Service) -> Self {
        let operations = service.operations.iter().map(|o| (o.name.clone(), Operation::of(o)));
        let structs = service.types.structs.iter().map(|s| (&s.wire, structure("types::", s)));
        let unions = service.types.unions.iter().map(|u| (&u.wire, union(u)));
        let enums = service.types.enums.iter().map(|e| (&e.wire, enumeration(e, Form::Enum)));
        let numbers =
            service.types.int_enums.iter().map(|e| (&e.wire, enumeration(e, Form::IntEnum)));
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
    };
    let query = if service.query_compatible { "yes" } else { "no" };
    let facts = [
        ("title", service.title.as_str()),
        ("version", &service.version),
        ("sdkId", &service.sdk_id),
        ("endpointPrefix", &service.endpoint_prefix),
        ("signingName", &service.signing_name),
        ("targetPrefix", &service.target_prefix),
        ("protocol", protocol),
        ("queryErrorCodes", query),
    ];
    facts.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
}

/// Whether a trait says nothing that a generated client could do differently.
pub fn is_irrelevant(id: &str) -> bool {
    lower::is_irrelevant(id)
}

impl Operation {
    fn of(operation: &ir::Operation) -> Self {
        let request = structure("operation::", &operation.request);
        let response = match &operation.response {
            Some(response) => structure("operation::", response),
            None => {
                let form = Form::Structure(Way::Received);
                Type { name: "()".to_owned(), form, members: Vec::new() }
            }
        };
        let error = Type {
            name: format!("operation::{}", operation.error.name),
            form: Form::Union,
            members: operation.error.variants.iter().map(exception).collect(),
        };
        Self { methods: methods(operation, &request, &response), request, response, error }
    }
}

fn methods(operation: &ir::Operation, request: &Type, answer: &Type) -> BTreeMap<String, Method> {
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
        let signature = format!("pages by {}, {items}", emit::type_text(&pages.ty));
        let name = pages.method.to_string();
        methods.insert("pages".to_owned(), Method { name, signature });
    }
    for waiter in &operation.waiters {
        let name = format!("waiter {}", waiter.name);
        methods.insert(name, method(&waiter.method, &request.name, &answer.name));
    }
    methods
}

fn exception(variant: &ir::ErrorVariant) -> Member {
    Member {
        wire: variant.code.clone(),
        name: variant.name.to_string(),
        ty: format!("exception::{}", variant.exception),
        argument: false,
    }
}

fn structure(module: &str, shape: &ir::Struct) -> Type {
    let way = match shape.direction {
        ir::Direction::Sent => Way::Sent,
        ir::Direction::Received => Way::Received,
        ir::Direction::Both => Way::Both,
    };
    let fields = shape.fields.iter().map(|field| Member {
        wire: field.member.clone(),
        name: field.name.to_string(),
        ty: emit::field_text(field),
        argument: field.presence == ir::Presence::Required,
    });
    let name = format!("{module}{}", shape.name);
    Type { name, form: Form::Structure(way), members: fields.collect() }
}

fn union(shape: &ir::Union) -> Type {
    let variants = shape.variants.iter().map(|variant| Member {
        wire: variant.member.clone(),
        name: variant.name.to_string(),
        ty: variant.ty.as_ref().map(emit::type_text).unwrap_or_default(),
        argument: false,
    });
    let name = format!("types::{}", shape.name);
    Type { name, form: Form::Union, members: variants.collect() }
}

fn enumeration<V: ToString>(shape: &ir::Enum<V>, form: Form) -> Type {
    let variants = shape.variants.iter().map(|variant| Member {
        wire: variant.wire.to_string(),
        name: variant.name.to_string(),
        ty: String::new(),
        argument: false,
    });
    Type { name: format!("types::{}", shape.name), form, members: variants.collect() }
}
