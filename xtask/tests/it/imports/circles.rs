//! Finds circles in a directed graph.

use std::collections::{BTreeMap, BTreeSet};

/// The largest sets of two or more nodes that all reach each other.
pub(super) fn circles<N: Copy + Ord>(edges: &BTreeMap<N, BTreeSet<N>>) -> Vec<BTreeSet<N>> {
    let reached: BTreeMap<N, BTreeSet<N>> =
        edges.keys().map(|node| (*node, reachable(edges, *node))).collect();
    let reaches = |from: &N, to: &N| reached.get(from).is_some_and(|nodes| nodes.contains(to));
    let mut circles: BTreeSet<BTreeSet<N>> = BTreeSet::new();
    for (node, nodes) in &reached {
        let circle: BTreeSet<N> = nodes.iter().copied().filter(|to| reaches(to, node)).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
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
