//! Orders shapes so that each comes after its mixins.

use std::collections::{HashMap, VecDeque};

use indexmap::IndexMap;

use crate::smithy::ShapeId;

/// The shapes that have mixins. Each is returned once, after any of its mixins that themselves have
/// mixins.
pub(super) struct Order {
    /// The mixins of the shapes that have not been returned.
    waiting: IndexMap<ShapeId, Vec<ShapeId>>,
    /// The number of mixins that a shape waits for.
    pending: HashMap<ShapeId, usize>,
    /// The shapes that wait for a mixin.
    dependents: HashMap<ShapeId, Vec<ShapeId>>,
    ready: VecDeque<ShapeId>,
}

impl Order {
    pub(super) fn of(mixins: IndexMap<ShapeId, Vec<ShapeId>>) -> Self {
        let mut pending: HashMap<ShapeId, usize> = HashMap::new();
        let mut dependents: HashMap<ShapeId, Vec<ShapeId>> = HashMap::new();
        let mut ready = VecDeque::new();
        for (id, of) in &mixins {
            let waits: Vec<_> = of.iter().filter(|mixin| mixins.contains_key(*mixin)).collect();
            if waits.is_empty() {
                ready.push_back(id.clone());
                continue;
            }
            pending.insert(id.clone(), waits.len());
            for mixin in waits {
                dependents.entry(mixin.clone()).or_default().push(id.clone());
            }
        }
        Self { waiting: mixins, pending, dependents, ready }
    }

    /// Returns the next shape with its mixins.
    pub(super) fn next(&mut self) -> Option<(ShapeId, Vec<ShapeId>)> {
        let id = self.ready.pop_front()?;
        for dependent in self.dependents.remove(&id).unwrap_or_default() {
            let Some(pending) = self.pending.get_mut(&dependent) else { continue };
            *pending = pending.saturating_sub(1);
            if *pending == 0 {
                self.ready.push_back(dependent);
            }
        }
        let mixins = self.waiting.swap_remove(&id).unwrap_or_default();
        Some((id, mixins))
    }

    /// Returns the first shape that still waits for its mixins after `next` has returned `None`, if
    /// any: its mixins contain a cycle.
    pub(super) fn cyclic(self) -> Option<ShapeId> {
        let mut left: Vec<_> = self.waiting.into_keys().collect();
        left.sort();
        left.into_iter().next()
    }
}
