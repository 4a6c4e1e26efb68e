//! Finds recursive structures and unions: the members that must be boxed, and those that make a
//! value impossible.
//!
//! Only direct members count; lists and maps are indirections.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    lower::{closure::Closure, context::Context},
    smithy::{Kind, Member, Model, Shape, ShapeId},
};

/// A member of a structure or union, by the shape and the member's name.
pub(in crate::lower) type Edge = (ShapeId, String);

/// Returns the members that must be boxed: owner and target contain each other.
pub(in crate::lower) fn recursive_members(model: &Model, closure: &Closure) -> BTreeSet<Edge> {
    cyclic_members(model, closure, |_, _| true)
}

/// Returns the required members that contain their owner. A structure that requires itself has no
/// finite value. A union always has a finite value: an unknown member.
fn impossible_members(model: &Model, closure: &Closure) -> BTreeSet<Edge> {
    cyclic_members(model, closure, |owner, member| {
        matches!(owner.kind, Kind::Structure(_)) && member.is_required()
    })
}

/// Rejects structures that require themselves.
pub(in crate::lower) fn refuse_impossible(context: &mut Context<'_>) {
    for (id, member) in impossible_members(context.model, &context.closure) {
        let Some(shape) = context.model.shape(&id) else { continue };
        let what = "the member is required and contains its own structure, so no finite value \
            exists; make one member of the cycle optional";
        context.refuse(shape, format!("{id}${member}"), what);
    }
}

/// Returns the selected members whose owner and target are in the same strongly connected component
/// of the graph of these members.
fn cyclic_members(
    model: &Model,
    closure: &Closure,
    in_question: impl Fn(&Shape, &Member) -> bool,
) -> BTreeSet<Edge> {
    let mut graph: BTreeMap<&ShapeId, Vec<(&str, &ShapeId)>> = BTreeMap::new();
    for (id, _) in closure.shapes() {
        let Some(shape) = model.shape(id) else { continue };
        let (Kind::Structure(members) | Kind::Union(members)) = &shape.kind else { continue };
        let edges = members.iter().filter(|(_, member)| in_question(shape, member));
        let edges = edges.filter(|(_, member)| is_aggregate(model, &member.target));
        graph.insert(id, edges.map(|(name, member)| (name.as_str(), &member.target)).collect());
    }
    let component = components(&graph);
    let mut found = BTreeSet::new();
    for (id, edges) in &graph {
        let same = |target: &ShapeId| component.get(target) == component.get(id);
        let cyclic = edges.iter().filter(|(_, target)| same(target));
        found.extend(cyclic.map(|(name, _)| ((*id).clone(), (*name).to_owned())));
    }
    found
}

fn is_aggregate(model: &Model, id: &ShapeId) -> bool {
    let kind = model.shape(id).map(|shape| &shape.kind);
    matches!(kind, Some(Kind::Structure(_) | Kind::Union(_)))
}

/// Returns the number of each node's strongly connected component, by Tarjan's algorithm with an
/// explicit stack, because models may be deep.
fn components<'m>(
    graph: &BTreeMap<&'m ShapeId, Vec<(&str, &'m ShapeId)>>,
) -> BTreeMap<&'m ShapeId, usize> {
    let mut search = Search::default();
    for root in graph.keys() {
        if search.order.contains_key(root) {
            continue;
        }
        search.enter(root);
        let mut path = vec![(*root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let edge = graph.get(node).and_then(|edges| edges.get(*next));
            *next += 1;
            match edge {
                Some((_, target)) if !search.order.contains_key(target) => {
                    search.enter(target);
                    path.push((target, 0));
                }
                Some((_, target)) => search.meet(node, target),
                None => {
                    let node = *node;
                    path.pop();
                    search.leave(node, path.last().map(|(parent, _)| *parent));
                }
            }
        }
    }
    search.component
}

#[derive(Default)]
struct Search<'m> {
    /// The order in which nodes were entered.
    order: BTreeMap<&'m ShapeId, usize>,
    /// The earliest node on the stack that is reachable from a node.
    low: BTreeMap<&'m ShapeId, usize>,
    stack: Vec<&'m ShapeId>,
    component: BTreeMap<&'m ShapeId, usize>,
}

impl<'m> Search<'m> {
    fn enter(&mut self, node: &'m ShapeId) {
        let number = self.order.len();
        self.order.insert(node, number);
        self.low.insert(node, number);
        self.stack.push(node);
    }

    /// Handles an edge to a node that was entered before.
    fn meet(&mut self, node: &'m ShapeId, target: &'m ShapeId) {
        if !self.component.contains_key(target) {
            self.lower(node, self.order[target]);
        }
    }

    fn leave(&mut self, node: &'m ShapeId, parent: Option<&'m ShapeId>) {
        let low = self.low[node];
        if let Some(parent) = parent {
            self.lower(parent, low);
        }
        if low == self.order[node] {
            while let Some(member) = self.stack.pop() {
                self.component.insert(member, low);
                if member == node {
                    break;
                }
            }
        }
    }

    fn lower(&mut self, node: &'m ShapeId, to: usize) {
        let low = self.low.entry(node).or_insert(to);
        *low = (*low).min(to);
    }
}
