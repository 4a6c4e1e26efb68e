//! Finds cycles in a directed graph.

use std::collections::{BTreeMap, BTreeSet};

/// The largest sets of two or more nodes that all reach each other.
pub(super) fn cycles<N: Copy + Ord>(edges: &BTreeMap<N, BTreeSet<N>>) -> Vec<BTreeSet<N>> {
    let reached: BTreeMap<N, BTreeSet<N>> =
        edges.keys().map(|node| (*node, reachable(edges, *node))).collect();
    let reaches = |from: &N, to: &N| reached.get(from).is_some_and(|nodes| nodes.contains(to));
    let mut cycles: BTreeSet<BTreeSet<N>> = BTreeSet::new();
    for (node, nodes) in &reached {
        let cycle: BTreeSet<N> = nodes.iter().copied().filter(|to| reaches(to, node)).collect();
        if cycle.len() > 1 {
            cycles.insert(cycle);
        }
    }
    cycles.into_iter().collect()
}

/// The nodes that a path of one or more edges leads to.
fn reachable<N: Copy + Ord>(edges: &BTreeMap<N, BTreeSet<N>>, start: N) -> BTreeSet<N> {
    let mut found = BTreeSet::new();
    let mut pending = vec![start];
    while let Some(node) = pending.pop() {
        let next = edges.get(&node).into_iter().flatten();
        pending.extend(next.copied().filter(|node| found.insert(*node)));
    }
    found
}
