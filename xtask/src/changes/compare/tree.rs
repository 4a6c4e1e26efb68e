//! Trees of operations from pairs of shapes: what several operations lead to is told once, what one
//! operation leads to stands in its tree.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    operation::Compared,
    pairs::Pairs,
    side::{Pair, Part},
};
use crate::changes::tree::{Node, See, SharedType, Step};

/// How many shapes stand above one another in a tree. What is below is told by itself, as people would
/// get lost otherwise, and a hostile model has no end.
const DEPTH: usize = 32;

/// What growing trees needs to know of the pairs.
pub(super) struct Trees<'p, 'm> {
    pairs: &'p Pairs<'m>,
    /// Pairs that changed, or from which a way leads to one that did.
    leads: HashSet<Pair<'m>>,
    /// The operations that lead to a pair that changed.
    users: HashMap<Pair<'m>, BTreeSet<String>>,
}

/// The pairs of one tree.
#[derive(Default)]
struct Way<'m> {
    /// Those that were told.
    seen: HashSet<Pair<'m>>,
    /// Those above the place that is looked at.
    above: Vec<Pair<'m>>,
    /// Those that are too deep.
    cut: Vec<Pair<'m>>,
}

impl<'p, 'm> Trees<'p, 'm> {
    pub(super) fn of(pairs: &'p Pairs<'m>, operations: &[Compared<'m>]) -> Self {
        let mut trees = Self { leads: leads(pairs), pairs, users: HashMap::new() };
        for compared in operations {
            let Step::Operation(name) = &compared.node.step else { continue };
            let parts = compared.parts.iter().flat_map(|(_, parts)| parts);
            trees.visit(name, parts.filter_map(|part| part.target).collect());
        }
        trees
    }

    /// Notes every pair that changed as used by an operation.
    fn visit(&mut self, operation: &str, mut pending: Vec<Pair<'m>>) {
        let mut seen = HashSet::new();
        while let Some(pair) = pending.pop() {
            if !self.leads.contains(&pair) || !seen.insert(pair) {
                continue;
            }
            let Some(found) = self.pairs.found.get(&pair) else { continue };
            if found.changed() {
                self.users.entry(pair).or_default().insert(operation.to_owned());
            }
            pending.extend(found.parts.iter().filter_map(|part| part.target));
        }
    }

    /// The trees of the operations, and the types that are told by themselves.
    pub(super) fn grow(&self, operations: Vec<Compared<'m>>) -> (Vec<Node>, Vec<SharedType>) {
        let mut cut: BTreeMap<Pair<'m>, BTreeSet<String>> = BTreeMap::new();
        let mut grown = Vec::new();
        for compared in operations {
            let (node, deep) = self.operation(compared);
            let name = node.step.name().to_owned();
            for pair in deep {
                cut.entry(pair).or_default().insert(name.clone());
            }
            grown.extend((!node.is_empty()).then_some(node));
        }
        let shared = self.users.iter().filter(|(pair, _)| self.is_shared(**pair));
        let mut types: Vec<_> =
            shared.filter_map(|(pair, users)| self.shared(*pair, users)).collect();
        types.extend(self.deep(cut));
        types.sort_by(|a, b| a.node.step.name().cmp(b.node.step.name()));
        (grown, types)
    }

    /// The types at which trees end because they would be too deep.
    fn deep(&self, mut cut: BTreeMap<Pair<'m>, BTreeSet<String>>) -> Vec<SharedType> {
        let mut types = Vec::new();
        let mut told = HashSet::new();
        while let Some((pair, users)) = cut.pop_first() {
            let Some(found) = self.pairs.found.get(&pair).filter(|_| told.insert(pair)) else {
                continue;
            };
            let mut way = Way { above: vec![pair], ..Way::default() };
            let mut node = found.node.clone();
            node.children = self.parts(&found.parts, &mut way);
            for pair in way.cut {
                cut.entry(pair).or_default().extend(users.iter().cloned());
            }
            types.push(SharedType { node, used_by: users.into_iter().collect() });
        }
        types
    }

    /// What a shared type leads to is shared as well, and told by itself.
    fn shared(&self, pair: Pair<'m>, users: &BTreeSet<String>) -> Option<SharedType> {
        let found = self.pairs.found.get(&pair)?;
        let mut node = found.node.clone();
        let parts = found.parts.iter().map(|part| part.node.clone());
        node.children.extend(parts.filter(|node| !node.is_empty()));
        Some(SharedType { node, used_by: users.iter().cloned().collect() })
    }

    /// The tree of an operation, and the pairs that are too deep for it.
    fn operation(&self, compared: Compared<'m>) -> (Node, Vec<Pair<'m>>) {
        let mut way = Way::default();
        let mut operation = compared.node;
        for (mut node, parts) in compared.parts {
            if matches!(node.step, Step::Exception(_)) {
                let targets: Vec<_> = parts.iter().filter_map(|part| part.target).collect();
                targets.into_iter().for_each(|pair| self.enter(&mut node, pair, &mut way));
            } else {
                node.children = self.parts(&parts, &mut way);
            }
            if !node.is_empty() {
                operation.children.push(node);
            }
        }
        (operation, way.cut)
    }

    fn parts(&self, parts: &[Part<'m>], way: &mut Way<'m>) -> Vec<Node> {
        let nodes = parts.iter().map(|part| {
            let mut node = part.node.clone();
            if let Some(pair) = part.target {
                self.enter(&mut node, pair, way);
            }
            node
        });
        nodes.filter(|node| !node.is_empty()).collect()
    }

    /// Whether a type is told by itself: several operations use it, and it is the same type for all of
    /// them. One that took the place of another is a change of who refers to it.
    fn is_shared(&self, pair: Pair<'m>) -> bool {
        pair.0.name() == pair.1.name() && self.users.get(&pair).is_some_and(|users| users.len() > 1)
    }

    /// Adds to a node what changed of the pair it leads to.
    fn enter(&self, node: &mut Node, pair: Pair<'m>, way: &mut Way<'m>) {
        let Some(found) = self.pairs.found.get(&pair).filter(|_| self.leads.contains(&pair)) else {
            return;
        };
        if way.above.contains(&pair) {
            return;
        }
        let mut is_shared = self.is_shared(pair);
        if !is_shared && way.above.len() >= DEPTH {
            way.cut.push(pair);
            is_shared = true;
        }
        let again = !way.seen.insert(pair) && !is_transparent(&found.parts);
        let named = || found.node.step.name().to_owned();
        if is_shared || again {
            node.see = Some(if is_shared { See::Shared(named()) } else { See::Above(named()) });
            return;
        }
        // A member may say the same as what it is of.
        let facts = found.node.facts.iter().filter(|fact| !node.facts.contains(fact));
        let facts: Vec<_> = facts.cloned().collect();
        node.facts.extend(facts);
        node.effects.extend(found.node.effects.iter().cloned());
        way.above.push(pair);
        node.children.extend(self.parts(&found.parts, way));
        way.above.pop();
    }
}

/// Lists and maps are no places of their own: one goes through them. What is said of a simple shape is
/// said in fewer words than that it was said before.
fn is_transparent(parts: &[Part<'_>]) -> bool {
    let through = [Step::Element, Step::Key, Step::Value];
    parts.is_empty() || parts.iter().any(|part| through.iter().any(|step| part.is_step(step)))
}

/// The pairs that changed and all from which a way leads to them.
fn leads<'m>(pairs: &Pairs<'m>) -> HashSet<Pair<'m>> {
    let mut from: HashMap<Pair<'m>, Vec<Pair<'m>>> = HashMap::new();
    for (pair, found) in &pairs.found {
        for target in found.parts.iter().filter_map(|part| part.target) {
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
