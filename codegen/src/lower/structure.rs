//! Lowers structures: which members may be absent, and what stands for them then.

use serde_json::Value;

use super::{Context, constraint, rules, text, types};
use crate::{
    ir::{self, Direction, Literal, Presence, Type},
    names::{self, Ident, Scope},
    smithy::{Kind, Member, Shape, ShapeId},
};

/// What a structure is to the operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The input of one of them.
    Input,
    /// Anything else that travels this way.
    Type(Direction),
}

impl Role {
    fn direction(self) -> Direction {
        match self {
            Self::Input => Direction::Sent,
            Self::Type(direction) => direction,
        }
    }
}

/// Lowers a structure.
pub(super) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    name: Ident,
    role: Role,
) -> ir::Struct {
    let mut fields = Vec::new();
    let mut scope = Scope::words();
    let secret = shape.traits.has("smithy.api#sensitive");
    if let Kind::Structure(members) = &shape.kind {
        for (wire, member) in members {
            let mut place = Place { context, id, shape, wire, role };
            let Some(field) = place.lower(member, &mut scope) else { continue };
            fields.push(ir::Field { sensitive: field.sensitive || secret, ..field });
        }
    }
    if fields.iter().filter(|field| field.presence == Presence::Filled).count() > 1 {
        let what = "more than one member is an idempotency token; take the trait away from all but \
                    one of them";
        context.refuse(shape, id, what);
    }
    let wire = context.shape_name(id).to_owned();
    ir::Struct {
        module: context.module(id, &name),
        docs: text::named_docs(shape, &wire, &name),
        name,
        wire,
        direction: role.direction(),
        fields,
    }
}

/// Lowers an exception.
pub(super) fn lower_exception(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    name: Ident,
) -> ir::Exception {
    let shape = lower(context, id, shape, name, Role::Type(Direction::Received));
    let message = shape
        .fields
        .iter()
        .find(|field| is_message(&field.wire) && !field.sensitive && field.ty == Type::String);
    let message = message.map(|field| field.name.clone());
    ir::Exception { message, code: id.name().to_owned(), shape }
}

/// Whether the message of an exception is a secret.
pub(super) fn has_secret_message(context: &Context<'_>, exception: &Shape) -> bool {
    let secret = exception.traits.has("smithy.api#sensitive");
    let mut members = exception.kind.members().into_iter();
    members.any(|(wire, member)| is_message(wire) && (secret || context.is_sensitive(member)))
}

fn is_message(wire: &str) -> bool {
    wire.eq_ignore_ascii_case("message") || wire == "errorMessage"
}

/// A member on its way to a field.
struct Place<'a, 'm> {
    context: &'a mut Context<'m>,
    id: &'a ShapeId,
    shape: &'a Shape,
    wire: &'a str,
    role: Role,
}

impl Place<'_, '_> {
    fn lower(&mut self, member: &Member, scope: &mut Scope) -> Option<ir::Field> {
        let name = scope.claim(names::field(self.wire));
        let ty = match types::lower(self.context, self.id, self.wire, member) {
            Ok(ty) => ty,
            Err(reason) => {
                self.refuse(reason);
                return None;
            }
        };
        let presence = match self.presence(member, &ty) {
            Ok(presence) => presence,
            Err(reason) => {
                self.refuse(reason);
                return None;
            }
        };
        let sensitive = self.context.is_sensitive(member);
        let checks = match self.role.direction() {
            Direction::Sent | Direction::Both => {
                rules::lower(self.context.model, &self.context.ruled, member)
            }
            Direction::Received => None,
        };
        let rules = constraint::sentence(self.context.model, member, &presence);
        let docs = text::member_docs(self.wire, &name, member, &rules);
        let wire = self.wire.to_owned();
        Some(ir::Field { name, wire, ty, presence, sensitive, checks, rules, docs })
    }

    fn refuse(&mut self, what: String) {
        self.context.refuse(self.shape, format!("{}${}", self.id, self.wire), what);
    }

    /// What an absent member is.
    ///
    /// A default counts where the specification lets clients rely on it: not on a member marked
    /// `clientOptional`, and not on those of an operation's input, which are client-optional all
    /// ("Structure member optionality").
    fn presence(&self, member: &Member, ty: &Type) -> Result<Presence, String> {
        let traits = &member.traits;
        if traits.has("smithy.api#idempotencyToken") {
            match self.role {
                Role::Input => return Ok(Presence::Filled),
                Role::Type(Direction::Received) => {}
                Role::Type(Direction::Sent | Direction::Both) => {
                    return Err(NESTED_TOKEN.to_owned());
                }
            }
        }
        let optional = traits.has("smithy.api#clientOptional");
        if traits.has("smithy.api#required") {
            return Ok(match self.role.direction() {
                Direction::Received => Presence::Corrected,
                Direction::Sent | Direction::Both => Presence::Required,
            });
        }
        let default = traits.get("smithy.api#default").filter(|value| !value.is_null());
        if let Some(value) = default
            && !optional
            && !self.shape.traits.has("smithy.api#input")
        {
            return literal(value, ty).map(Presence::Defaulted);
        }
        let listed = matches!(ty, Type::List { .. } | Type::Map { .. });
        if listed && self.role.direction() == Direction::Received {
            return Ok(Presence::Corrected);
        }
        Ok(Presence::Optional)
    }
}

/// Why a token is refused that is not a member of an operation's input itself. What only comes back
/// may have one: nothing is filled in there.
const NESTED_TOKEN: &str = "the trait smithy.api#idempotencyToken has no meaning in a structure inside \
                            of an input, because only members of the input itself are filled in; leave \
                            the operations that need it out with --operations";

/// The default `value` of a member of type `ty`.
fn literal(value: &Value, ty: &Type) -> Result<Literal, String> {
    let literal = match (ty, value) {
        (Type::Bool, Value::Bool(value)) => Some(Literal::Bool(*value)),
        (Type::I8 | Type::I16 | Type::I32 | Type::I64, Value::Number(number)) => {
            number.as_i64().filter(|number| fits(*number, ty)).map(Literal::Integer)
        }
        (Type::F32 | Type::F64, Value::Number(number)) => {
            let fits = |number: &f64| *ty == Type::F64 || number.abs() <= f64::from(f32::MAX);
            number.as_f64().filter(fits).map(Literal::Float)
        }
        (Type::String | Type::Enum(_), Value::String(text)) => Some(Literal::Text(text.clone())),
        (Type::Blob, Value::String(text)) if text.is_empty() => Some(Literal::Empty),
        (Type::List { .. }, Value::Array(elements)) if elements.is_empty() => Some(Literal::Empty),
        (Type::Map { .. }, Value::Object(entries)) if entries.is_empty() => Some(Literal::Empty),
        _ => None,
    };
    literal.ok_or_else(|| {
        format!(
            "the default {value} does not suit the member's type, or is one that generated code \
             cannot hold; correct it or take the default away in an overlay"
        )
    })
}

fn fits(number: i64, ty: &Type) -> bool {
    match ty {
        Type::I8 => i8::try_from(number).is_ok(),
        Type::I16 => i16::try_from(number).is_ok(),
        Type::I32 => i32::try_from(number).is_ok(),
        _ => true,
    }
}
