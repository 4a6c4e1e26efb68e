//! Lowers the type of a member, and rejects unsupported types.

use crate::{
    ir::{TimestampFormat, Type},
    lower::context::Context,
    smithy::{Kind, Member, Shape, ShapeId, Simple},
};

/// The maximum nesting of lists and maps; a model with more is broken or hostile.
const MAX_NESTING: usize = 32;

/// Returns the type of the member `name` of the structure `owner`, boxed if it is recursive.
/// `timestamps` is the default format of timestamps at the location of the member; `None` means
/// that of documents.
pub(in crate::lower) fn lower(
    context: &Context<'_>,
    owner: &ShapeId,
    name: &str,
    member: &Member,
    timestamps: Option<TimestampFormat>,
) -> Result<Type, String> {
    let timestamps = timestamps.unwrap_or(context.protocol.timestamps);
    let ty = Target { context, timestamps }.lower(member, MAX_NESTING)?;
    let boxed = context.boxed.contains(&(owner.clone(), name.to_owned()));
    Ok(if boxed { Type::Boxed(Box::new(ty)) } else { ty })
}

/// What the types of members depend on.
#[derive(Clone, Copy)]
struct Target<'a, 'm> {
    context: &'a Context<'m>,
    /// The default format of timestamps.
    timestamps: TimestampFormat,
}

impl Target<'_, '_> {
    fn lower(self, member: &Member, depth: usize) -> Result<Type, String> {
        let context = self.context;
        let id = &member.target;
        let shape =
            context.model.shape(id).ok_or_else(|| format!("its target {id} does not exist"))?;
        let Some(depth) = depth.checked_sub(1) else {
            return Err(format!(
                "lists and maps are nested more than {MAX_NESTING} levels deep; reduce the nesting"
            ));
        };
        match &shape.kind {
            Kind::Simple(simple) => simple_type(*simple, member, (shape, id), self.timestamps),
            Kind::List(element) => Ok(Type::List {
                element: Box::new(self.lower(element, depth)?),
                sparse: shape.traits.has("smithy.api#sparse"),
            }),
            Kind::Map { key, value } => Ok(Type::Map {
                key: Box::new(map_key(self.lower(key, depth)?, id)?),
                value: Box::new(self.lower(value, depth)?),
                sparse: shape.traits.has("smithy.api#sparse"),
            }),
            Kind::Structure(_) if shape.traits.has("smithy.api#error") => {
                Err(unsupported(id, "an exception"))
            }
            Kind::Structure(_) if id.is_unit() => {
                Err(format!("its target {id} has no content; only members of unions can target it"))
            }
            Kind::Structure(_) => named(context, id).map(Type::Struct),
            Kind::Union(_) => named(context, id).map(Type::Union),
            Kind::Enum(_) => named(context, id).map(Type::Enum),
            Kind::IntEnum(_) => named(context, id).map(Type::IntEnum),
            Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) => {
                Err(format!("its target {id} is not a type; target a data shape"))
            }
        }
    }
}

fn map_key(key: Type, map: &ShapeId) -> Result<Type, String> {
    match key {
        Type::String | Type::Enum(_) => Ok(key),
        _ => Err(format!("the keys of the map {map} are neither strings nor an enum")),
    }
}

fn named(context: &Context<'_>, id: &ShapeId) -> Result<crate::names::Ident, String> {
    let name = context.names.get(id).cloned();
    name.ok_or_else(|| format!("its target {id} has no Rust name; see the other problems"))
}

fn simple_type(
    simple: Simple,
    member: &Member,
    (shape, id): (&Shape, &ShapeId),
    timestamps: TimestampFormat,
) -> Result<Type, String> {
    Ok(match simple {
        Simple::String => Type::String,
        Simple::Boolean => Type::Bool,
        Simple::Byte => Type::I8,
        Simple::Short => Type::I16,
        Simple::Integer => Type::I32,
        Simple::Long => Type::I64,
        Simple::Float => Type::F32,
        Simple::Double => Type::F64,
        Simple::Blob => Type::Blob,
        Simple::Timestamp => Type::Timestamp(timestamp_format(member, shape, timestamps)),
        Simple::Document => Type::Document,
        Simple::BigInteger => return Err(unsupported(id, "a bigInteger")),
        Simple::BigDecimal => return Err(unsupported(id, "a bigDecimal")),
    })
}

/// Returns the format of the member, of its target, or the default, in this order. Invalid formats
/// have already been rejected.
fn timestamp_format(member: &Member, shape: &Shape, default: TimestampFormat) -> TimestampFormat {
    let format = "smithy.api#timestampFormat";
    match member.traits.text(format).or_else(|| shape.traits.text(format)) {
        Some("date-time") => TimestampFormat::DateTime,
        Some("http-date") => TimestampFormat::HttpDate,
        Some("epoch-seconds") => TimestampFormat::EpochSeconds,
        _ => default,
    }
}

fn unsupported(id: &ShapeId, what: &str) -> String {
    format!(
        "its target {id} is {what}, which is not supported as a member; exclude the operations \
            that need it"
    )
}
