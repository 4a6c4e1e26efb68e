//! Lowers structures, and determines which members may be absent and what replaces them.

use serde_json::Value;

use super::{constraints, default, element_names, http_location, member_type, wire_names};
use crate::{
    ir::{self, Direction, Presence, Type},
    lower::{context::Context, docs},
    names::{self, Ident, Scope},
    smithy::{Kind, Member, Shape, ShapeId},
};

/// The role of a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation.
    Output,
    /// An exception.
    Exception,
    /// Anything else, with its direction.
    Type(Direction),
}

impl Role {
    fn direction(self) -> Direction {
        match self {
            Self::Input => Direction::Sent,
            Self::Output | Self::Exception => Direction::Received,
            Self::Type(direction) => direction,
        }
    }
}

/// Lowers a structure.
pub(in crate::lower) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    name: Ident,
    role: Role,
) -> ir::Struct {
    let mut fields = Vec::new();
    let mut scope = Scope::words();
    let secret = shape.traits.has("smithy.api#sensitive");
    if let Kind::Structure(members) = &shape.kind
        && context.may_generate(shape, id, members.len())
    {
        for (name, member) in members {
            let mut lowering = MemberLowering { context, id, shape, name, role };
            let Some(field) = lowering.lower(member, &mut scope) else { continue };
            fields.push(ir::Field { sensitive: field.sensitive || secret, ..field });
        }
    }
    wire_names::make_distinct(context, (id, shape), &mut fields);
    http_location::check_payload(context, (id, shape), &fields);
    if fields.iter().filter(|field| field.presence == Presence::Filled).count() > 1 {
        let what = "more than one member is an idempotency token; remove the trait from all but \
            one of them";
        context.refuse(shape, id, what);
    }
    let wire = context.shape_name(id).to_owned();
    ir::Struct {
        module: context.module(id, &name),
        docs: docs::named_docs(shape, &wire, &name),
        name,
        wire,
        direction: role.direction(),
        fields,
    }
}

/// Lowers an exception.
pub(in crate::lower) fn lower_exception(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    name: Ident,
) -> ir::Exception {
    let status = status(shape);
    let code = context.protocol.error_code(id, shape).to_owned();
    let shape = lower(context, id, shape, name, Role::Exception);
    let message = shape
        .fields
        .iter()
        .find(|field| is_message(&field.wire) && !field.sensitive && field.ty == Type::String);
    let message = message.map(|field| field.name.clone());
    ir::Exception { message, code, status, shape }
}

/// Returns the HTTP status of an exception. Defaults to 400 or 500, depending on the party at
/// fault.
fn status(exception: &Shape) -> u16 {
    let own = exception.traits.get("smithy.api#httpError").and_then(Value::as_u64);
    let blamed = match exception.traits.get("smithy.api#error").and_then(Value::as_str) {
        Some("server") => 500,
        _ => 400,
    };
    own.and_then(|status| status.try_into().ok()).unwrap_or(blamed)
}

/// Returns true if the message of an exception is sensitive.
pub(in crate::lower) fn has_secret_message(context: &Context<'_>, exception: &Shape) -> bool {
    let secret = exception.traits.has("smithy.api#sensitive");
    let mut members = exception.kind.members().into_iter();
    members.any(|(name, member)| {
        is_message(context.protocol.wire_name(name, member))
            && (secret || context.is_sensitive(member))
    })
}

fn is_message(wire: &str) -> bool {
    wire.eq_ignore_ascii_case("message") || wire == "errorMessage"
}

/// A member that is being lowered.
struct MemberLowering<'a, 'm> {
    context: &'a mut Context<'m>,
    id: &'a ShapeId,
    shape: &'a Shape,
    name: &'a str,
    role: Role,
}

impl MemberLowering<'_, '_> {
    fn lower(&mut self, member: &Member, scope: &mut Scope) -> Option<ir::Field> {
        let name = scope.claim(names::field(self.name));
        let binding = http_location::binding(self.context, self.role, member);
        let timestamps = binding.and_then(http_location::Binding::timestamps);
        let ty = match member_type::lower(self.context, self.id, self.name, member, timestamps) {
            Ok(ty) => ty,
            Err(reason) => {
                self.refuse(reason);
                return None;
            }
        };
        let location = binding.map(|binding| self.location(binding, member, &ty)).transpose();
        let location = match location {
            Ok(location) => location,
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
        let (model, ruled) = (self.context.model, &self.context.ruled);
        Some(ir::Field {
            docs: docs::member_docs(member),
            constraints: constraints::lower(model, ruled, member),
            name,
            member: self.name.to_owned(),
            wire: self.context.protocol.wire_name(self.name, member).to_owned(),
            location,
            elements: element_names::lower(self.context, member),
            ty,
            presence,
            sensitive,
        })
    }

    fn location(
        &self,
        binding: http_location::Binding<'_>,
        member: &Member,
        ty: &Type,
    ) -> Result<ir::HttpLocation, String> {
        let target = self.context.model.shape(&member.target);
        let media_type = "smithy.api#mediaType";
        let of_target = || target.and_then(|target| target.traits.text(media_type));
        binding.location(self.name, ty, member.traits.text(media_type).or_else(of_target))
    }

    fn warn(&mut self, what: &str) {
        self.context.warn(self.shape, format!("{}${}", self.id, self.name), what);
    }

    fn refuse(&mut self, what: String) {
        self.context.refuse(self.shape, format!("{}${}", self.id, self.name), what);
    }

    /// Returns what an absent member means.
    ///
    /// `clientOptional` makes a member optional regardless of other traits, as the specification
    /// requires of clients ("Structure member optionality"). The specification treats all members
    /// of an operation's input likewise, so that services can remove `required`: their defaults are
    /// not sent. Required members of inputs are parameters of `new` nevertheless: the compiler then
    /// checks that callers set them, and a service that removes the trait continues to accept them.
    fn presence(&mut self, member: &Member, ty: &Type) -> Result<Presence, String> {
        let traits = &member.traits;
        let received = self.role.direction() == Direction::Received;
        if traits.has("smithy.api#idempotencyToken") {
            if self.role == Role::Input {
                return Ok(Presence::Filled);
            }
            if !received {
                self.warn(NESTED_TOKEN);
            }
        }
        let default = default::of(self.context.model, member);
        if let Some(value) = default
            && !traits.has("smithy.api#clientOptional")
            && !self.shape.traits.has("smithy.api#input")
        {
            return default::lower(value, ty).map(Presence::Defaulted);
        }
        if member.is_required() {
            return Ok(if received {
                Presence::Corrected { required: true }
            } else {
                Presence::Required
            });
        }
        let listed = matches!(ty, Type::List { .. } | Type::Map { .. });
        Ok(if listed && received {
            Presence::Corrected { required: false }
        } else {
            Presence::Optional
        })
    }
}

/// The warning about a token that is not a direct member of an operation's input. The specification
/// defines only those as tokens ("idempotencyToken trait"); others are ordinary members.
const NESTED_TOKEN: &str = "the trait smithy.api#idempotencyToken has no effect here, because \
    only direct members of an operation's input are filled in";
