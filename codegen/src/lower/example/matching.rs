//! Matches a pattern anywhere in a text, as Smithy defines it.

use super::steps::Steps;
use crate::lower::pattern::{Alternatives, PatternNode};

/// The maximum number of nodes to visit, which also limits the recursion depth.
const MAX_NODES: usize = 2000;

/// Returns true if the pattern matches somewhere in the text.
pub(super) fn matches(pattern: &Alternatives, text: &str, steps: &Steps) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut run = Run { text: &text, nodes: MAX_NODES, steps };
    (0..=text.len()).any(|start| run.any(pattern, start, &mut |_, _| true))
}

/// Returns true if the pattern matches the text from its start to its end.
pub(super) fn matches_whole(pattern: &Alternatives, text: &str, steps: &Steps) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut run = Run { text: &text, nodes: MAX_NODES, steps };
    run.any(pattern, 0, &mut |run, end| end == run.text.len())
}

struct Run<'t> {
    text: &'t [char],
    nodes: usize,
    steps: &'t Steps,
}

/// The continuation after a node has matched up to a position.
type Then<'a, 't> = &'a mut dyn FnMut(&mut Run<'t>, usize) -> bool;

impl<'t> Run<'t> {
    fn takes(&self, count: usize) -> bool {
        self.steps.take(count).is_some()
    }

    fn any(&mut self, alternatives: &Alternatives, at: usize, then: Then<'_, 't>) -> bool {
        // An empty alternative has no nodes, but still takes a step.
        let mut alternatives = alternatives.iter();
        alternatives.any(|nodes| self.takes(1) && self.sequence(nodes, at, then))
    }

    fn sequence(&mut self, nodes: &[PatternNode], at: usize, then: Then<'_, 't>) -> bool {
        let Some((first, rest)) = nodes.split_first() else { return then(self, at) };
        self.node(first, at, &mut |run, at| run.sequence(rest, at, then))
    }

    fn node(&mut self, node: &PatternNode, at: usize, then: Then<'_, 't>) -> bool {
        let Some(nodes) = self.nodes.checked_sub(1).filter(|_| self.takes(1)) else { return false };
        self.nodes = nodes;
        match node {
            PatternNode::Start => at == 0 && then(self, at),
            PatternNode::End => at == self.text.len() && then(self, at),
            PatternNode::Set(set) if !self.takes(set.ranges.len()) => false,
            PatternNode::Set(set) => {
                self.text.get(at).is_some_and(|c| set.has(*c)) && then(self, at + 1)
            }
            PatternNode::Group(alternatives) => self.any(alternatives, at, then),
            PatternNode::Repeat(inner, least, most) => {
                self.repeat(inner, (*least, *most), at, then)
            }
        }
    }

    /// Matches as often as possible, then less often.
    fn repeat(
        &mut self,
        node: &PatternNode,
        (least, most): (usize, usize),
        at: usize,
        then: Then<'_, 't>,
    ) -> bool {
        let bounds = (least.saturating_sub(1), most.saturating_sub(1));
        let again = most > 0
            && self.node(node, at, &mut |run, next| {
                // An empty match would repeat forever.
                (next > at || least > 0) && run.repeat(node, bounds, next, then)
            });
        again || least == 0 && then(self, at)
    }
}
