//! Generates a text that matches a pattern.

use super::steps::Steps;
use crate::lower::pattern::{Alternatives, PatternNode, Set};

/// The characters that are used, if the set contains them.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "1234567890";
const HEX: &str = "4b9e1f0c6a0d4c7e9d512f1d1f0f3a11";
const OTHERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./ :+=@,()#!?*%&$";

/// The number of steps, per range of a set, for picking a character from the set.
const PICK_STEPS: usize = 8;

/// The longest text that is made.
const MAX_LENGTH: usize = 256;

/// Generates a text from the pattern's first alternatives; repetitions occur `more` times than the
/// minimum.
pub(super) fn sample(pattern: &Alternatives, more: usize, steps: &Steps) -> Option<String> {
    let mut sample = Sample { more, steps, text: String::new() };
    sample.sequence(pattern.first()?)?;
    Some(sample.text)
}

/// A text that is being generated.
struct Sample<'s> {
    more: usize,
    steps: &'s Steps,
    text: String,
}

impl Sample<'_> {
    fn sequence(&mut self, nodes: &[PatternNode]) -> Option<()> {
        nodes.iter().try_for_each(|node| self.node(node))
    }

    fn node(&mut self, node: &PatternNode) -> Option<()> {
        // Counted for every node, because a repeated node may add nothing to the text.
        self.steps.take(1)?;
        if self.text.len() > MAX_LENGTH {
            return None;
        }
        match node {
            PatternNode::Start | PatternNode::End => Some(()),
            PatternNode::Set(set) => {
                self.steps.take(PICK_STEPS * set.ranges.len())?;
                self.text.push(pick(set, self.text.len())?);
                Some(())
            }
            PatternNode::Group(alternatives) => self.sequence(alternatives.first()?),
            PatternNode::Repeat(inner, least, most) => {
                let times = least.saturating_add(self.more).min(*most);
                (0..times).try_for_each(|_| self.node(inner))
            }
        }
    }
}

/// Picks a character of a set, a different one at each position: `1234` reads better than `1111`. A
/// set that ends at `f` is hexadecimal.
fn pick(set: &Set, at: usize) -> Option<char> {
    let turned = |all: &'static str| all.chars().cycle().skip(at % all.len()).take(all.len());
    let is_hex = set.has('f') && set.has('0') && !set.has('g');
    let hex = is_hex.then(|| turned(HEX)).into_iter().flatten();
    let mut nice = hex.chain(turned(LETTERS)).chain(turned(DIGITS)).chain(OTHERS.chars());
    nice.find(|c| set.has(*c)).or_else(|| set.ranges.first().map(|(first, _)| *first))
}
