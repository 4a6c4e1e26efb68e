//! Compares the generated Rust APIs of two models: names, types and arguments.
//!
//! It uses only the API, not the facts of the models. It therefore also finds effects that no
//! single fact suggests, such as a type that was only received and is now also sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::tree::{Effect, Fact};
use crate::api::{Api, ApiMember, ApiOperation, ApiType, Direction, Method, TypeKind};

/// The differences of two APIs, by locations of the model.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// Differences of the module.
    pub(super) service: Vec<Effect>,
    /// Differences of operations that exist in both, by name.
    pub(super) operations: BTreeMap<String, OperationEffects>,
}

/// The differences of an operation.
#[derive(Debug, Default)]
pub(super) struct OperationEffects {
    /// Of its method.
    pub(super) call: Vec<Effect>,
    /// Of its paginator method.
    pub(super) pages: Vec<Effect>,
    /// Of its waiter methods, by the waiter's name.
    pub(super) waiters: BTreeMap<String, Vec<Effect>>,
    /// Of its request.
    pub(super) request: TypeEffects,
    /// Of its response.
    pub(super) response: TypeEffects,
    /// Of its error enum.
    pub(super) error: TypeEffects,
}

/// The differences of a type.
#[derive(Clone, Debug, Default)]
pub(super) struct TypeEffects {
    /// The direction, if it changed.
    pub(super) way: Option<Fact>,
    /// Of the type as a whole.
    pub(super) own: Vec<Effect>,
    /// Of its members, by their names in the model.
    pub(super) members: BTreeMap<String, Vec<Effect>>,
}

/// Compares two APIs, without types that do not belong to an operation.
pub(super) fn compare(old: &Api, new: &Api) -> Differences {
    let names: BTreeSet<_> = old.operations.keys().chain(new.operations.keys()).collect();
    let of = |name: &String| match (old.operations.get(name), new.operations.get(name)) {
        (Some(old), Some(new)) => operation(old, new),
        // The generator may support the operation in only one of the models.
        (old, new) => {
            let call =
                |operation: Option<&'_ ApiOperation>| Some(operation?.methods["call"].clone());
            let call = compare_methods(call(old).as_ref(), call(new).as_ref());
            OperationEffects { call, ..OperationEffects::default() }
        }
    };
    Differences {
        service: renamed("the module", &old.module, &new.module).into_iter().collect(),
        operations: names.into_iter().map(|name| (name.clone(), of(name))).collect(),
    }
}

/// Compares two types by their names in the models. They are compared only if they have the same
/// name in Rust; otherwise the members that refer to them have a different type.
pub(super) fn types(old: &Api, new: &Api, (before, after): (&str, &str)) -> TypeEffects {
    match (old.types.get(before), new.types.get(after)) {
        (Some(old), Some(new)) if before == after || old.name == new.name => {
            compare_types(old, new)
        }
        _ => TypeEffects::default(),
    }
}

fn operation(old: &ApiOperation, new: &ApiOperation) -> OperationEffects {
    let mut found = OperationEffects {
        request: compare_types(&old.request, &new.request),
        response: compare_types(&old.response, &new.response),
        error: compare_types(&old.error, &new.error),
        ..OperationEffects::default()
    };
    for name in
        old.methods.keys().chain(new.methods.keys().filter(|n| !old.methods.contains_key(*n)))
    {
        let effects = compare_methods(old.methods.get(name), new.methods.get(name));
        match name.strip_prefix("waiter ") {
            Some(waiter) => drop(found.waiters.insert(waiter.to_owned(), effects)),
            None if name == "pages" => found.pages = effects,
            None => found.call = effects,
        }
    }
    found
}

fn compare_methods(old: Option<&Method>, new: Option<&Method>) -> Vec<Effect> {
    let path = |method: &Method| format!("Client::{}", method.name);
    match (old, new) {
        (None, Some(new)) => vec![Effect::New(path(new))],
        (Some(old), None) => vec![Effect::Gone(path(old))],
        (Some(old), Some(new)) => {
            let named = renamed("the method", &old.name, &new.name);
            let signature = renamed(&path(new), &old.signature, &new.signature);
            named.into_iter().chain(signature).collect()
        }
        (None, None) => Vec::new(),
    }
}

fn renamed(item: &str, from: &str, to: &str) -> Option<Effect> {
    let changed =
        || Effect::Changed { item: item.to_owned(), from: from.to_owned(), to: to.to_owned() };
    (from != to).then(changed)
}

fn compare_types(old: &ApiType, new: &ApiType) -> TypeEffects {
    let mut found = TypeEffects::default();
    if kind(old.kind) != kind(new.kind) {
        let (from, to) = (kind(old.kind).to_owned(), kind(new.kind).to_owned());
        found.own.push(Effect::Changed { item: new.name.clone(), from, to });
        return found;
    }
    found.own.extend(renamed("the type", &old.name, &new.name));
    if let (TypeKind::Structure(from), TypeKind::Structure(to)) = (old.kind, new.kind) {
        let fact = || Fact {
            what: "way".to_owned(),
            from: Some(json!(direction(from))),
            to: Some(json!(direction(to))),
        };
        found.way = (from != to).then(fact);
    }
    let pairs = pairs(old, new);
    found.own.extend(order(old, new, &pairs));
    for (before, after) in pairs {
        let (owner, member) = if after.is_some() { (new, after) } else { (old, before) };
        let effects = compare_members(owner, before, after);
        if let Some(member) = member.filter(|_| !effects.is_empty()) {
            found.members.insert(member.wire.clone(), effects);
        }
    }
    found
}

/// The old and the new member.
type Paired<'t> = (Option<&'t ApiMember>, Option<&'t ApiMember>);

/// Pairs the members of two types: by name in the model, or else by name in Rust, because callers
/// do not see the spelling in the model. Members without a counterpart are last.
fn pairs<'t>(old: &'t ApiType, new: &'t ApiType) -> Vec<Paired<'t>> {
    let called = |ty: &'t ApiType, wire: &str| ty.members.iter().find(|known| known.wire == wire);
    let before = |member: &'t ApiMember| {
        let spelled =
            |known: &&ApiMember| known.name == member.name && called(new, &known.wire).is_none();
        called(old, &member.wire).or_else(|| old.members.iter().find(spelled))
    };
    let mut pairs: Vec<_> = new.members.iter().map(|m| (before(m), Some(m))).collect();
    let gone = |member: &&ApiMember| !pairs.iter().any(|(before, _)| *before == Some(*member));
    let gone: Vec<_> = old.members.iter().filter(gone).collect();
    pairs.extend(gone.into_iter().map(|member| (Some(member), None)));
    pairs
}

fn compare_members(
    owner: &ApiType,
    old: Option<&ApiMember>,
    new: Option<&ApiMember>,
) -> Vec<Effect> {
    let separator = if matches!(owner.kind, TypeKind::Structure(_)) { "." } else { "::" };
    let path = |member: &ApiMember| format!("{}{separator}{}", owner.name, member.name);
    let mut effects = match (old, new) {
        (None, Some(new)) => vec![Effect::New(path(new))],
        (Some(old), None) => vec![Effect::Gone(path(old))],
        (Some(old), Some(new)) => {
            let named = renamed(&path(new), &old.name, &new.name);
            let typed = renamed(&path(new), &old.ty, &new.ty);
            named.into_iter().chain(typed).collect()
        }
        (None, None) => Vec::new(),
    };
    let taken = |member: Option<&ApiMember>| member.is_some_and(|member| member.argument);
    if let Some(member) = new.or(old)
        && taken(old) != taken(new)
    {
        let (function, name) = (format!("{}::new", owner.name), member.name.clone());
        effects.push(Effect::Argument { function, name, added: taken(new) });
    }
    effects
}

/// The new order of arguments, if the same arguments are in a different order. Added or removed
/// arguments are reported separately.
fn order(old: &ApiType, new: &ApiType, pairs: &[Paired<'_>]) -> Option<Effect> {
    let kept = pairs.iter().filter_map(|(old, new)| (*old).zip(*new));
    let kept = kept.filter(|(old, new)| old.argument && new.argument);
    let place = |member: &ApiMember| old.members.iter().position(|known| known == member);
    let changed = !kept.map(|(member, _)| place(member)).is_sorted();
    let all = new.members.iter().filter(|member| member.argument);
    let to = || all.map(|member| member.name.clone()).collect();
    changed.then(|| Effect::Order { function: format!("{}::new", new.name), to: to() })
}

fn kind(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Structure(_) => "a structure",
        TypeKind::Union => "a union",
        TypeKind::Enum => "a string enum",
        TypeKind::IntEnum => "an integer enum",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "only sent",
        Direction::Received => "only received",
        Direction::Both => "sent and received",
    }
}
