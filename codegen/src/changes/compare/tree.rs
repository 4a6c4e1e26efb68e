//! Builds a tree for each operation from pairs of shapes. Types that several operations use are
//! reported once, separately.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    operation::OperationChanges,
    pairs::ShapePairs,
    side::{Edge, ShapePair},
};
use crate::changes::tree::{Location, Node, Reference, SharedType};

/// The maximum nesting of shapes in a tree. Deeper shapes are reported separately, because
/// recursive models would produce infinite trees.
const DEPTH: usize = 32;

/// The pairs of shapes, and which of them matter.
pub(super) struct Trees<'p, 'm> {
    pairs: &'p ShapePairs<'m>,
    /// Pairs that changed or refer to one that did.
    leads: HashSet<ShapePair<'m>>,
    /// The operations that refer to each changed pair.
    users: HashMap<ShapePair<'m>, BTreeSet<String>>,
}

/// The pairs of one tree.
#[derive(Default)]
struct Walk<'m> {
    /// Pairs that are already in the tree.
    seen: HashSet<ShapePair<'m>>,
    /// Pairs above the current location.
    above: Vec<ShapePair<'m>>,
    /// Pairs that are too deep for the tree.
    cut: Vec<ShapePair<'m>>,
}

impl<'p, 'm> Trees<'p, 'm> {
    pub(super) fn of(pairs: &'p ShapePairs<'m>, operations: &[OperationChanges<'m>]) -> Self {
        let mut trees = Self { leads: leads(pairs), pairs, users: HashMap::new() };
        for compared in operations {
            let Location::Operation(name) = &compared.node.location else { continue };
            trees.visit(name, compared.targets().collect());
        }
        trees
    }

    /// Records that an operation uses every changed pair that it refers to.
    fn visit(&mut self, operation: &str, mut pending: Vec<ShapePair<'m>>) {
        let mut seen = HashSet::new();
        while let Some(pair) = pending.pop() {
            if !self.leads.contains(&pair) || !seen.insert(pair) {
                continue;
            }
            let Some(found) = self.pairs.found.get(&pair) else { continue };
            if found.changed() {
                self.users.entry(pair).or_default().insert(operation.to_owned());
            }
            pending.extend(found.edges.iter().filter_map(|edge| edge.target));
        }
    }

    /// The trees of the operations, and the types that are reported separately.
    pub(super) fn grow(
        &self,
        operations: Vec<OperationChanges<'m>>,
    ) -> (Vec<Node>, Vec<SharedType>) {
        let mut cut: BTreeMap<ShapePair<'m>, BTreeSet<String>> = BTreeMap::new();
        let mut grown = Vec::new();
        for compared in operations {
            let (node, deep) = self.operation(compared);
            let name = node.location.name().to_owned();
            for pair in deep {
                cut.entry(pair).or_default().insert(name.clone());
            }
            grown.extend((!node.is_empty()).then_some(node));
        }
        let shared = self.users.iter().filter(|(pair, _)| self.is_shared(**pair));
        let mut types: Vec<_> =
            shared.filter_map(|(pair, users)| self.shared(*pair, users)).collect();
        types.extend(self.deep(cut));
        types.sort_by(|a, b| a.node.location.name().cmp(b.node.location.name()));
        (grown, types)
    }

    /// The types at which trees were cut because they are too deep.
    fn deep(&self, mut cut: BTreeMap<ShapePair<'m>, BTreeSet<String>>) -> Vec<SharedType> {
        let mut types = Vec::new();
        let mut reported = HashSet::new();
        while let Some((pair, users)) = cut.pop_first() {
            let Some(found) = self.pairs.found.get(&pair).filter(|_| reported.insert(pair)) else {
                continue;
            };
            let mut walk = Walk { above: vec![pair], ..Walk::default() };
            let mut node = found.node.clone();
            node.children = self.edges(&found.edges, &mut walk);
            for pair in walk.cut {
                cut.entry(pair).or_default().extend(users.iter().cloned());
            }
            types.push(SharedType { node, used_by: users.into_iter().collect() });
        }
        types
    }

    /// A shared type. The types that it refers to are also shared and reported separately.
    fn shared(&self, pair: ShapePair<'m>, users: &BTreeSet<String>) -> Option<SharedType> {
        let found = self.pairs.found.get(&pair)?;
        let mut node = found.node.clone();
        let edges = found.edges.iter().map(|edge| edge.node.clone());
        node.children.extend(edges.filter(|node| !node.is_empty()));
        Some(SharedType { node, used_by: users.iter().cloned().collect() })
    }

    /// The tree of an operation, and the pairs that are too deep for it.
    fn operation(&self, compared: OperationChanges<'m>) -> (Node, Vec<ShapePair<'m>>) {
        let mut walk = Walk::default();
        let mut operation = compared.node;
        for (mut node, edges) in compared.edges {
            if matches!(node.location, Location::Exception(_)) {
                let targets: Vec<_> = edges.iter().filter_map(|edge| edge.target).collect();
                targets.into_iter().for_each(|pair| self.enter(&mut node, pair, &mut walk));
            } else {
                node.children = self.edges(&edges, &mut walk);
            }
            if !node.is_empty() {
                operation.children.push(node);
            }
        }
        (operation, walk.cut)
    }

    fn edges(&self, edges: &[Edge<'m>], walk: &mut Walk<'m>) -> Vec<Node> {
        let nodes = edges.iter().map(|edge| {
            let mut node = edge.node.clone();
            if let Some(pair) = edge.target {
                self.enter(&mut node, pair, walk);
            }
            node
        });
        nodes.filter(|node| !node.is_empty()).collect()
    }

    /// Returns true if several operations use the type and it has the same name in both models. If
    /// one type replaced another, the members that refer to it have changed instead.
    fn is_shared(&self, pair: ShapePair<'m>) -> bool {
        pair.0.name() == pair.1.name() && self.users.get(&pair).is_some_and(|users| users.len() > 1)
    }

    /// Adds to a node the changes of the pair that it refers to.
    fn enter(&self, node: &mut Node, pair: ShapePair<'m>, walk: &mut Walk<'m>) {
        let Some(found) = self.pairs.found.get(&pair).filter(|_| self.leads.contains(&pair)) else {
            return;
        };
        if walk.above.contains(&pair) {
            return;
        }
        let mut is_shared = self.is_shared(pair);
        if !is_shared && walk.above.len() >= DEPTH {
            walk.cut.push(pair);
            is_shared = true;
        }
        let again = !walk.seen.insert(pair) && !is_transparent(&found.edges);
        let named = || found.node.location.name().to_owned();
        if is_shared || again {
            node.reference = Some(if is_shared {
                Reference::Shared(named())
            } else {
                Reference::Above(named())
            });
            return;
        }
        // A member may repeat a fact of its shape.
        let facts = found.node.facts.iter().filter(|fact| !node.facts.contains(fact));
        let facts: Vec<_> = facts.cloned().collect();
        node.facts.extend(facts);
        node.effects.extend(found.node.effects.iter().cloned());
        walk.above.push(pair);
        node.children.extend(self.edges(&found.edges, walk));
        walk.above.pop();
    }
}

/// Lists and maps are transparent, because paths lead through them. Simple shapes are repeated,
/// because a reference would be longer.
fn is_transparent(edges: &[Edge<'_>]) -> bool {
    let through = [Location::Element, Location::Key, Location::Value];
    edges.is_empty() || edges.iter().any(|edge| through.iter().any(|location| edge.is_at(location)))
}

/// The pairs that changed, and all that refer to them.
fn leads<'m>(pairs: &ShapePairs<'m>) -> HashSet<ShapePair<'m>> {
    let mut from: HashMap<ShapePair<'m>, Vec<ShapePair<'m>>> = HashMap::new();
    for (pair, found) in &pairs.found {
        for target in found.edges.iter().filter_map(|edge| edge.target) {
            from.entry(target).or_default().push(*pair);
        }
    }
    let changed = pairs.found.iter().filter(|(_, found)| found.changed());
    let mut pending: Vec<_> = changed.map(|(pair, _)| *pair).collect();
    let mut leads = HashSet::new();
    while let Some(pair) = pending.pop() {
        if leads.insert(pair) {
            pending.extend(from.get(&pair).into_iter().flatten());
        }
    }
    leads
}
