//! Lowers pagination: where the tokens are, and what a page holds.

use serde_json::Value;

use super::interface::Interface;
use crate::{
    ir::{Field, Items, Pages, Presence, Step, Struct, Type},
    lower::{context::Context, jmespath::Structs},
    names::{self, Scope},
    smithy::Shape,
};

const PAGINATED: &str = "smithy.api#paginated";

/// The pages of an operation that has the trait. What the trait leaves out is taken from the same
/// trait of the service.
pub(super) fn lower(
    context: &mut Context<'_>,
    service: &Shape,
    operation: &Interface<'_>,
    structs: &Structs<'_>,
    methods: &mut Scope,
) -> Option<Pages> {
    let own = operation.shape.traits.get(PAGINATED)?;
    let facts = Facts { own, shared: service.traits.get(PAGINATED) };
    match pages(&facts, operation, structs, methods) {
        Ok(pages) => Some(pages),
        Err(problem) => {
            let what = format!(
                "its pages cannot be asked for: {problem}; correct the trait {PAGINATED}, or \
                 leave the operation out with --operations"
            );
            context.refuse(operation.shape, operation.id, what);
            None
        }
    }
}

/// The trait of an operation over that of its service.
struct Facts<'m> {
    own: &'m Value,
    shared: Option<&'m Value>,
}

impl<'m> Facts<'m> {
    fn get(&self, key: &str) -> Option<&'m str> {
        let of = |value: &'m Value| value.get(key).and_then(Value::as_str);
        of(self.own).or_else(|| self.shared.and_then(of))
    }

    fn need(&self, key: &str) -> Result<&'m str, String> {
        let missing = || format!("neither the operation nor the service names an {key}");
        self.get(key).ok_or_else(missing)
    }
}

fn pages(
    facts: &Facts<'_>,
    operation: &Interface<'_>,
    structs: &Structs<'_>,
    methods: &mut Scope,
) -> Result<Pages, String> {
    let token = input(operation, "inputToken", facts.need("inputToken")?)?;
    if token.presence != Presence::Optional {
        let name = &token.member;
        return Err(format!("the inputToken `{name}` is always there, and must be optional"));
    }
    let (next, ty) = output(operation, structs, "outputToken", facts.need("outputToken")?)?;
    if matches!(ty, Type::Bool | Type::F32 | Type::F64) {
        return Err("its token is a boolean or has a fraction, which names no page".to_owned());
    }
    if matches!(ty, Type::Union(_) | Type::Document) {
        return Err("its token is a union or a document, which names no page".to_owned());
    }
    if token.ty != *ty {
        return Err("the outputToken is of another type than the inputToken".to_owned());
    }
    let items = facts.get("items").map(|path| items(operation, structs, path)).transpose()?;
    let size = facts.get("pageSize").map(|name| size(operation, name)).transpose()?;
    Ok(Pages {
        method: methods.claim(names::pages(&operation.name)),
        token: token.name.clone(),
        ty: ty.clone(),
        next,
        items,
        size: size.map(|field| field.name.clone()),
    })
}

/// A member of the request.
fn input<'o>(operation: &'o Interface<'_>, role: &str, name: &str) -> Result<&'o Field, String> {
    let field = operation.request.fields.iter().find(|field| field.member == name);
    field.ok_or_else(|| format!("the {role} `{name}` is no member of its input"))
}

/// The way to a member of the response, and its type.
fn output<'o>(
    operation: &'o Interface<'_>,
    structs: &Structs<'o>,
    role: &str,
    path: &str,
) -> Result<(Vec<Step>, &'o Type), String> {
    let response = operation.response.as_ref();
    let mut shape = Some(response.ok_or_else(|| format!("there is no output for its {role}"))?);
    let mut steps = Vec::new();
    let mut last = None;
    for name in path.split('.') {
        let field = shape.and_then(|shape: &Struct| shape.fields.iter().find(|f| f.member == name));
        let field = field.ok_or_else(|| match path.contains('.') {
            true => format!("the {role} `{path}` leads nowhere in its output, from `{name}` on"),
            false => format!("the {role} `{path}` is no member of its output"),
        })?;
        let optional = field.presence == Presence::Optional;
        steps.push(Step { field: field.name.clone(), optional });
        shape = match field.ty.unboxed() {
            Type::Struct(name) => structs.get(name.as_str()),
            _ => None,
        };
        last = Some(&field.ty);
    }
    let ty = last.ok_or_else(|| format!("the {role} is empty"))?;
    Ok((steps, ty))
}

fn items<'o>(
    operation: &'o Interface<'_>,
    structs: &Structs<'o>,
    path: &str,
) -> Result<Items, String> {
    let (steps, ty) = output(operation, structs, "items", path)?;
    match ty {
        Type::List { .. } | Type::Map { .. } => Ok(Items { path: steps, ty: ty.clone() }),
        _ => Err(format!("the items `{path}` are neither a list nor a map")),
    }
}

fn size<'o>(operation: &'o Interface<'_>, name: &str) -> Result<&'o Field, String> {
    let field = input(operation, "pageSize", name)?;
    match field.ty {
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => Ok(field),
        _ => Err(format!("the pageSize `{name}` is no whole number")),
    }
}
