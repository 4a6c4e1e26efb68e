//! Lowers the type of a member, and rejects unsupported types.

use crate::{
    ir::{TimestampFormat, Type},
    lower::{context::Context, protocol::Place},
    smithy::{Kind, Member, Shape, ShapeId, Simple},
};

/// The maximum nesting of lists and maps; a model with more is broken or hostile.
const MAX_NESTING: usize = 32;

/// Returns the type of the member `name` of the structure `owner`, boxed if it is recursive. The
/// place determines the format of timestamps that state none.
pub(in crate::lower) fn lower(
    context: &Context<'_>,
    (owner, name): (&ShapeId, &str),
    member: &Member,
    place: Place,
) -> Result<Type, String> {
    let format = (context.protocol.timestamp_format)(place);
    let ty = target(context, member, format, MAX_NESTING)?;
    let boxed = context.boxed.contains(&(owner.clone(), name.to_owned()));
    Ok(if boxed { Type::Boxed(Box::new(ty)) } else { ty })
}

fn target(
    context: &Context<'_>,
    member: &Member,
    format: TimestampFormat,
    depth: usize,
) -> Result<Type, String> {
    let id = &member.target;
    let shape = context.model.shape(id).ok_or_else(|| format!("its target {id} does not exist"))?;
    let Some(depth) = depth.checked_sub(1) else {
        return Err(format!(
            "lists and maps are nested more than {MAX_NESTING} levels deep; reduce the nesting"
        ));
    };
    match &shape.kind {
        Kind::Simple(simple) => self::simple(*simple, member, (id, shape), format),
        Kind::List(element) => Ok(Type::List {
            element: Box::new(target(context, element, format, depth)?),
            sparse: shape.traits.has("smithy.api#sparse"),
        }),
        Kind::Map { key, value } => Ok(Type::Map {
            key: Box::new(map_key(target(context, key, format, depth)?, id)?),
            value: Box::new(target(context, value, format, depth)?),
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

fn simple(
    simple: Simple,
    member: &Member,
    (id, shape): (&ShapeId, &Shape),
    format: TimestampFormat,
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
        Simple::Timestamp => Type::Timestamp(timestamp_format(member, shape).unwrap_or(format)),
        Simple::Document => Type::Document,
        Simple::BigInteger => return Err(unsupported(id, "a bigInteger")),
        Simple::BigDecimal => return Err(unsupported(id, "a bigDecimal")),
    })
}

/// Returns the format of the member, or else that of its target, if they state one; invalid formats
/// have already been rejected.
fn timestamp_format(member: &Member, shape: &Shape) -> Option<TimestampFormat> {
    let format = "smithy.api#timestampFormat";
    Some(match member.traits.text(format).or_else(|| shape.traits.text(format))? {
        "date-time" => TimestampFormat::DateTime,
        "http-date" => TimestampFormat::HttpDate,
        _ => TimestampFormat::EpochSeconds,
    })
}

fn unsupported(id: &ShapeId, what: &str) -> String {
    format!(
        "its target {id} is {what}, which is not supported as a member; exclude the operations \
            that need it"
    )
}
